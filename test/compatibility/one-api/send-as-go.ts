import { connect } from 'node:net';

export interface GoRequest {
  readonly url: string;
  readonly key: string;
  /** Sent even when it is empty, as One API copies what its own caller sent. */
  readonly accept: string;
  readonly body: string;
  /** One API does not know the length of a body that it passes on as it came. */
  readonly encoding: 'length' | 'chunked';
}

export interface GoResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const DEADLINE_MS = 15_000;

/**
 * Sends a request byte for byte as Go's HTTP client does for One API: headers in Go's order, an `Accept` without a
 * value, and nothing that a friendlier client would add. Only `Connection: close` is ours, to know where it ends.
 */
export async function sendAsGo({ url, key, accept, body, encoding }: GoRequest): Promise<GoResponse> {
  const { hostname, port, host, pathname } = new URL(url);
  const bytes = Buffer.from(body);
  const framing = encoding === 'length' ? `Content-Length: ${bytes.length}` : 'Transfer-Encoding: chunked';
  const socket = connect(Number(port), hostname);
  socket.setTimeout(DEADLINE_MS, () => socket.destroy(new Error(`no answer within ${DEADLINE_MS} ms`)));
  socket.write(
    [
      `POST ${pathname} HTTP/1.1`,
      `Host: ${host}`,
      'User-Agent: Go-http-client/1.1',
      framing,
      `Accept: ${accept}`,
      `Authorization: Bearer ${key}`,
      'Content-Type: application/json',
      'Accept-Encoding: gzip',
      'Connection: close',
      '\r\n',
    ].join('\r\n'),
  );
  if (encoding === 'length') socket.write(bytes);
  else {
    socket.write(`${bytes.length.toString(16)}\r\n`);
    socket.write(bytes);
    // Go flushes the last chunk by itself.
    socket.write('\r\n0\r\n\r\n');
  }
  const pieces: Buffer[] = [];
  for await (const piece of socket) pieces.push(piece);
  return parseResponse(Buffer.concat(pieces));
}

function parseResponse(bytes: Buffer): GoResponse {
  const end = bytes.indexOf('\r\n\r\n');
  const [statusLine = '', ...lines] = bytes.subarray(0, end).toString('latin1').split('\r\n');
  const headers = Object.fromEntries(
    lines.map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()] as const;
    }),
  );
  const rest = bytes.subarray(end + 4);
  const body = headers['transfer-encoding'] === 'chunked' ? dechunk(rest) : rest;
  return { status: Number(statusLine.split(' ')[1]), headers, body: body.toString('utf8') };
}

function dechunk(bytes: Buffer): Buffer {
  const pieces: Buffer[] = [];
  for (let at = 0; ; ) {
    const lineEnd = bytes.indexOf('\r\n', at);
    const length = Number.parseInt(bytes.subarray(at, lineEnd).toString('latin1'), 16);
    if (!(length > 0)) return Buffer.concat(pieces);
    pieces.push(bytes.subarray(lineEnd + 2, lineEnd + 2 + length));
    at = lineEnd + 2 + length + 2;
  }
}
