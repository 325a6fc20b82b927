import { afterAll, beforeAll, expect, test } from 'bun:test';
import { connect } from 'node:net';
import { type RunningServer, startServer, stopServer } from '../fakes/running-server.ts';

/** Connections that are kept open by saying a little now and then cost their owner nothing; they must have an end. */

let server: RunningServer;
beforeAll(async () => {
  server = await startServer({ TURNPIKE_LIMITS: 'off' });
});
afterAll(() => stopServer(server));

const OPENINGS: Record<string, readonly [opening: string, everySecond: string]> = {
  'nothing at all': ['', ''],
  'half a head, then silence': ['POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\n', ''],
  'a header a second': ['POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\n', 'x-a: b\r\n'],
  'a byte of a header a second': ['POST /v1/chat/completions HTTP/1.1\r\nx-a: ', 'b'],
};

test('a head that does not come to its end is given up, however alive the connection looks', async () => {
  const { hostname, port } = new URL(server.url);
  const closed = Object.entries(OPENINGS).map(
    ([name, [opening, everySecond]]) =>
      new Promise<string>((resolve) => {
        const socket = connect(Number(port), hostname, () => socket.write(opening));
        const drip = setInterval(() => socket.write(everySecond), 1_000);
        socket.on('error', () => {});
        socket.on('data', () => {});
        socket.on('close', () => {
          clearInterval(drip);
          resolve(name);
        });
      }),
  );
  // The runner's limit ends the test if one of them stays.
  expect(await Promise.all(closed)).toEqual(Object.keys(OPENINGS));
  expect((await server.fetch('/healthz')).status).toBe(200);
}, 200_000);
