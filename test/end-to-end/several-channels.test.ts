import { afterAll, beforeAll, expect, test } from 'bun:test';
import { type RunningServer, startServer, stopServer } from '../fakes/running-server.ts';
import { wholeAnswer } from '../fakes/test-gateway.ts';

/** Two channels answer one model; the preferred one is where nobody listens. */

const BODY = { model: 'grok-beta', messages: [{ role: 'user', content: 'hi' }] };
const USAGE = { prompt_tokens: 10, completion_tokens: 2, total_tokens: 12 };
const EVENTS = `data: {"choices":[{"index":0,"delta":{"content":"Forty-two"},"finish_reason":"stop"}]}

data: {"choices":[],"usage":${JSON.stringify(USAGE)}}

data: [DONE]

`;

let server: RunningServer;
let sound: Bun.Server<undefined>;
beforeAll(async () => {
  sound = Bun.serve({
    port: 0,
    async fetch(request) {
      const { stream } = (await request.json()) as { stream: boolean };
      return stream
        ? new Response(EVENTS, { headers: { 'content-type': 'text/event-stream' } })
        : new Response(wholeAnswer('Forty-two', USAGE), { headers: { 'content-type': 'application/json' } });
    },
  });
  server = await startServer({ TURNPIKE_LIMITS: 'off' });
  const add = (name: string, port: number, priority: number) =>
    server.turnpike(
      ...['channels', 'add', name, '--base-url', `http://127.0.0.1:${port}/v1`],
      ...['--key', 'upstream-key', '--model', 'grok-beta', '--priority', String(priority)],
    );
  await add('sound', sound.port ?? 0, 1);
  await add('broken', 9, 2);
});
afterAll(async () => {
  await stopServer(server);
  await sound.stop(true);
});

test('the other one answers, whole and streamed, and the books know who it was', async () => {
  const whole = await server.post('/v1/chat/completions', BODY);
  expect(whole.status).toBe(200);
  expect(await whole.text()).toContain('Forty-two');
  const streamed = await server.post('/v1/chat/completions', { ...BODY, stream: true });
  expect(await streamed.text()).toEndWith('data: [DONE]\n\n');

  const { rows } = (await server.turnpike('usage', 'requests')) as { rows: Record<string, unknown>[] };
  expect(rows).toHaveLength(2);
  const costTicks = String(10 * 50_000 + 2 * 150_000);
  for (const row of rows) expect(row).toMatchObject({ channel: 'sound', cost_ticks: costTicks });
  const replaced = server
    .log()
    .split('\n')
    .filter((line) => line.includes('"upstream-replaced"'));
  expect(JSON.parse(replaced[0] ?? '{}')).toMatchObject({ channel: 'broken', by: 'sound' });
  // The second call came while the first channel still rested, and was sent to the other one at once.
  expect(replaced).toHaveLength(1);
});
