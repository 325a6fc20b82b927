import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import OpenAI from 'openai';
import { type RunningServer, startServer, stopServer } from '../fakes/running-server.ts';

/** The npm package `openai`, as its users use it, against the simulator. */

let server: RunningServer;
let client: OpenAI;
beforeAll(async () => {
  server = await startServer({ TURNPIKE_LIMITS: 'off' });
  client = new OpenAI({ baseURL: `${server.url}/v1`, apiKey: server.key, maxRetries: 0 });
});
afterAll(() => stopServer(server));

const QUESTION = [{ role: 'user' as const, content: 'What is the meaning of life?' }];
const PIXEL =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';

test('a chat completion', async () => {
  const answer = await client.chat.completions.create({
    model: 'grok-beta',
    messages: QUESTION,
    temperature: 0,
  });
  expect(answer.id).toMatch(/^[0-9a-f-]{36}$/);
  expect(answer.choices[0]?.message.content?.length).toBeGreaterThan(0);
  expect(answer.choices[0]?.finish_reason).toBe('stop');
  const usage = answer.usage as OpenAI.CompletionUsage & { cost_in_usd_ticks: number };
  expect(usage.total_tokens).toBe(usage.prompt_tokens + usage.completion_tokens);
  expect(usage.cost_in_usd_ticks).toBe(usage.prompt_tokens * 50_000 + usage.completion_tokens * 150_000);
});

test('a simulated answer says so: header and model', async () => {
  const { data, response } = await client.chat.completions
    .create({ model: 'grok-beta', messages: QUESTION })
    .withResponse();
  expect(response.headers.get('x-turnpike-simulated')).toBe('true');
  expect(data.model).toContain('simulated');
});

describe('a stream', () => {
  test('carries the usage on its finish chunk unasked', async () => {
    const stream = await client.chat.completions.create({
      model: 'grok-beta',
      messages: QUESTION,
      stream: true,
    });
    let text = '';
    const usages: OpenAI.CompletionUsage[] = [];
    const ids = new Set<string>();
    for await (const chunk of stream) {
      ids.add(chunk.id);
      text += chunk.choices[0]?.delta.content ?? '';
      if (chunk.usage) usages.push(chunk.usage);
    }
    expect(text.length).toBeGreaterThan(0);
    expect(usages).toHaveLength(1);
    expect(ids.size).toBe(1);
  });

  test('carries it in a chunk of its own when asked, equal to the whole answer', async () => {
    const whole = await client.chat.completions.create({
      model: 'grok-beta',
      messages: QUESTION,
      temperature: 0,
    });
    const stream = await client.chat.completions.create({
      model: 'grok-beta',
      messages: QUESTION,
      temperature: 0,
      stream: true,
      stream_options: { include_usage: true },
    });
    let last: OpenAI.ChatCompletionChunk | undefined;
    let text = '';
    for await (const chunk of stream) {
      text += chunk.choices[0]?.delta.content ?? '';
      last = chunk;
    }
    expect(last?.choices).toEqual([]);
    expect(last?.usage).toEqual(whole.usage ?? null);
    expect(text).toBe(whole.choices[0]?.message.content ?? '');
  });

  test('aborted: the SDK stops, what was made is charged', async () => {
    const stream = await client.chat.completions.create({
      model: 'grok-beta',
      messages: QUESTION,
      stream: true,
      // @ts-expect-error the simulator's own settings
      turnpike_simulator: { tokens: 2_000, tokens_per_second: 100 },
    });
    let chunks = 0;
    for await (const _ of stream) {
      chunks += 1;
      if (chunks === 5) stream.controller.abort();
    }
    expect(chunks).toBeLessThan(50);
    const gone = await eventually(async () => {
      const { rows } = (await server.turnpike('usage', 'requests', '--limit', '1')) as { rows: RequestRow[] };
      return rows[0]?.outcome === 'client-gone' ? rows[0] : undefined;
    });
    expect(gone.output_tokens).toBeGreaterThanOrEqual(4);
    expect(gone.output_tokens).toBeLessThan(1_000);
  });
});

interface RequestRow {
  readonly outcome: string;
  readonly output_tokens: number;
}

describe('tools', () => {
  const tools: OpenAI.ChatCompletionTool[] = [
    {
      type: 'function',
      function: {
        name: 'get_weather',
        description: 'Current weather of a city',
        parameters: {
          type: 'object',
          properties: { city: { type: 'string' }, unit: { type: 'string', enum: ['celsius', 'fahrenheit'] } },
          required: ['city', 'unit'],
        },
      },
    },
  ];
  const ask = [{ role: 'user' as const, content: 'What is the weather in Paris?' }];

  test('a round trip', async () => {
    const first = await client.chat.completions.create({
      model: 'grok-beta',
      messages: ask,
      tools,
      tool_choice: 'required',
    });
    const message = first.choices[0]?.message;
    const call = message?.tool_calls?.[0];
    expect(first.choices[0]?.finish_reason).toBe('tool_calls');
    if (message === undefined || call?.type !== 'function') throw new Error('no function was called');
    expect(call.function.name).toBe('get_weather');
    expect(JSON.parse(call.function.arguments)).toMatchObject({
      city: expect.any(String),
      unit: expect.stringMatching(/celsius|fahrenheit/),
    });

    const second = await client.chat.completions.create({
      model: 'grok-beta',
      messages: [...ask, message, { role: 'tool', tool_call_id: call.id, content: '18 degrees and rain' }],
      tools,
    });
    expect(second.choices[0]?.message.content).toContain('18 degrees and rain');
  });

  test('streamed, a call comes whole in one chunk', async () => {
    const stream = await client.chat.completions.create({
      model: 'grok-beta',
      messages: ask,
      tools,
      tool_choice: 'required',
      stream: true,
    });
    const calls = [];
    for await (const chunk of stream) calls.push(...(chunk.choices[0]?.delta.tool_calls ?? []));
    expect(calls).toHaveLength(1);
    expect(JSON.parse(calls[0]?.function?.arguments ?? '')).toHaveProperty('city');
  });
});

test('a json_schema is filled', async () => {
  const answer = await client.chat.completions.create({
    model: 'grok-beta',
    messages: QUESTION,
    response_format: {
      type: 'json_schema',
      json_schema: {
        name: 'answer',
        strict: true,
        schema: {
          type: 'object',
          properties: {
            number: { type: 'integer', minimum: 42, maximum: 42 },
            words: { type: 'array', items: { type: 'string' }, minItems: 2 },
          },
          required: ['number', 'words'],
          additionalProperties: false,
        },
      },
    },
  });
  const value = JSON.parse(answer.choices[0]?.message.content ?? '');
  expect(value.number).toBe(42);
  expect(value.words.length).toBeGreaterThanOrEqual(2);
});

test('an image to grok-vision-beta: its kind and size are seen, its tokens are billed', async () => {
  const answer = await client.chat.completions.create({
    model: 'grok-vision-beta',
    messages: [
      {
        role: 'user',
        content: [
          { type: 'text', text: 'What is this?' },
          { type: 'image_url', image_url: { url: PIXEL } },
        ],
      },
    ],
  });
  expect(answer.choices[0]?.message.content).toMatch(/png/i);
  expect(answer.choices[0]?.message.content).toMatch(/1\s*[x×]\s*1/);
  const usage = answer.usage as unknown as {
    prompt_tokens: number;
    completion_tokens: number;
    cost_in_usd_ticks: number;
    prompt_tokens_details: { image_tokens: number; text_tokens: number };
  };
  expect(usage.prompt_tokens_details.image_tokens).toBe(256);
  expect(usage.prompt_tokens).toBe(256 + usage.prompt_tokens_details.text_tokens);
  expect(usage.cost_in_usd_ticks).toBe(usage.prompt_tokens * 50_000 + usage.completion_tokens * 150_000);
});

test('n choices are all answered and all billed', async () => {
  const answer = await client.chat.completions.create({
    model: 'grok-beta',
    messages: QUESTION,
    n: 3,
    // @ts-expect-error the simulator's own settings
    turnpike_simulator: { tokens: 7 },
  });
  expect(answer.choices).toHaveLength(3);
  expect(answer.usage?.completion_tokens).toBe(21);
});

describe('models', () => {
  test('are listed with context and price, and found by id and alias', async () => {
    const models = [];
    for await (const model of client.models.list()) models.push(model);
    expect(models.map(({ id }) => id)).toEqual(['grok-beta', 'grok-vision-beta']);
    expect(models[0]).toMatchObject({
      context_length: 131_072,
      pricing: { prompt: '0.000005', completion: '0.000015' },
      architecture: { input_modalities: ['text'] },
    });
    expect((await client.models.retrieve('grok-2-latest')).id).toBe('grok-beta');
    expect(await rejectionOf(client.models.retrieve('nope'))).toBeInstanceOf(OpenAI.NotFoundError);
  });
});

describe("errors become the SDK's own classes", () => {
  const wrong = () =>
    new OpenAI({ baseURL: `${server.url}/v1`, apiKey: `xai-${'z'.repeat(80)}`, maxRetries: 0 });
  test('wrong key on /v1: 400, as xAI answers', async () => {
    expect(
      await rejectionOf(wrong().chat.completions.create({ model: 'grok-beta', messages: QUESTION })),
    ).toMatchObject({
      status: 400,
      message: expect.stringContaining('Incorrect API key provided'),
    });
  });
  test('wrong key on /openai/v1: AuthenticationError', async () => {
    const openai = new OpenAI({ baseURL: `${server.url}/openai/v1`, apiKey: 'sk-wrong', maxRetries: 0 });
    expect(await rejectionOf(openai.models.list())).toBeInstanceOf(OpenAI.AuthenticationError);
  });
  test('an upstream that breaks off in mid-stream throws', async () => {
    const stream = await client.chat.completions.create({
      model: 'grok-beta',
      messages: QUESTION,
      stream: true,
      // @ts-expect-error the simulator's own settings
      turnpike_simulator: { tokens: 50, fault: 'half-stream' },
    });
    const read = async () => {
      for await (const _ of stream);
    };
    expect(await rejectionOf(read())).toMatchObject({
      message: expect.stringMatching(/broke off in mid-answer/),
    });
  });
  test('an upstream that is too busy: RateLimitError', async () => {
    expect(
      await rejectionOf(
        client.chat.completions.create({
          model: 'grok-beta',
          messages: QUESTION,
          // @ts-expect-error the simulator's own settings
          turnpike_simulator: { fault: 'status-429' },
        }),
      ),
    ).toBeInstanceOf(OpenAI.RateLimitError);
  });
});

test('the key route and the tokeniser', async () => {
  const headers = { authorization: `Bearer ${server.key}` };
  const key = await (await server.fetch('/v1/api-key', { headers })).json();
  expect(Object.keys(key).sort()).toEqual([
    'acls',
    'api_key_blocked',
    'api_key_disabled',
    'api_key_id',
    'create_time',
    'modified_by',
    'modify_time',
    'name',
    'redacted_api_key',
    'team_blocked',
    'team_id',
    'user_id',
  ]);
  expect(key.redacted_api_key).toBe('xai-...kkkk');
  const tokens = await (
    await server.post('/v1/tokenize-text', { model: 'grok-beta', text: 'Hello, 世界' })
  ).json();
  const bytes = tokens.token_ids.flatMap((token: { token_bytes: number[] }) => token.token_bytes);
  expect(new TextDecoder().decode(new Uint8Array(bytes))).toBe('Hello, 世界');
});

test('a browser may call: preflight and open answers', async () => {
  const preflight = await server.fetch('/v1/chat/completions', {
    method: 'OPTIONS',
    headers: {
      origin: 'https://web.chatboxai.app',
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization, content-type',
    },
  });
  expect(preflight.status).toBe(204);
  expect(preflight.headers.get('access-control-allow-headers')).toBe('authorization, content-type');
  const models = await server.fetch('/v1/models', {
    headers: { origin: 'https://x.test', authorization: `Bearer ${server.key}` },
  });
  expect(models.headers.get('access-control-allow-origin')).toBe('*');
  expect(models.headers.get('access-control-allow-credentials')).toBeNull();
});

async function eventually<T>(attempt: () => Promise<T | undefined>): Promise<T> {
  for (let turn = 0; turn < 50; turn += 1) {
    const value = await attempt();
    if (value !== undefined) return value;
    await Bun.sleep(100);
  }
  throw new Error('it never came');
}

/** What a promise is rejected with. The SDK's promises are not the runtime's own, which `rejects` asks for. */
function rejectionOf(promise: PromiseLike<unknown>): PromiseLike<unknown> {
  return promise.then(
    () => undefined,
    (reason) => reason,
  );
}
