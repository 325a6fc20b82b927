import { beforeAll, describe, expect, test } from 'bun:test';
import { costOf, readBalance, readRequests, waitForRequest } from './account-of.ts';
import { describeClient, nodeClient } from './client-under-test.ts';
import { installPackages } from './install-packages.ts';
import { PICTURE } from './picture.ts';
import { ANSWER, breakAfter, hangUp, refuse, say, type Turn } from './scripted-provider.ts';

/**
 * LibreChat with Turnpike as a custom endpoint. A name of `xai` makes it take another client class, so everything is
 * shown for both.
 */

const packages = await installPackages('librechat');
const librechat = nodeClient(packages, 'drive-librechat.mjs', ['@librechat/agents']);

/** LangChain waits 1 s and longer between attempts, and gives up after the sixth. */
const RETRIES_LIMIT_MS = 90_000;

/** More than any of these tests makes. */
const NEWEST_ROWS = 20;

interface Answer {
  readonly text: string;
  readonly think: string;
  readonly tools: readonly { name: string; args: string; output: string }[];
  readonly usages: readonly { input_tokens: number; output_tokens: number; total_tokens: number }[];
  readonly deltas: number;
  readonly thrown?: { readonly message: string; readonly status?: number };
}
interface FirstTurn {
  readonly answer: Answer;
  readonly title: { readonly title?: string; readonly language?: string; readonly thrown?: object };
}

const ENDPOINTS = ['xai', 'Grok'] as const;

describeClient(librechat, (subject) => {
  test('the models, with what they cost and hold, without a token configuration', async () => {
    expect(await subject().client.run<object>('models')).toEqual({
      ids: ['grok-beta', 'grok-vision-beta'],
      prices: [
        ['grok-beta', 5, 15, 131_072],
        ['grok-vision-beta', 5, 15, 8_192],
      ],
    });
  });

  describe.each([...ENDPOINTS])('an endpoint named "%s"', (endpoint) => {
    const run = <T>(scenario: string, input: object = {}) =>
      subject().client.run<T>(scenario, { endpoint, ...input });

    test('a question: the answer, and the usage that was billed, though LibreChat does not ask for it', async () => {
      const { text, usages, thrown } = await run<Answer>('chat');
      expect(thrown).toBeUndefined();
      expect(text).toContain('What is the meaning of life?');
      const [row] = await readRequests(subject().server, 1);
      // Its class for xAI adds `total_tokens` up twice, which LibreChat does not look at.
      expect(usages).toEqual([
        expect.objectContaining({ input_tokens: row?.input_tokens, output_tokens: row?.output_tokens }),
      ]);
    });

    test('a tool is called, run, and its result is answered', async () => {
      const { text, tools, usages } = await run<Answer>('tools');
      expect(tools).toMatchObject([{ name: 'get_weather', output: expect.stringMatching(/^18 degrees/) }]);
      expect(text).toMatch(/18 degrees \w+ and rain/);
      expect(usages).toHaveLength(2);
    });

    test('an image', async () => {
      const { text, usages } = await run<Answer>('image', { picture: PICTURE.dataUrl });
      expect(text).toContain('PNG');
      expect(usages[0]?.input_tokens).toBeGreaterThan(256);
    });

    test('thoughts become a part of their own', async () => {
      const addParams = { turnpike_simulator: { reasoning_tokens: 20, tokens: 20 } };
      const { think, text } = await run<Answer>('chat', { addParams });
      expect(think.length).toBeGreaterThan(0);
      expect(text.length).toBeGreaterThan(0);
    });

    test('stopped in mid-answer: what was made is charged', async () => {
      const addParams = { turnpike_simulator: { tokens: 2_000, tokens_per_second: 100 } };
      const { thrown } = await run<Answer>('abort', { addParams });
      expect(thrown?.message).toMatch(/abort/i);
      const row = await waitForRequest(subject().server, ({ outcome }) => outcome === 'client-gone');
      expect(row.output_tokens).toBeGreaterThanOrEqual(3);
      expect(row.output_tokens).toBeLessThan(1_000);
    });

    test('titles by both methods, one request each', async () => {
      const completion = await run<FirstTurn>('firstTurn', { titleMethod: 'completion' });
      expect(completion.title.title).toContain('You wrote');
      const structured = await run<FirstTurn>('firstTurn', { titleMethod: 'structured' });
      expect(structured.title).toEqual({ title: expect.any(String), language: expect.any(String) });
      const rows = await readRequests(subject().server, 4);
      expect(rows.map(({ outcome }) => outcome)).toEqual(Array(4).fill('completed'));
      expect(rows.map(({ streamed }) => streamed).sort()).toEqual([false, false, true, true]);
    });

    test.each([
      ['a wrong key', { key: `xai-${'z'.repeat(80)}` }, /Incorrect API key provided/],
      ['an unknown model', { model: 'grok-99' }, /model grok-99 does not exist/],
      [
        'an image to a model without eyes',
        { model: 'grok-beta' },
        /does not support content elements of type image/,
      ],
    ])('%s: LibreChat shows our sentence, after one request', async (_, input, sentence) => {
      const { thrown } = await run<Answer>('image', { picture: PICTURE.dataUrl, ...input });
      expect(thrown?.message).toMatch(sentence);
    });
  });
});

describeClient({ ...librechat, title: `${librechat.title}, limits on`, limits: 'catalogue' }, (subject) => {
  test.each(['completion', 'structured'])(
    'the title (%s) beside the answer waits its turn, and both come',
    async (titleMethod) => {
      const { client, server } = subject();
      let longestWaitMs = 0;
      // On a machine under load the two may come a second apart, and then nobody has to wait.
      for (let turn = 0; turn < 4 && longestWaitMs < 200; turn += 1) {
        const input = { endpoint: 'Grok', titleMethod };
        const { answer, title } = await client.run<FirstTurn>('firstTurn', input);
        expect(answer.thrown).toBeUndefined();
        expect(answer.text).toContain('What is the meaning of life?');
        expect(title.title?.length).toBeGreaterThan(0);
        const rows = await readRequests(server, 2);
        expect(rows.map(({ outcome }) => outcome)).toEqual(['completed', 'completed']);
        longestWaitMs = Math.max(...rows.map(({ queued_ms }) => queued_ms));
      }
      expect(longestWaitMs).toBeGreaterThan(200);
    },
  );
});

describeClient(
  { ...librechat, title: `${librechat.title}, a provider that fails`, upstream: 'provider' },
  (subject) => {
    /** Runs a scenario against a provider that fails like this first, and proves that the ledger agrees. */
    async function billed<T>(scenario: string, input: object, ...turns: readonly Turn[]) {
      const { client, server, provider } = subject();
      const before = (await readBalance(server)).available;
      const [last] = await readRequests(server, 1);
      const asked = provider.requests.length;
      provider.script(...turns);
      const answer = await client.run<T>(scenario, input, RETRIES_LIMIT_MS);
      const newest = await readRequests(server, NEWEST_ROWS);
      const rows = newest.slice(
        0,
        newest.findIndex(({ request_id }) => request_id === last?.request_id),
      );
      const { available, held } = await readBalance(server);
      expect(held).toBe(0n);
      expect(before - available).toBe(costOf(rows));
      return { answer, rows, asked: provider.requests.length - asked };
    }

    // The first row, so that there is always one before.
    beforeAll(async () => void (await subject().client.run('chat', { endpoint: 'xai' })));

    describe.each([...ENDPOINTS])('an endpoint named "%s"', (endpoint) => {
      test.each([
        ['500 twice', [refuse(500), refuse(500)]],
        ['429 with Retry-After', [refuse(429, { 'retry-after': '1' })]],
        ['connections that break before the first byte', [hangUp, hangUp]],
      ])('%s, then an answer: the answer comes, and is billed once', async (_, turns) => {
        const { answer, rows, asked } = await billed<Answer>('chat', { endpoint }, ...turns);
        expect(answer.thrown).toBeUndefined();
        expect(answer.text).toBe(ANSWER);
        expect(asked).toBe(turns.length + 1);
        const [answered, ...failed] = rows;
        expect(answered).toMatchObject({ outcome: 'completed', output_tokens: 6 });
        expect(failed.length).toBeGreaterThan(0);
        for (const row of failed) expect(row).toMatchObject({ outcome: 'failed', cost_ticks: '0' });
      });

      test('429 without Retry-After: one request, no charge', async () => {
        const { answer, rows } = await billed<Answer>('chat', { endpoint }, refuse(429));
        expect(answer.thrown?.message).toMatch(/takes no more requests right now/);
        expect(rows).toMatchObject([{ outcome: 'failed', http_status: 429, cost_ticks: '0' }]);
      });

      test('a connection that breaks in mid-answer: one request, and what came is billed once', async () => {
        const { answer, rows } = await billed<Answer>('chat', { endpoint }, breakAfter('Forty-two, '));
        expect(answer.text).toBe('Forty-two, ');
        expect(answer.thrown?.message).toMatch(/broke off in mid-answer/);
        expect(rows).toMatchObject([{ outcome: 'upstream-broke' }]);
        expect(costOf(rows)).toBeGreaterThan(0n);
      });

      test('a title that is no JSON is asked for again: each answer is billed, and nothing else', async () => {
        let titles = 0;
        const turn: Turn = (response, request) => {
          if (request.stream === true) return say(ANSWER)(response, request);
          titles += 1;
          const title = titles < 3 ? 'I would rather not.' : '{"language":"English","title":"Life"}';
          return say(title)(response, request);
        };
        const input = { endpoint, titleMethod: 'structured' };
        const { answer, rows } = await billed<FirstTurn>('firstTurn', input, turn, turn, turn, turn);
        expect(answer.title).toEqual({ language: 'English', title: 'Life' });
        expect(rows.map(({ outcome }) => outcome)).toEqual(Array(4).fill('completed'));
      });
    });
  },
);
