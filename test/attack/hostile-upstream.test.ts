import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import type { AddressInfo } from 'node:net';
import { createServer, type Socket } from 'node:net';
import { brotliCompressSync, constants, gzipSync, zstdCompressSync } from 'node:zlib';
import { type RunningServer, startServer, stopServer } from '../fakes/running-server.ts';
import { event, wholeAnswer } from '../fakes/test-gateway.ts';

/** An upstream that was taken over, byte by byte on a real socket, before the shipped server. */

const HEAD = 'HTTP/1.1 200 OK\r\nconnection: close\r\n';
const USAGE = { prompt_tokens: 5, completion_tokens: 1 };
const SMALL = wholeAnswer('fine', USAGE);
/** More than the gateway takes of any whole answer, and a fraction of a megabyte when it is packed. */
const LARGE = Buffer.from(wholeAnswer(' '.repeat(48_000_000), USAGE));
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } };

const plain = (body: string, headers = '') =>
  `${HEAD}content-type: application/json\r\n${headers}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
const packed = (body: Buffer, encoding: string) => [
  `${HEAD}content-type: application/json\r\ncontent-encoding: ${encoding}\r\ncontent-length: ${body.length}\r\n\r\n`,
  body,
];
const stream = (text: string) => `${HEAD}content-type: text/event-stream\r\n\r\n${text}`;

/** What the upstream writes, by the caller's word for it. */
const ANSWERS: Record<string, string | (string | Buffer)[]> = {
  fine: plain(SMALL),
  'gzip of too much': packed(gzipSync(LARGE), 'gzip'),
  'brotli of too much': packed(brotliCompressSync(LARGE, BROTLI), 'br'),
  'zstd of too much': packed(zstdCompressSync(LARGE), 'zstd'),
  'an encoding that is not there': plain(SMALL, 'content-encoding: gzip\r\n'),
  'an encoding that nobody knows': plain(SMALL, 'content-encoding: x-nothing\r\n'),
  'headers of a megabyte': plain(SMALL, `x-flood: ${'a'.repeat(1_000_000)}\r\n`),
  'ten thousand headers': plain(
    SMALL,
    Array.from({ length: 10_000 }, (_, number) => `x-flood-${number}: a\r\n`).join(''),
  ),
  'headers for the caller': plain(
    SMALL,
    'set-cookie: session=stolen\r\nlocation: http://evil.example/\r\nx-frame-options: none\r\nx-evil: yes\r\naccess-control-allow-credentials: true\r\n',
  ),
  'a carriage return in a header': plain(SMALL, 'x-a: b\rx-evil: yes\r\n'),
  'no HTTP': 'SSH-2.0-OpenSSH_9.9\r\n',
  'a packed stream': [
    `${HEAD}content-type: text/event-stream\r\ncontent-encoding: gzip\r\n\r\n`,
    gzipSync(Buffer.from(event({ content: ' '.repeat(48_000_000) }))),
  ],
  'an event for the page': stream(
    `event: execute\ndata: {"code":"stolen()"}\n\nevent: navigate\nid: 7\nretry: 1\ndata: {"evil":1}\n\n${event({ content: 'fine' }, { usage: USAGE }, 'stop')}data: [DONE]\n\n`,
  ),
  'fields for the page': stream(
    `id: 7\nretry: 1\n: a comment\n${event({ content: 'fine' }, { usage: USAGE }, 'stop')}data: [DONE]\n\n`,
  ),
};

const sockets = new Set<Socket>();
const upstream = createServer((socket) => {
  sockets.add(socket);
  socket.on('close', () => sockets.delete(socket));
  socket.on('error', () => {});
  let asked = '';
  socket.on('data', (piece) => {
    asked += piece.toString('latin1');
    const name = /"mock":"([^"]+)"/.exec(asked)?.[1];
    if (name === undefined) return;
    for (const part of [ANSWERS[name] ?? ''].flat()) socket.write(part);
    socket.end();
  });
});

let server: RunningServer;
beforeAll(async () => {
  await new Promise<void>((resolve) => upstream.listen(0, '127.0.0.1', resolve));
  const { port } = upstream.address() as AddressInfo;
  server = await startServer({
    TURNPIKE_LIMITS: 'off',
    TURNPIKE_UPSTREAM: `http://127.0.0.1:${port}/v1`,
  });
});
afterAll(async () => {
  await stopServer(server);
  for (const socket of sockets) socket.destroy();
  upstream.close();
});

const ask = (mock: string, more: object = {}) =>
  server.post('/v1/chat/completions', {
    model: 'grok-beta',
    messages: [{ role: 'user', content: 'hi' }],
    max_tokens: 10,
    mock,
    ...more,
  });

describe('an answer that is packed although nothing packed was asked for', () => {
  test('is no answer, and costs nothing', async () => {
    const before = await server.turnpike('credit', 'balance');
    for (const name of ['gzip of too much', 'brotli of too much', 'zstd of too much']) {
      const answer = await ask(name);
      expect({ name, status: answer.status }).toEqual({ name, status: 502 });
      expect((await answer.text()).length).toBeLessThan(1_000);
    }
    expect(await server.turnpike('credit', 'balance')).toEqual(before);
  });

  test('a header that only claims it changes nothing', async () => {
    for (const name of ['an encoding that is not there', 'an encoding that nobody knows'])
      expect(await (await ask(name)).text()).toContain('fine');
  });

  test('a stream of it ends in an error and passes nothing on', async () => {
    const text = await (await ask('a packed stream', { stream: true })).text();
    expect(text.length).toBeLessThan(1_000);
    expect(text).toContain('"code":"unavailable"');
    expect(text).not.toContain('[DONE]');
  });
});

describe('headers of an upstream', () => {
  test.each(['headers of a megabyte', 'ten thousand headers', 'a carriage return in a header', 'no HTTP'])(
    '%s: an error or an answer, and no harm',
    async (name) => {
      const answer = await ask(name);
      expect([200, 502]).toContain(answer.status);
      expect([...answer.headers.keys()].filter((header) => /flood|evil/.test(header))).toEqual([]);
      expect((await ask('fine')).status).toBe(200);
    },
  );

  test('none of them reaches the caller', async () => {
    const answer = await ask('headers for the caller');
    expect(answer.status).toBe(200);
    const names = [...answer.headers.keys()];
    for (const name of [
      'set-cookie',
      'location',
      'x-frame-options',
      'x-evil',
      'access-control-allow-credentials',
    ])
      expect(names).not.toContain(name);
  });
});

describe('events of an upstream', () => {
  test('that have a name which a page might run are left out', async () => {
    const text = await (await ask('an event for the page', { stream: true })).text();
    expect(text).not.toMatch(/^(?:event|id|retry):|stolen|evil/m);
    expect(text).toContain('fine');
    expect(text).toEndWith('data: [DONE]\n\n');
  });

  test('bring nothing but their data', async () => {
    const text = await (await ask('fields for the page', { stream: true })).text();
    expect(text).not.toMatch(/^(?:id|retry|: a comment)/m);
    expect(text).toContain('fine');
  });
});
