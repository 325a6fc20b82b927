import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { connect, type Socket } from 'node:net';
import { type RunningServer, startServer, stopServer } from '../fakes/running-server.ts';

/** What no client library would send, on sockets of our own. */

let server: RunningServer;
beforeAll(async () => {
  server = await startServer({ TURNPIKE_LIMITS: 'off' });
});
afterAll(() => stopServer(server));

const BODY = JSON.stringify({
  model: 'grok-beta',
  messages: [{ role: 'user', content: 'hi' }],
  max_tokens: 20,
});

function head(more: readonly string[] = [], path = '/v1/chat/completions'): string {
  return [
    `POST ${path} HTTP/1.1`,
    'host: 127.0.0.1',
    `authorization: Bearer ${server.key}`,
    'content-type: application/json',
    ...more,
  ].join('\r\n');
}

function call(more: readonly string[] = [], body = BODY): string {
  return `${head([`content-length: ${Buffer.byteLength(body)}`, ...more])}\r\n\r\n${body}`;
}

interface Spoken {
  readonly text: string;
  /** How many answers came, by their status. */
  readonly statuses: readonly string[];
}

/** Writes, and reads until the other side closes or is silent for a while. */
function speak(text: string | Buffer, after: (socket: Socket) => void = () => {}): Promise<Spoken> {
  const { hostname, port } = new URL(server.url);
  return new Promise((resolve) => {
    let answer = '';
    const done = () =>
      resolve({
        text: answer,
        statuses: [...answer.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status]) => status ?? ''),
      });
    const socket = connect({ port: Number(port), host: hostname, allowHalfOpen: true }, () => {
      socket.write(text);
      after(socket);
    });
    socket.on('data', (data) => {
      answer += data.toString('latin1');
    });
    socket.on('end', () => socket.destroy());
    socket.on('close', done);
    socket.on('error', () => {});
    socket.setTimeout(1_500, () => socket.destroy());
  });
}

async function isUnharmed(): Promise<boolean> {
  return (await server.post('/v1/chat/completions', BODY)).status === 200;
}

describe('a request that two readers would part differently', () => {
  const smuggled = `GET /v1/models HTTP/1.1\r\nhost: x\r\nauthorization: Bearer KEY\r\n\r\n`;
  const cases: Record<string, () => string> = {
    'two lengths': () => `${head(['content-length: 2', `content-length: ${BODY.length}`])}\r\n\r\n${BODY}`,
    'a length and chunks': () =>
      `${head(['content-length: 4', 'transfer-encoding: chunked'])}\r\n\r\n0\r\n\r\n${smuggled}`,
    'chunks under two names': () =>
      `${head(['transfer-encoding: chunked', 'transfer-encoding: identity'])}\r\n\r\n0\r\n\r\n${smuggled}`,
    'a length with a sign': () => `${head([`content-length: +${BODY.length}`])}\r\n\r\n${BODY}`,
    'a length in hexadecimal': () =>
      `${head([`content-length: 0x${BODY.length.toString(16)}`])}\r\n\r\n${BODY}`,
    'a length below nothing': () => `${head(['content-length: -1'])}\r\n\r\n${BODY}`,
    'a header that goes on in the next line': () =>
      `${head(['x-a: b', ' transfer-encoding: chunked', 'content-length: 0'])}\r\n\r\n${smuggled}`,
    'a space before the colon': () =>
      `${head([`content-length : 0`, `content-length: ${BODY.length}`])}\r\n\r\n${BODY}`,
    'a chunk whose length is no number': () =>
      `${head(['transfer-encoding: chunked'])}\r\n\r\nxyz\r\n${BODY}\r\n0\r\n\r\n`,
    'a line break in a header': () => `${head(['x-a: b\nx-b: c', 'content-length: 0'])}\r\n\r\n`,
    'a NUL in a header': () => `${head(['x-a: \u0000', 'content-length: 0'])}\r\n\r\n`,
  };
  for (const [name, text] of Object.entries(cases)) {
    test(`${name}: nothing of it is a second request, and nothing of it is answered well`, async () => {
      const { statuses } = await speak(text().replaceAll('KEY', server.key));
      expect(statuses.filter((status) => status === '200')).toEqual([]);
      expect(await isUnharmed()).toBe(true);
    });
  }
});

describe('too much of everything', () => {
  test('ten thousand parameters, and a path of a megabyte', async () => {
    const many = Array.from({ length: 10_000 }, (_, number) => `p${number}=${number}`).join('&');
    const parameters = await speak(
      `${head(['content-length: 2'], `/v1/chat/completions?${many}`)}\r\n\r\n{}`,
    );
    expect(parameters.statuses.join()).toMatch(/^(?:4\d\d)?$/);
    const path = await speak(`GET /${'a'.repeat(1_000_000)} HTTP/1.1\r\nhost: x\r\n\r\n`);
    expect(path.statuses.join()).toMatch(/^(?:4\d\d)?$/);
    expect(await isUnharmed()).toBe(true);
  });

  test('a thousand calls down one connection at once: each is answered or none is charged', async () => {
    const before = (await server.turnpike('usage', 'requests', '--limit', '1')) as { rows: unknown[] };
    expect(before.rows.length).toBeGreaterThan(0);
    const one = `GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n`;
    const { statuses } = await speak(one.repeat(1_000));
    expect(statuses.length).toBeLessThanOrEqual(1_000);
    expect(new Set(statuses)).toEqual(new Set(['200']));
    expect(await isUnharmed()).toBe(true);
  });
});

describe('another protocol', () => {
  test.each([
    [
      'a web socket',
      [
        'upgrade: websocket',
        'connection: upgrade',
        'sec-websocket-version: 13',
        'sec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==',
      ],
    ],
    [
      'HTTP/2',
      ['upgrade: h2c', 'connection: upgrade, http2-settings', 'http2-settings: AAMAAABkAARAAAAAAAIAAAAA'],
    ],
  ])('%s is not opened, with a key or without', async (_, headers) => {
    const paths = ['/v1/chat/completions', '/', '/v1/models', '/metrics'];
    const keys = ['', `authorization: Bearer ${server.key}\r\n`];
    const asked = paths.flatMap((path) =>
      keys.map((key) => `GET ${path} HTTP/1.1\r\nhost: x\r\n${key}${headers.join('\r\n')}\r\n\r\n`),
    );
    const spoken = await Promise.all(asked.map((text) => speak(text)));
    for (const { statuses } of spoken) expect(statuses).not.toContain('101');
    expect(spoken.flatMap(({ statuses }) => statuses)).toContain('200');
  });

  test('HTTP/2 from the first byte is closed, and a flood of its resets harms nobody', async () => {
    const reset = Buffer.from([0, 0, 4, 3, 0, 0, 0, 0, 1, 0, 0, 0, 8]);
    const preface = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');
    const { statuses } = await speak(
      Buffer.concat([preface, ...Array.from({ length: 10_000 }, () => reset)]),
    );
    expect(statuses.filter((status) => status === '200')).toEqual([]);
    expect(await isUnharmed()).toBe(true);
  });

  test('CONNECT and an address of elsewhere in the request line go nowhere', async () => {
    const connected = await speak('CONNECT 169.254.169.254:80 HTTP/1.1\r\nhost: 169.254.169.254:80\r\n\r\n');
    expect(connected.statuses.filter((status) => status === '200')).toEqual([]);
    const absolute = await speak(
      'GET http://169.254.169.254/latest/meta-data/ HTTP/1.1\r\nhost: 169.254.169.254\r\nconnection: close\r\n\r\n',
    );
    expect(absolute.statuses.filter((status) => status === '200')).toEqual([]);
  });
});

test('a caller that closes its half of the connection is taken for gone: it pays for what was made', async () => {
  const slow = { turnpike_simulator: { tokens: 40, tokens_per_second: 20 } };
  for (const stream of [false, true]) {
    const body = JSON.stringify({ ...JSON.parse(BODY), ...slow, stream });
    await speak(call(['connection: close'], body), (socket) => void setTimeout(() => socket.end(), 600));
    const { rows } = (await server.turnpike('usage', 'requests', '--limit', '1')) as {
      rows: { outcome: string; output_tokens: number }[];
    };
    expect(rows).toMatchObject([{ outcome: 'client-gone' }]);
    // Of a whole answer nothing was handed over; of a stream, what came until then.
    expect(Number(rows[0]?.output_tokens) > 0).toBe(stream);
    expect(Number(rows[0]?.output_tokens)).toBeLessThan(40);
  }
});

test('after all of it the books are in order, and no assertion broke', async () => {
  expect(((await server.turnpike('audit')) as { findings: unknown[] }).findings).toEqual([]);
  expect(server.log()).not.toContain('assertion-broken');
});
