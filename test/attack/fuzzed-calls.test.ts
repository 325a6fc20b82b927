import { afterAll, beforeAll, expect, test } from 'bun:test';
import { connect } from 'node:net';
import fc from 'fast-check';
import { type RunningServer, startServer, stopServer } from '../fakes/running-server.ts';

/** Whatever is sent to whatever path: an answer in words, never one of ours that broke, and the server stays. */

let server: RunningServer;
beforeAll(async () => {
  server = await startServer({ TURNPIKE_LIMITS: 'off', TURNPIKE_LOG_LEVEL: 'error' });
});
afterAll(() => stopServer(server));

const RUNS = 400;

/** Values that stand where others are expected. */
const oddValue = fc.oneof(
  fc.constantFrom<unknown>(null, true, 0, -1, 1e308, -0, '', ' ', '\u0000', '\ud800', [], {}, [[]], [null]),
  fc.constantFrom<unknown>(
    '__proto__',
    'constructor',
    '{{x}}',
    '9'.repeat(400),
    { toString: 1 },
    { length: 5 },
  ),
  fc.string({ maxLength: 40, unit: 'binary' }),
  fc.jsonValue({ maxDepth: 4 }),
);

const message = fc.record({
  role: fc.oneof(fc.constantFrom('system', 'user', 'assistant', 'tool'), oddValue),
  content: fc.oneof(
    fc.string({ maxLength: 30 }),
    fc.array(
      fc.record({
        type: fc.oneof(fc.constantFrom('text', 'image_url', 'image', 'input_text'), oddValue),
        text: fc.oneof(fc.string(), oddValue),
        image_url: fc.oneof(fc.record({ url: oddValue, detail: oddValue }), oddValue),
      }),
      { maxLength: 3 },
    ),
    oddValue,
  ),
  name: oddValue,
  tool_calls: fc.oneof(fc.array(fc.record({ id: oddValue, function: oddValue }), { maxLength: 2 }), oddValue),
  tool_call_id: oddValue,
});

const body = fc
  .record(
    {
      model: fc.oneof({ weight: 5, arbitrary: fc.constantFrom('grok-beta', 'grok-vision-beta') }, oddValue),
      messages: fc.oneof({ weight: 5, arbitrary: fc.array(message, { maxLength: 3 }) }, oddValue),
      stream: fc.oneof(fc.boolean(), oddValue),
      stream_options: oddValue,
      max_tokens: fc.oneof(fc.integer({ min: 1, max: 30 }), oddValue),
      n: fc.oneof(fc.integer({ min: 1, max: 3 }), oddValue),
      stop: oddValue,
      temperature: oddValue,
      tools: fc.oneof(
        fc.array(fc.record({ type: oddValue, function: oddValue }), { maxLength: 2 }),
        oddValue,
      ),
      tool_choice: oddValue,
      response_format: fc.oneof(fc.record({ type: oddValue, json_schema: oddValue }), oddValue),
      text: oddValue,
      input: oddValue,
    },
    { requiredKeys: [] },
  )
  .map((value) => JSON.stringify(value));

const brokenBody = fc
  .tuple(body, fc.nat(), fc.string({ maxLength: 3, unit: 'binary' }))
  .map(
    ([text, at, splice]) =>
      text.slice(0, at % (text.length + 1)) + splice + text.slice(at % (text.length + 1)),
  );

const segment = fc.oneof(
  fc.constantFrom(
    'v1',
    'openai',
    'chat',
    'completions',
    'models',
    'api-key',
    'tokenize-text',
    'healthz',
    'metrics',
  ),
  fc.constantFrom('..', '.', '%2e%2e', '%00', '%', '%zz', ':id', '*', '', 'language-models', '__proto__'),
  fc.string({ maxLength: 8 }).map(encodeURIComponent),
);

async function expectWords(response: Response): Promise<void> {
  const text = await response.text();
  if (response.status >= 500) expect({ status: response.status, text }).toEqual({ status: 503, text });
  if (text !== '' && response.status >= 400 && response.headers.get('content-type')?.includes('json'))
    expect(JSON.parse(text)).toBeObject();
}

async function expectUnharmed(): Promise<void> {
  expect((await server.fetch('/readyz')).status).toBe(200);
  expect(server.log()).not.toContain('assertion-broken');
}

test('bodies of any shape', async () => {
  const routes = fc.constantFrom('/v1/chat/completions', '/openai/v1/chat/completions', '/v1/tokenize-text');
  const key = fc.option(fc.string({ minLength: 1, maxLength: 20 }).map(encodeURIComponent), {
    nil: undefined,
  });
  await fc.assert(
    fc.asyncProperty(
      routes,
      fc.oneof({ weight: 4, arbitrary: body }, brokenBody),
      key,
      async (path, text, once) =>
        expectWords(await server.post(path, text, once === undefined ? {} : { 'idempotency-key': once })),
    ),
    { numRuns: RUNS, seed: 20_261_128 },
  );
  await expectUnharmed();
}, 60_000);

test('paths and methods of any kind', async () => {
  const path = fc.array(segment, { maxLength: 5 }).map((parts) => `/${parts.join('/')}`);
  const method = fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD');
  await fc.assert(
    fc.asyncProperty(method, path, fc.boolean(), async (verb, where, withKey) => {
      await expectWords(
        await server.fetch(where, {
          method: verb,
          headers: withKey ? { authorization: `Bearer ${server.key}` } : {},
          ...(verb === 'GET' || verb === 'HEAD' ? {} : { body: '{}' }),
        }),
      );
    }),
    { numRuns: RUNS, seed: 20_261_128 },
  );
  await expectUnharmed();
}, 60_000);

test('bytes of any kind', async () => {
  const line = fc.oneof(
    fc.constantFrom(
      'GET / HTTP/1.1',
      'POST /v1/chat/completions HTTP/1.1',
      'host: x',
      'content-length: 5',
      '',
    ),
    fc.constantFrom('transfer-encoding: chunked', 'expect: 100-continue', 'connection: upgrade', '0', '5'),
    fc.string({ maxLength: 30, unit: 'binary' }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(line, { maxLength: 8 }), async (lines) => {
      await send(`${lines.join('\r\n')}\r\n\r\n`);
    }),
    { numRuns: RUNS, seed: 20_261_128 },
  );
  await expectUnharmed();
}, 60_000);

/** Writes and hangs up. */
function send(text: string): Promise<void> {
  const { hostname, port } = new URL(server.url);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname, () => socket.end(text));
    socket.on('data', () => {});
    socket.on('error', () => {});
    socket.on('close', () => resolve());
    socket.setTimeout(200, () => socket.destroy());
  });
}
