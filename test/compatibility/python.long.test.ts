import { describe, expect, test } from 'bun:test';
import { costOf, readBalance, readRequests, waitForRequest } from './account-of.ts';
import { type ClientDescription, describeClient, type Subject } from './client-under-test.ts';
import { installPython, type PythonPackages } from './install-python.ts';
import { PICTURE } from './picture.ts';
import { ANSWER, refuse } from './scripted-provider.ts';

/** The clients of Python: `openai`, LiteLLM by both of its names for us, and LangChain's client for xAI. */

const SUITE_LIMIT_MS = 240_000;

// One after the other: pip does not share its cache gladly.
const openai = await installPython('openai');
const others = await installPython('litellm-langchain');

function pythonClient(packages: PythonPackages, driver: string, names: readonly string[]): ClientDescription {
  const { folder, versions, missing, python, pythonVersion } = packages;
  const title = `${names.map((name) => `${name} ${versions[name]}`).join(', ')} on ${pythonVersion}`;
  // Nothing may be written beside the drivers.
  return { title, missing, folder, command: [python, '-B', driver] };
}

interface Usage {
  readonly prompt_tokens: number;
  readonly completion_tokens: number;
  readonly total_tokens: number;
}
interface Answer {
  readonly content: string;
  readonly usage: Usage;
}
interface Thrown {
  readonly is: readonly string[];
  readonly message: string;
  readonly body: unknown;
  readonly status: number;
}
type Failure = readonly [what: string, input: object, status: number, className: string, sentence: RegExp];

const fault = (name: string) => ({ extra: { turnpike_simulator: { fault: name } } });
const WRONG_KEY = { key: `xai-${'z'.repeat(80)}` };

/** What every client of chat completions must be able to do. */
function chatsAndStreams(subject: () => Subject, given: object, failures: readonly Failure[]): void {
  const run = <T>(scenario: string, input: object = {}) =>
    subject().client.run<T>(scenario, { ...given, ...input });

  test('a chat: text, and the usage that was billed', async () => {
    const { content, usage } = await run<Answer>('chat');
    expect(content).toContain('What is the meaning of life?');
    const [row] = await readRequests(subject().server, 1);
    expect(usage).toMatchObject({
      prompt_tokens: row?.input_tokens,
      completion_tokens: row?.output_tokens,
      total_tokens: (row?.input_tokens ?? 0) + (row?.output_tokens ?? 0),
    });
  });

  test('the same, asynchronous', async () => {
    expect(await run<string>('chat async')).toContain('What is the meaning of life?');
  });

  test('a stream: the same text, and the usage once', async () => {
    const { content, usage } = await run<Answer>('chat');
    const streamed = await run<{ content: string; usages: Usage[] }>('stream');
    expect(streamed.content).toBe(content);
    expect(streamed.usages).toHaveLength(1);
    expect(streamed.usages[0]).toMatchObject({
      prompt_tokens: usage.prompt_tokens,
      completion_tokens: usage.completion_tokens,
    });
  });

  test('a tool is called, its result goes back, the answer quotes it', async () => {
    const { name, arguments: written, content } = await run<Record<string, string>>('tools');
    expect(name).toBe('get_weather');
    expect(JSON.parse(written ?? '')).toEqual({ city: expect.any(String) });
    expect(content).toContain('18 degrees and rain');
  });

  test('an image to grok-vision-beta is seen and billed', async () => {
    const { content, usage } = await run<Answer>('image', { picture: PICTURE.dataUrl });
    expect(content).toContain('PNG');
    expect(usage.prompt_tokens).toBeGreaterThan(256);
  });

  test('an answer in the shape of a class', async () => {
    const recipe = { name: expect.any(String), steps: expect.any(Array), minutes: expect.any(Number) };
    expect(await run('structured')).toEqual(recipe);
  });

  hangsUp(subject, given);
  fails(subject, given, failures);
}

function hangsUp(subject: () => Subject, given: object): void {
  test('a stream that is closed early ends, and what was made is charged', async () => {
    const { client, server } = subject();
    const extra = { turnpike_simulator: { tokens: 2_000, tokens_per_second: 100 } };
    expect(await client.run<number>('abort', { ...given, extra })).toBe(5);
    const row = await waitForRequest(server, ({ outcome }) => outcome === 'client-gone');
    expect(row.output_tokens).toBeGreaterThanOrEqual(4);
    expect(row.output_tokens).toBeLessThan(1_000);
  });
}

function fails(subject: () => Subject, given: object, failures: readonly Failure[]): void {
  test.each(failures)(
    '%s is thrown as its own class, with our sentence',
    async (_, input, status, className, sentence) => {
      const thrown = await subject().client.run<Thrown>('fails', { ...given, ...input });
      expect(thrown.status).toBe(status);
      expect(thrown.is).toContain(className);
      // `openai` 3 repeats only an error's `message` in its own; xAI's errors have none, so it is in the body.
      expect(`${thrown.message} ${thrown.body}`).toMatch(sentence);
    },
  );

  test('an upstream that breaks off: the text comes, then the error', async () => {
    const extra = { turnpike_simulator: { tokens: 50, fault: 'half-stream' } };
    const { thrown, content } = await subject().client.run<{ thrown: Thrown; content: string }>(
      'stream broken off',
      { ...given, extra },
    );
    expect(content.length).toBeGreaterThan(0);
    expect(thrown.message).toContain('broke off in mid-answer');
  });
}

/** An upstream that fails twice, and a client that tries three times. */
function retriesAreBilledOnce(subject: () => Subject, given: object): void {
  test('retries: the answer comes, and is billed once', async () => {
    const { client, server, provider } = subject();
    const before = (await readBalance(server)).available;
    provider.script(refuse(500), refuse(429, { 'retry-after': '1' }));
    const { content } = await client.run<Answer>('chat', { ...given, retries: 2 });
    expect(content).toBe(ANSWER);
    const rows = await readRequests(server, 3);
    expect(rows).toMatchObject([
      { outcome: 'completed', output_tokens: 6 },
      { outcome: 'failed', cost_ticks: '0' },
      { outcome: 'failed', cost_ticks: '0' },
    ]);
    const { available, held } = await readBalance(server);
    expect(before - available).toBe(costOf(rows));
    expect(held).toBe(0n);
  });
}

const openaiClient = pythonClient(openai, 'drive-openai.py', ['openai']);

describeClient(openaiClient, (subject) => {
  chatsAndStreams(subject, {}, [
    ['a wrong key on /v1', WRONG_KEY, 400, 'BadRequestError', /Incorrect API key provided/],
    [
      'a wrong key on /openai/v1',
      { ...WRONG_KEY, base: '/openai/v1' },
      401,
      'AuthenticationError',
      /Incorrect API key provided/,
    ],
    ['an unknown model', { model: 'grok-99' }, 404, 'NotFoundError', /grok-99 does not exist/],
    ['a busy upstream', fault('status-429'), 429, 'RateLimitError', /takes no more requests/],
    ['an upstream in trouble', fault('status-500'), 502, 'InternalServerError', /did not answer/],
  ]);
  test("on /openai/v1 the sentence is the exception's own", async () => {
    const input = { ...WRONG_KEY, base: '/openai/v1' };
    const { message } = await subject().client.run<Thrown>('fails', input);
    expect(message).toMatch(/^Error code: 401 - Incorrect API key provided/);
  });
  test('the models', async () => {
    expect(await subject().client.run('models')).toEqual(['grok-beta', 'grok-vision-beta']);
  });
});
describeClient(
  { ...openaiClient, title: `${openaiClient.title}, a provider that fails`, upstream: 'provider' },
  (subject) => retriesAreBilledOnce(subject, {}),
);

const litellm = pythonClient(others, 'drive-litellm.py', ['litellm']);

describeClient(litellm, (subject) => {
  describe.each(['xai', 'openai'])('%s/', (provider) => {
    chatsAndStreams(subject, { provider }, [
      ['a wrong key', WRONG_KEY, 400, 'BadRequestError', /Incorrect API key provided/],
      ['an unknown model', { model: 'grok-99' }, 404, 'NotFoundError', /grok-99 does not exist/],
      ['a busy upstream', fault('status-429'), 429, 'RateLimitError', /takes no more requests/],
      ['an upstream in trouble', fault('status-500'), 502, 'BadGatewayError', /did not answer/],
    ]);
  });

  test('its own figure for the price is the one that was billed', async () => {
    const { client, server } = subject();
    const { cost } = await client.run<{ cost: number }>('chat', { provider: 'xai' });
    const [row] = await readRequests(server, 1);
    expect(BigInt(Math.round(cost * 1e10))).toBe(BigInt(row?.cost_ticks ?? -1));
  });

  test('it finds our models', async () => {
    const models = await subject().client.run<string[]>('models', { provider: 'xai' });
    expect(models).toEqual(['xai/grok-beta', 'xai/grok-vision-beta']);
  });
});
describeClient(
  { ...litellm, title: `${litellm.title}, a provider that fails`, upstream: 'provider' },
  (subject) => {
    describe.each(['xai', 'openai'])('%s/', (provider) => retriesAreBilledOnce(subject, { provider }));
  },
);

const langchain = pythonClient(others, 'drive-langchain-xai.py', [
  'langchain-xai',
  'langchain-openai',
  'langchain-core',
]);

describeClient(langchain, (subject) => {
  test('an image to grok-vision-beta is seen and billed', async () => {
    const { content, usage } = await subject().client.run<{
      content: string;
      usage: { input_tokens: number };
    }>('image', {
      picture: PICTURE.dataUrl,
    });
    expect(content).toContain('PNG');
    expect(usage.input_tokens).toBeGreaterThan(256);
  });
  hangsUp(subject, {});
  fails(subject, {}, [
    ['a wrong key', WRONG_KEY, 400, 'BadRequestError', /Incorrect API key provided/],
    ['an unknown model', { model: 'grok-99' }, 404, 'NotFoundError', /grok-99 does not exist/],
    ['a busy upstream', fault('status-429'), 429, 'RateLimitError', /takes no more requests/],
    ['an upstream in trouble', fault('status-500'), 502, 'InternalServerError', /did not answer/],
  ]);

  test(
    `LangChain's own suite for chat models, langchain-tests ${others.versions['langchain-tests']}`,
    async () => {
      const { server } = subject();
      const suite = Bun.spawn(
        [
          ...[
            others.python,
            '-B',
            '-m',
            'pytest',
            '--import-mode=importlib',
            '-p',
            'no:cacheprovider',
            '--quiet',
          ],
          // LangChain keeps one connection pool for all event loops.
          ...['--asyncio-mode=auto', '-o', 'asyncio_default_test_loop_scope=session'],
          ...['-o', 'asyncio_default_fixture_loop_scope=session', '-rfEs', 'standard-suite.py'],
        ],
        {
          cwd: others.folder,
          env: {
            ...process.env,
            TURNPIKE_URL: server.url,
            TURNPIKE_KEY: server.key,
            TURNPIKE_PICTURE: PICTURE.base64,
          },
          stdout: 'pipe',
          stderr: 'pipe',
          timeout: SUITE_LIMIT_MS,
        },
      );
      const said = await new Response(suite.stdout).text();
      // All of it, so that a failure shows which of LangChain's tests it was.
      if ((await suite.exited) !== 0) throw new Error(said);
      const [, passed] = /(\d+) passed/.exec(said) ?? [];
      console.log(said.slice(said.indexOf('short test summary')));
      expect(Number(passed)).toBeGreaterThan(120);
    },
    SUITE_LIMIT_MS,
  );
});
