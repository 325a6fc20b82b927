import { expect, test } from 'bun:test';
import { waitForRequest } from './account-of.ts';
import { describeClient, nodeClient } from './client-under-test.ts';
import { installPackages } from './install-packages.ts';
import { PICTURE } from './picture.ts';

/** Chatbox with Turnpike as a custom provider: its packages, its spellings of an address, and a browser. */

const packages = await installPackages('chatbox');

interface Answer {
  readonly text: string;
  readonly reasoning: string;
  readonly calls: readonly object[];
  readonly results: readonly unknown[];
  readonly deltas: number;
  readonly errors: readonly (string | { status: number; body: string; isRetryable: boolean; is: string[] })[];
  readonly isAborted: boolean;
  readonly finishReason: string;
  readonly usage: { inputTokens: number; outputTokens: number; totalTokens: number };
}

describeClient(
  { ...nodeClient(packages, 'drive-chatbox.mjs', ['@ai-sdk/openai-compatible', 'ai']) },
  (subject) => {
    test('a question, streamed: text and usage, though nobody asked for usage', async () => {
      const answer = await subject().client.run<Answer>('chat');
      expect(answer.text).toContain('What is the meaning of life?');
      expect(answer.finishReason).toBe('stop');
      expect(answer.usage.outputTokens).toBeGreaterThan(0);
      expect(answer.usage.totalTokens).toBe(answer.usage.inputTokens + answer.usage.outputTokens);
    });

    test('with streaming switched off', async () => {
      const answer = await subject().client.run<Answer>('chat', { isStreaming: false });
      expect(answer).toMatchObject({ finishReason: 'stop', errors: [] });
      expect(answer.text).toContain('What is the meaning of life?');
    });

    test('thoughts arrive as thoughts', async () => {
      const extra = { turnpike_simulator: { reasoning_tokens: 20, tokens: 20 } };
      const answer = await subject().client.run<Answer>('chat', { extra });
      expect(answer.reasoning.length).toBeGreaterThan(0);
      expect(answer.text.length).toBeGreaterThan(0);
    });

    test('stopped in mid-answer: what was made is charged', async () => {
      const { client, server } = subject();
      const extra = { turnpike_simulator: { tokens: 2_000, tokens_per_second: 100 } };
      const answer = await client.run<Answer>('abort', { extra });
      expect(answer.isAborted).toBe(true);
      expect(answer.deltas).toBeLessThan(1_000);
      const row = await waitForRequest(server, ({ outcome }) => outcome === 'client-gone');
      expect(row.output_tokens).toBeGreaterThanOrEqual(4);
      expect(row.output_tokens).toBeLessThan(1_000);
    });

    test('its loop over tools ends with an answer', async () => {
      const answer = await subject().client.run<Answer>('tools');
      expect(answer.calls).toEqual([{ name: 'web_search', input: { query: expect.any(String) } }]);
      expect(answer.results).toEqual(['Rain over Paris']);
      expect(answer.text).toContain('Rain over Paris');
    });

    test('an image', async () => {
      const answer = await subject().client.run<Answer>('image', { picture: PICTURE.base64 });
      expect(answer.text).toContain('PNG');
    });

    // What users type into "API Host" and "API Path"; `ORIGIN` is the server's address.
    test.each([
      ['ORIGIN', ''],
      ['ORIGIN/', ''],
      ['ORIGIN/v1', ''],
      ['ORIGIN/v1/', ''],
      [' ORIGIN/v1 ', ''],
      ['ORIGIN/v1/chat/completions', ''],
      ['ORIGIN/chat/completions', ''],
      ['ORIGIN/v1', '/chat/completions'],
      ['ORIGIN/v1', 'chat/completions'],
      ['ORIGIN', '/chat/completions'],
      ['ORIGIN', '/v1/chat/completions'],
      ['ORIGIN/v1', '/v1/chat/completions'],
      ['ORIGIN/openai/v1', ''],
      ['ORIGIN/openai', ''],
    ])('host "%s" and path "%s": the check passes and the models are listed', async (host, path) => {
      const { client, server } = subject();
      const input = { host: host.replace('ORIGIN', server.url), path };
      expect(await client.run<string>('check', input)).toContain('You wrote');
      expect(await client.run('models', input)).toEqual([
        { id: 'grok-beta', nickname: 'grok-beta', contextWindow: 131_072, hasVision: false },
        { id: 'grok-vision-beta', nickname: 'grok-vision-beta', contextWindow: 8_192, hasVision: true },
      ]);
    });

    test.each([
      ['/v1/openai', /No handler found on route/],
      ['/v1/chat/completions/', /did you mean POST \/v1\/chat\/completions\?/],
      ['/v2/chat/completions', /did you mean POST \/v1\/chat\/completions\?/],
    ])('a path that leads nowhere, "%s", is answered with a sentence', async (path, sentence) => {
      const { client, server } = subject();
      const { errors } = await client.run<Answer>('chat', { host: server.url, path });
      expect(errors).toEqual([
        expect.objectContaining({ status: 404, isRetryable: false, is: ['APICallError'] }),
      ]);
      expect(JSON.stringify(errors)).toMatch(sentence);
    });

    test.each([
      ['a wrong key', { key: `xai-${'z'.repeat(80)}` }, 400, /Incorrect API key/, false],
      [
        'a model that sees no images',
        { model: 'grok-beta' },
        400,
        /does not support content elements of type image/,
        false,
      ],
      [
        'an upstream in trouble',
        { extra: { turnpike_simulator: { fault: 'status-503' } } },
        502,
        /Nothing was charged/,
        true,
      ],
    ] as const)(
      '%s: Chatbox gets the sentence in the body, and knows whether to repeat',
      async (_, input, status, sentence, isRetryable) => {
        const { errors } = await subject().client.run<Answer>('image', { picture: PICTURE.base64, ...input });
        expect(errors).toEqual([
          expect.objectContaining({
            status,
            isRetryable,
            body: expect.stringMatching(sentence),
            is: ['APICallError'],
          }),
        ]);
      },
    );

    test('an upstream that breaks off: the text stays, and the error is our sentence', async () => {
      const extra = { turnpike_simulator: { tokens: 50, fault: 'half-stream' } };
      const answer = await subject().client.run<Answer>('chat', { extra });
      expect(answer.text.length).toBeGreaterThan(0);
      expect(answer.errors).toEqual([expect.stringContaining('broke off in mid-answer')]);
    });

    test('in a browser: the preflight lets its headers through, and every answer may be read', async () => {
      const { server } = subject();
      const origin = 'https://web.chatboxai.app';
      const preflight = await server.fetch('/v1/chat/completions', {
        method: 'OPTIONS',
        headers: {
          origin,
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'authorization,content-type,user-agent',
        },
      });
      expect(preflight.ok).toBe(true);
      expect(allowed(preflight, 'access-control-allow-headers')).toEqual([
        'authorization',
        'content-type',
        'user-agent',
      ]);
      expect(allowed(preflight, 'access-control-allow-methods')).toContain('post');
      const body = { model: 'grok-beta', stream: true, messages: [{ role: 'user', content: 'Hi' }] };
      const answers = [
        await server.post('/v1/chat/completions', body, { origin }),
        await server.post('/v1/chat/completions', { ...body, model: 'grok-99' }, { origin }),
        await server.fetch('/v1/models', { headers: { origin } }),
        await server.fetch('/v1/nowhere', { headers: { origin } }),
      ];
      expect(answers.map(({ status }) => status)).toEqual([200, 404, 401, 404]);
      for (const answer of [preflight, ...answers]) {
        expect(answer.headers.get('access-control-allow-origin')).toBe('*');
        expect(answer.headers.get('access-control-allow-credentials')).toBeNull();
        await answer.body?.cancel();
      }
    });
  },
);

function allowed(response: Response, header: string): string[] {
  return (response.headers.get(header) ?? '').split(',').map((word) => word.trim().toLowerCase());
}
