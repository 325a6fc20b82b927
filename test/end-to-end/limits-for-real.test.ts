import { afterAll, beforeAll, expect, test } from 'bun:test';
import { type RunningServer, startServer, stopServer } from '../fakes/running-server.ts';

/** The walk-through's limits, once for real. That waiting takes as long as it must is shown on the fake clock. */

let server: RunningServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => stopServer(server));

const HI = { model: 'grok-beta', messages: [{ role: 'user', content: 'hi' }] };

test('two grok-beta calls at once: both are answered, the second after its wait in line', async () => {
  const both = await Promise.all([
    server.post('/v1/chat/completions', HI),
    server.post('/v1/chat/completions', HI),
  ]);
  expect(both.map(({ status }) => status)).toEqual([200, 200]);
  const { rows } = (await server.turnpike('usage', 'requests', '--limit', '2')) as {
    rows: { queued_ms: number }[];
  };
  const waits = rows.map(({ queued_ms }) => queued_ms).sort((a, b) => a - b);
  expect(waits[0]).toBeLessThan(500);
  expect(waits[1]).toBeGreaterThan(500);
});

test('the fourth grok-vision-beta call in a minute is refused and told when', async () => {
  const ask = () => server.post('/v1/chat/completions', { ...HI, model: 'grok-vision-beta' });
  for (let call = 0; call < 3; call += 1) expect((await ask()).status).toBe(200);
  const refused = await ask();
  expect(refused.status).toBe(429);
  const wait = Number(refused.headers.get('retry-after'));
  expect(wait).toBeGreaterThan(30);
  expect(wait).toBeLessThanOrEqual(60);
  const { code, error } = await refused.json();
  expect(code).toBe('resource-exhausted');
  expect(error).toMatch(/3 requests per minute.*Try again in \d+ seconds/);
});
