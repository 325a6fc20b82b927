import { describe, expect, test } from 'bun:test';
import { readRequests, waitForRequest } from './account-of.ts';
import { describeClient, nodeClient } from './client-under-test.ts';
import { installPackages } from './install-packages.ts';
import { PICTURE } from './picture.ts';

/** LangChain.js: its client for OpenAI with our address, and its client for xAI. */

const packages = await installPackages('langchain');

interface Usage {
  readonly input_tokens: number;
  readonly output_tokens: number;
  readonly total_tokens: number;
}
interface Answer {
  readonly content: string;
  readonly chunks: number;
  readonly usage: Usage;
  readonly finishReason: string;
}
interface Thrown {
  readonly message: string;
  readonly status: number;
  readonly is: readonly string[];
}

const NAMES = ['@langchain/openai', '@langchain/xai', '@langchain/core'];

describeClient(nodeClient(packages, 'drive-langchain.mjs', NAMES), (subject) => {
  describe.each(['ChatOpenAI', 'ChatXAI'])('%s', (className) => {
    const run = <T>(scenario: string, input: object = {}) =>
      subject().client.run<T>(scenario, { className, ...input });

    test('invoke: text, finish, and the usage that was billed', async () => {
      const { content, usage, finishReason } = await run<Answer>('invoke');
      expect(content).toContain('What is the meaning of life?');
      expect(finishReason).toBe('stop');
      const [row] = await readRequests(subject().server, 1);
      expect(usage).toMatchObject({ input_tokens: row?.input_tokens, output_tokens: row?.output_tokens });
      expect(usage.total_tokens).toBe(usage.input_tokens + usage.output_tokens);
    });

    test('stream: the chunks add up to the same, usage once', async () => {
      const whole = await run<Answer>('invoke');
      const streamed = await run<Answer>('stream');
      expect(streamed.chunks).toBeGreaterThan(3);
      expect(streamed.content).toBe(whole.content);
      expect(streamed.finishReason).toBe('stop');
      expect(streamed.usage).toMatchObject({ ...whole.usage });
    });

    test('batch: three at once', async () => {
      const answers = await run<string[]>('batch');
      expect(answers).toHaveLength(3);
      for (const answer of answers) expect(answer).toContain('What is the meaning of life?');
    });

    test('a tool is called, its result goes back, the answer quotes it', async () => {
      const { calls, content, isToolMessage } = await run<{
        calls: object[];
        content: string;
        isToolMessage: boolean;
      }>('tools');
      expect(calls).toMatchObject([{ name: 'get_weather', args: { city: expect.any(String) } }]);
      expect(isToolMessage).toBe(true);
      expect(content).toMatch(/18 degrees \w+ and rain/);
    });

    test('a chosen tool, streamed: whole and parsed', async () => {
      const { calls, invalid } = await run<{ calls: object[]; invalid: object[] }>('streamTools');
      expect(calls).toMatchObject([
        { name: 'get_weather', args: { unit: expect.stringMatching(/celsius|fahrenheit/) } },
      ]);
      expect(invalid).toEqual([]);
    });

    test('a conversation whose assistant only called a tool goes on', async () => {
      expect(await run<string>('history')).toContain('Snow');
    });

    test.each(['jsonSchema', 'functionCalling', 'jsonMode'] as const)(
      'withStructuredOutput by %s',
      async (method) => {
        const answer = run('structured', { method });
        // JSON mode promises JSON and no more; LangChain then says that the schema was not met.
        if (method === 'jsonMode') return expect(await answer.catch(String)).toMatch(/Failed to parse/);
        expect(await answer).toEqual({
          name: expect.any(String),
          steps: expect.any(Array),
          minutes: expect.any(Number),
        });
      },
    );

    test('an image to grok-vision-beta is seen and billed', async () => {
      const { content, usage } = await run<Answer>('image', { picture: PICTURE.dataUrl });
      expect(content).toContain('PNG');
      expect(usage.input_tokens).toBeGreaterThan(256);
    });

    test('aborted: the stream throws, and what was made is charged', async () => {
      const extra = { turnpike_simulator: { tokens: 2_000, tokens_per_second: 100 } };
      const { chunks, thrown } = await run<{ chunks: number; thrown: Thrown }>('abort', { extra });
      expect(chunks).toBeLessThan(1_000);
      expect(thrown.message).toMatch(/abort/i);
      const row = await waitForRequest(subject().server, ({ outcome }) => outcome === 'client-gone');
      expect(row.output_tokens).toBeGreaterThanOrEqual(3);
      expect(row.output_tokens).toBeLessThan(1_000);
    });

    test.each([
      ['a wrong key', { key: `xai-${'z'.repeat(80)}` }, 400, 'BadRequestError', /Incorrect API key provided/],
      ['an unknown model', { model: 'grok-99' }, 404, 'NotFoundError', /grok-99 does not exist/],
      ['a busy upstream', fault('status-429'), 429, 'RateLimitError', /no more requests/],
      ['an upstream in trouble', fault('status-500'), 502, 'InternalServerError', /did not answer/],
    ] as const)("%s becomes OpenAI's own class", async (_, input, status, name, sentence) => {
      const thrown = await run<Thrown>('fails', input);
      expect(thrown).toMatchObject({ status, message: expect.stringMatching(sentence) });
      expect(thrown.is).toEqual(['APIError', name]);
    });

    test('an upstream that breaks off: the text comes, then the error', async () => {
      const extra = { turnpike_simulator: { tokens: 50, fault: 'half-stream' } };
      const { content, thrown } = await run<{ content: string; thrown: Thrown }>('breaksOff', { extra });
      expect(content.length).toBeGreaterThan(0);
      expect(thrown.message).toContain('broke off in mid-answer');
    });

    test('retries of a failing upstream cost nothing', async () => {
      const { server } = subject();
      await run<Thrown>('fails', { ...fault('status-503'), maxRetries: 1 });
      expect(await readRequests(server, 2)).toMatchObject([
        { outcome: 'failed', cost_ticks: '0' },
        { outcome: 'failed', cost_ticks: '0' },
      ]);
    });
  });
});

function fault(name: string) {
  return { extra: { turnpike_simulator: { fault: name } } };
}
