import { expect, test } from 'bun:test';
import { readRequests, waitForRequest } from './account-of.ts';
import { describeClient, nodeClient } from './client-under-test.ts';
import { installPackages } from './install-packages.ts';
import { PICTURE } from './picture.ts';

/** The AI SDK's provider for xAI. Its version 5 speaks to `/v1/responses` only and is no client of chat completions. */

const packages = await installPackages('ai-sdk');

interface Usage {
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly totalTokens: number;
}
interface Thrown {
  readonly name: string;
  readonly message: string;
  readonly status: number;
  readonly isRetryable: boolean;
  readonly is: readonly string[];
}

describeClient(nodeClient(packages, 'drive-xai.mjs', ['@ai-sdk/xai', 'ai']), (subject) => {
  test('generateText: text, finish, usage and the price as they were billed', async () => {
    const { client, server } = subject();
    const answer = await client.run<{
      text: string;
      finishReason: string;
      usage: Usage;
      raw: { cost_in_usd_ticks: number };
      modelId: string;
      id: string;
      simulated: string;
    }>('generateText');
    expect(answer.text).toContain('What is the meaning of life?');
    expect(answer.finishReason).toBe('stop');
    expect(answer.modelId).toContain('simulated');
    expect(answer.simulated).toBe('true');
    const { inputTokens, outputTokens, totalTokens } = answer.usage;
    expect(totalTokens).toBe(inputTokens + outputTokens);
    const [row] = await readRequests(server, 1);
    expect(row).toMatchObject({
      request_id: answer.id,
      input_tokens: inputTokens,
      output_tokens: outputTokens,
      cost_ticks: String(answer.raw.cost_in_usd_ticks),
    });
  });

  test('streamText: the parts of a stream, and its usage', async () => {
    const { client } = subject();
    const answer = await client.run<{ text: string; parts: string[]; finishReason: string; usage: Usage }>(
      'streamText',
    );
    expect(answer.text).toContain('What is the meaning of life?');
    expect(answer.parts.slice(0, 3)).toEqual(['start', 'start-step', 'text-start']);
    expect(answer.parts.slice(-3)).toEqual(['text-end', 'finish-step', 'finish']);
    expect(answer.finishReason).toBe('stop');
    expect(answer.usage.outputTokens).toBeGreaterThan(0);
    expect(answer.usage.totalTokens).toBe(answer.usage.inputTokens + answer.usage.outputTokens);
  });

  test('a stream that is aborted ends, and what was made is charged', async () => {
    const { client, server } = subject();
    const extra = { turnpike_simulator: { tokens: 2_000, tokens_per_second: 100 } };
    const answer = await client.run<{ deltas: number; wasAborted: boolean }>('abort', { extra });
    expect(answer.wasAborted).toBe(true);
    expect(answer.deltas).toBeLessThan(1_000);
    const row = await waitForRequest(server, ({ outcome }) => outcome === 'client-gone');
    expect(row.output_tokens).toBeGreaterThanOrEqual(4);
    expect(row.output_tokens).toBeLessThan(1_000);
  });

  test('a tool is called, its result goes back, the answer quotes it', async () => {
    const { client } = subject();
    const { text, steps } = await client.run<{ text: string; steps: object[] }>('tools');
    expect(steps).toEqual([
      {
        finishReason: 'tool-calls',
        calls: [{ toolName: 'get_weather', input: expect.objectContaining({ city: expect.any(String) }) }],
        results: [expect.stringMatching(/^18 degrees (?:celsius|fahrenheit) and rain$/)],
      },
      { finishReason: 'stop', calls: [], results: [] },
    ]);
    expect(text).toMatch(/18 degrees \w+ and rain/);
  });

  test('the same over streams', async () => {
    const { client } = subject();
    const { text, steps } = await client.run<{ text: string; steps: string[] }>('streamTools');
    expect(steps).toEqual(['tool-calls', 'stop']);
    expect(text).toMatch(/18 degrees \w+ and rain/);
  });

  test('an image to grok-vision-beta is seen and billed', async () => {
    const { client } = subject();
    const { text, raw } = await client.run<{
      text: string;
      raw: { prompt_tokens_details: { image_tokens: number } };
    }>('image', { picture: PICTURE.base64 });
    expect(text).toContain('PNG');
    expect(raw.prompt_tokens_details.image_tokens).toBe(256);
  });

  test('generateObject: the object obeys its schema', async () => {
    const { client } = subject();
    expect(await client.run<{ object: object; finishReason: string }>('generateObject')).toEqual({
      object: { name: expect.any(String), steps: expect.any(Array), minutes: expect.any(Number) },
      finishReason: 'stop',
    });
  });

  test('streamText with an object as output', async () => {
    const { client } = subject();
    const { object, pieces } = await client.run<{ object: object; pieces: number }>('structuredStream');
    expect(object).toEqual({
      name: expect.any(String),
      steps: expect.any(Array),
      minutes: expect.any(Number),
    });
    expect(pieces).toBeGreaterThan(1);
  });

  test.each([
    ['a wrong key', { key: `xai-${'z'.repeat(80)}` }, 400, /Incorrect API key provided/, false],
    ['an unknown model', { model: 'grok-99' }, 404, /model grok-99 does not exist/, false],
    [
      'an upstream in trouble',
      { extra: { turnpike_simulator: { fault: 'status-500' } } },
      502,
      /did not answer/,
      true,
    ],
    [
      'an upstream that is too busy',
      { extra: { turnpike_simulator: { fault: 'status-429' } } },
      429,
      /no more requests/,
      true,
    ],
  ] as const)(
    '%s becomes an APICallError with our sentence',
    async (_, input, status, sentence, isRetryable) => {
      const { client } = subject();
      const thrown = await client.run<Thrown>('fails', input);
      expect(thrown).toMatchObject({ status, isRetryable, message: expect.stringMatching(sentence) });
      expect(thrown.is).toEqual(['APICallError']);
    },
  );

  test('an upstream that breaks off in mid-answer becomes an error part after the text', async () => {
    const { client } = subject();
    const extra = { turnpike_simulator: { tokens: 50, fault: 'half-stream' } };
    const { text, parts } = await client.run<{ text: string; parts: (string | { error: Thrown })[] }>(
      'streamText',
      {
        extra,
      },
    );
    expect(text.length).toBeGreaterThan(0);
    const failed = parts.find((part) => typeof part === 'object');
    expect(failed?.error.message).toContain('broke off in mid-answer');
  });

  test('a retry that fails too costs nothing', async () => {
    const { client, server } = subject();
    const extra = { turnpike_simulator: { fault: 'status-503' } };
    const thrown = await client.run<Thrown>('retries', { extra });
    expect(thrown.is).toEqual(['RetryError']);
    const rows = await readRequests(server, 2);
    expect(rows).toMatchObject([
      { outcome: 'failed', cost_ticks: '0' },
      { outcome: 'failed', cost_ticks: '0' },
    ]);
  });
});
