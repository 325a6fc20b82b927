import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { type RunningServer, startServer, stopServer } from '../fakes/running-server.ts';
import { readBalance } from './account-of.ts';
import { readFailure, readStream, readWhole } from './one-api/read-as-one-api.ts';
import { type GoRequest, sendAsGo } from './one-api/send-as-go.ts';
import { type ScriptedProvider, say, startProvider } from './scripted-provider.ts';

/**
 * One API with Turnpike as a channel, replayed: what it sends byte for byte, and its own rules for what comes back. Its
 * type 45 ("xAI") appends the caller's path to a base without `/v1`; its type 50 ("OpenAI compatible") appends the path
 * without `/v1` to a base that has it.
 */

const CHANNELS = [
  { channel: 'type 45, base ORIGIN', chat: '/v1/chat/completions' },
  { channel: 'type 45, base ORIGIN/openai', chat: '/openai/v1/chat/completions' },
  { channel: 'type 50, base ORIGIN/v1', chat: '/v1/chat/completions' },
  { channel: 'type 50, base ORIGIN/openai/v1', chat: '/openai/v1/chat/completions' },
] as const;

/** Its own list for type 45; the test of a channel asks for the first that the operator left in it. */
const MODELS = [
  'grok-2',
  'grok-2-latest',
  'grok-2-1212',
  'grok-2-vision',
  'grok-2-vision-latest',
  'grok-2-vision-1212',
  'grok-vision-beta',
  'grok-beta',
];

const TEST_PROMPT = 'Print your model name exactly and do not output without any other text.';
const QUESTION = { role: 'user', content: 'What is the meaning of life?' };

const TITLE = 'One API of February 2025 (8df4a26, its last), replayed byte for byte';
console.log(`client under test: ${TITLE}`);

describe(TITLE, () => {
  let server: RunningServer;
  beforeAll(async () => {
    server = await startServer({ TURNPIKE_LIMITS: 'off' });
  });
  afterAll(() => stopServer(server));

  const send = (path: string, body: object, request: Partial<GoRequest> = {}) =>
    sendAsGo({
      url: server.url + path,
      key: server.key,
      accept: '',
      body: JSON.stringify(body),
      encoding: 'length',
      ...request,
    });

  describe.each([...CHANNELS])('$channel', ({ chat }) => {
    test('the test of the channel passes with each model of its list', async () => {
      for (const model of MODELS) {
        const response = await send(chat, { messages: [{ role: 'user', content: TEST_PROMPT }], model });
        const { content, usage, troubles } = readWhole(response);
        expect(troubles).toEqual([]);
        expect(content).toContain('Print your model name');
        expect(usage?.total_tokens).toBeGreaterThan(0);
      }
    });

    test('a question passed on as it came: chunked, with fields of any kind', async () => {
      const response = await send(
        chat,
        { model: 'grok-beta', messages: [QUESTION], some_field: { of: ['no', 'meaning'] } },
        { encoding: 'chunked', accept: '*/*' },
      );
      const { content, troubles } = readWhole(response);
      expect(troubles).toEqual([]);
      expect(content).toContain('What is the meaning of life?');
    });

    test('a stream passed on as it came: usage on the last chunk that has a choice', async () => {
      const body = { model: 'grok-beta', messages: [QUESTION], stream: true };
      const response = await send(chat, body, { encoding: 'chunked', accept: 'text/event-stream' });
      const answer = readStream(response);
      expect(answer).toMatchObject({ isDone: true, troubles: [], finishReasons: ['stop'] });
      expect(answer.text).toContain('What is the meaning of life?');
      expect(answer.usage?.total_tokens).toBeGreaterThan(0);
    });

    // With a model mapping One API writes the body anew from its own struct, and asks for the usage.
    test('a stream written anew, with stream_options: whole, and the same usage as the whole answer', async () => {
      const body = { messages: [QUESTION], model: 'grok-2-1212', max_tokens: 200, temperature: 0.5 };
      const response = await send(
        chat,
        { ...body, stream: true, stream_options: { include_usage: true } },
        { accept: 'text/event-stream' },
      );
      const answer = readStream(response);
      expect(answer).toMatchObject({ isDone: true, troubles: [], finishReasons: ['stop'] });
      const whole = readWhole(await send(chat, body));
      expect(answer.text).toBe(String(whole.content));
      expect(answer.usage).toEqual(whole.usage);
    });
  });

  test('a tool that was called comes as Go reads it: a string of arguments', async () => {
    const tools = [{ type: 'function', function: { name: 'get_weather', parameters: { type: 'object' } } }];
    const body = { messages: [QUESTION], model: 'grok-beta', tools, tool_choice: 'required' };
    const { choices } = JSON.parse((await send('/v1/chat/completions', body)).body);
    expect(choices[0].message.tool_calls).toEqual([
      {
        id: expect.any(String),
        type: 'function',
        function: { name: 'get_weather', arguments: expect.any(String) },
      },
    ]);
  });

  test('a busy upstream leaves the channel on, in both dialects', async () => {
    for (const { chat } of CHANNELS) {
      const response = await send(chat, {
        messages: [QUESTION],
        model: 'grok-beta',
        turnpike_simulator: { fault: 'status-429' },
      });
      expect(response.status).toBe(429);
      expect(readFailure(response).switchesChannelOff).toBe(false);
    }
  });

  test('a wrong key: on /openai/v1 the channel goes off with our sentence, on /v1 One API shows nothing', async () => {
    const body = { messages: [QUESTION], model: 'grok-beta' };
    const key = `xai-${'z'.repeat(80)}`;
    const openai = await send('/openai/v1/chat/completions', body, { key });
    expect(openai.status).toBe(401);
    expect(readFailure(openai)).toMatchObject({
      message: expect.stringContaining('Incorrect API key provided'),
      code: 'invalid_api_key',
      switchesChannelOff: true,
    });
    const xai = await send('/v1/chat/completions', body, { key });
    expect(readFailure(xai)).toMatchObject({ message: '', switchesChannelOff: false });
  });

  // Last, because nothing is left afterwards.
  test('a spent account: on /openai/v1 it is insufficient_quota, and the channel goes off', async () => {
    const { available } = await readBalance(server);
    await server.turnpike('credit', 'withdraw', `${available} ticks`);
    const body = { messages: [QUESTION], model: 'grok-beta' };
    const openai = await send('/openai/v1/chat/completions', body);
    expect(openai.status).toBe(429);
    expect(openai.headers['retry-after']).toBeUndefined();
    expect(readFailure(openai)).toMatchObject({
      type: 'insufficient_quota',
      code: 'insufficient_quota',
      switchesChannelOff: true,
    });
    expect((await send('/v1/chat/completions', body)).status).toBe(403);
  });
});

describe(`${TITLE}: the limits of a model`, () => {
  let server: RunningServer;
  beforeAll(async () => {
    server = await startServer();
  });
  afterAll(() => stopServer(server));

  test.each(['/v1/chat/completions', '/openai/v1/chat/completions'])(
    'too many requests on %s: 429, when to come back, and the channel stays on',
    async (path) => {
      const url = server.url + path;
      const body = JSON.stringify({ messages: [QUESTION], model: 'grok-vision-beta' });
      const ask = () => sendAsGo({ url, key: server.key, accept: '', body, encoding: 'length' });
      const answers = await Promise.all([ask(), ask(), ask(), ask()]);
      const refused = answers.find(({ status }) => status === 429);
      if (refused === undefined) throw new Error('Nothing was refused.');
      expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
      expect(refused.body).not.toMatch(/credit|balance/i);
      expect(readFailure(refused).switchesChannelOff).toBe(false);
    },
  );
});

describe(`${TITLE}: a provider's long pieces`, () => {
  let server: RunningServer;
  let provider: ScriptedProvider;
  beforeAll(async () => {
    provider = await startProvider();
    server = await startServer({ TURNPIKE_LIMITS: 'off', TURNPIKE_UPSTREAM: provider.baseUrl });
  });
  afterAll(async () => {
    await stopServer(server);
    await provider.stop();
  });

  test('a piece of 200 KB arrives in lines that One API can read', async () => {
    const text = '界'.repeat(70_000);
    provider.script(say(text));
    const response = await sendAsGo({
      url: `${server.url}/v1/chat/completions`,
      key: server.key,
      accept: 'text/event-stream',
      body: JSON.stringify({ messages: [QUESTION], model: 'grok-beta', max_tokens: 100_000, stream: true }),
      encoding: 'length',
    });
    const answer = readStream(response);
    expect(answer).toMatchObject({ isDone: true, troubles: [] });
    expect(answer.text).toBe(text);
  });
});
