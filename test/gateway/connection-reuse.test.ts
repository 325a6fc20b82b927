import { expect, test } from 'bun:test';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Ending } from '../../src/gateway/ending.ts';
import { EventReader } from '../../src/gateway/event-reader.ts';
import { createOpenaiCompatible } from '../../src/upstream/openai-compatible.ts';
import { ManualClock } from '../fakes/manual-clock.ts';

/** Against a real server: a new connection for each stream would cost each caller a TLS handshake. */

test('streams share a connection, although servers close them a moment after [DONE]', async () => {
  let connections = 0;
  const server = createServer((request, response) => {
    request.resume();
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write('data: {}\n\n');
    response.write('data: [DONE]\n\n');
    setTimeout(() => response.end(), 2);
  });
  server.on('connection', () => {
    connections += 1;
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const clock = new ManualClock();
  try {
    const upstream = createOpenaiCompatible({
      name: 'test',
      baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      key: undefined,
      upstreamModel: (model) => model,
      inputModalities: ['text'],
    });
    for (let stream = 0; stream < 5; stream += 1) {
      const ending = new Ending();
      const { body } = await upstream.send({ body: '{}', stream: true, signal: ending.signal });
      const seen: string[] = [];
      const reader = new EventReader(body, clock, ending, {
        takePiece: () => undefined,
        take: (events = []) => events.map(({ data }) => data),
        broken: (reason) => [reason],
      });
      while (!seen.includes('[DONE]')) seen.push(...(await reader.next()));
      reader.close();
      expect(seen).toEqual(['{}', '[DONE]']);
      while (clock.pendingTimers > 0) await Bun.sleep(1);
    }
    expect(connections).toBe(1);
  } finally {
    server.closeAllConnections();
    server.close();
  }
});
