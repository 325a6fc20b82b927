import { connect, type Socket } from 'node:net';
import type { RunningServer } from './running-server.ts';

/**
 * A call on a socket of its own: as many at once as wanted (`fetch` queues), and the reader decides when bytes are
 * taken.
 */
export interface RawCall {
  readonly socket: Socket;
  /** The answer's body without HTTP's framing, when the server has closed the connection. */
  readonly text: Promise<string>;
}

/** Calls with `connection: close`. `onPiece` hears what arrives; a socket that is paused in it takes no more. */
export function rawCall(
  { url, key }: Pick<RunningServer, 'url' | 'key'>,
  body: object,
  onPiece: (piece: string, socket: Socket) => void = () => {},
): RawCall {
  const { hostname, port } = new URL(url);
  const payload = JSON.stringify({
    model: 'grok-beta',
    messages: [{ role: 'user', content: 'hi' }],
    ...body,
  });
  const socket = connect(Number(port), hostname, () => {
    socket.write(
      `POST /v1/chat/completions HTTP/1.1\r\nhost: ${hostname}\r\nauthorization: Bearer ${key}\r\ncontent-type: application/json\r\ncontent-length: ${payload.length}\r\nconnection: close\r\n\r\n${payload}`,
    );
  });
  socket.setEncoding('latin1');
  let answer = '';
  socket.on('data', (piece: string) => {
    answer += piece;
    onPiece(piece, socket);
  });
  const text = new Promise<string>((resolve) => {
    socket.on('error', () => {});
    socket.on('close', () => resolve(bodyOf(answer)));
  });
  return { socket, text };
}

/** The body of an answer as it came. No answer here has a carriage return of its own, so each one is HTTP's. */
function bodyOf(answer: string): string {
  const headLength = answer.indexOf('\r\n\r\n') + 4;
  const body = answer.slice(headLength);
  if (!/^transfer-encoding: chunked\r$/im.test(answer.slice(0, headLength))) return body;
  return `\r\n${body}`.replace(/\r\n[0-9a-f]+\r\n/g, '').replace(/\r\n$/, '');
}
