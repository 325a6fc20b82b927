import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import OpenAI from 'openai';
import { type RunningServer, startServer, stopServer } from '../fakes/running-server.ts';

/** `Idempotency-Key` as clients send it, against the shipped server. */

const PATH = '/v1/chat/completions';
const HELLO = { model: 'grok-beta', messages: [{ role: 'user' as const, content: 'Hello' }], temperature: 0 };
/** The simulator writes for two seconds. */
const SLOW = { ...HELLO, turnpike_simulator: { tokens: 20, tokens_per_second: 10 } };

interface Charge {
  readonly request_id: string;
  readonly outcome: string;
}

async function completed(server: RunningServer): Promise<string[]> {
  const words = ['usage', 'requests', '--user', 'owner@localhost', '--limit', '1000'];
  const { rows } = (await server.turnpike(...words)) as { rows: Charge[] };
  return rows.filter(({ outcome }) => outcome === 'completed').map(({ request_id }) => request_id);
}

describe('on one server', () => {
  let server: RunningServer;
  beforeAll(async () => {
    server = await startServer({ TURNPIKE_LIMITS: 'off' });
  });
  afterAll(() => stopServer(server));

  const post = (key: string, body: unknown, path = PATH) =>
    server.post(path, body, { 'idempotency-key': key });

  test('of two at once one runs, the other is told to wait, and then has the same answer', async () => {
    const before = (await completed(server)).length;
    const [a, b] = await Promise.all([post('twice', SLOW), post('twice', SLOW)]);
    expect([a.status, b.status].sort()).toEqual([200, 409]);
    const [first, refused] = a.status === 200 ? [a, b] : [b, a];
    expect(refused.headers.get('retry-after')).toBe('1');
    const text = await first.text();
    const again = await post('twice', SLOW);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(again.headers.get('x-turnpike-simulated')).toBe('true');
    expect(await again.text()).toBe(text);
    expect((await completed(server)).length).toBe(before + 1);
  });

  test('another spelling of the path is the same request, another body is not', async () => {
    const first = await (await post('spelled', HELLO)).text();
    const again = await post('spelled', HELLO, '/chat/completions');
    expect(await again.text()).toBe(first);
    const other = await post('spelled', { ...HELLO, temperature: 0.5 });
    expect(other.status).toBe(422);
    expect(await other.json()).toEqual({
      code: 'invalid-argument',
      error: expect.stringContaining('different request'),
    });
    expect((await post('ü', HELLO)).status).toBe(400);
  });

  test('a stream comes again with the same events', async () => {
    const first = await (await post('streamed', { ...HELLO, stream: true })).text();
    const again = await post('streamed', { ...HELLO, stream: true });
    expect(again.headers.get('content-type')).toBe('text/event-stream');
    expect(await again.text()).toBe(first);
    expect(first).toEndWith('data: [DONE]\n\n');
  });

  test('the text of a key is written nowhere, and the log has no word of what was kept', async () => {
    const secret = 'a-key-that-tells-of-its-owner';
    const answer = await post(secret, HELLO);
    const { choices } = (await answer.json()) as { choices: { message: { content: string } }[] };
    expect((await post(secret, { ...HELLO, seed: 1 })).status).toBe(422);
    const files = readdirSync(server.dataDir, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name)));
    expect(files.some((file) => file.includes('idempotency_keys'))).toBe(true);
    expect(files.some((file) => file.includes(secret))).toBe(false);
    expect(server.log()).not.toContain(secret);
    expect(server.log()).not.toContain(choices[0]?.message.content.slice(0, 40));
  });

  test('of a team is not that of another one', async () => {
    const first = await (await post('shared', HELLO)).json();
    await server.turnpike('users', 'create', 'zaphod@example.com');
    const { key } = (await server.turnpike('keys', 'create', 'theirs', '--user', 'zaphod@example.com')) as {
      key: string;
    };
    const theirs = await server.post(PATH, HELLO, {
      authorization: `Bearer ${key}`,
      'idempotency-key': 'shared',
    });
    expect(theirs.headers.get('idempotent-replayed')).toBeNull();
    expect(((await theirs.json()) as { id: string }).id).not.toBe((first as { id: string }).id);
  });

  test('the openai package sends no key of its own; with one its repetitions cost nothing', async () => {
    const sent: (string | null)[] = [];
    const client = new OpenAI({
      baseURL: `${server.url}/openai/v1`,
      apiKey: server.key,
      maxRetries: 5,
      fetch: (url, init) => {
        sent.push(new Headers(init?.headers).get('idempotency-key'));
        return fetch(url, init);
      },
    });
    const bare = await client.chat.completions.create(HELLO);
    expect(sent).toEqual([null]);

    const keyed = () =>
      client.chat.completions.create(SLOW as typeof HELLO, { headers: { 'Idempotency-Key': 'sdk' } });
    const before = (await completed(server)).length;
    const [first, second] = await Promise.all([keyed(), keyed()]);
    expect(second).toEqual(first);
    expect(first.id).not.toBe(bare.id);
    // One of them met the other under way and came again by itself.
    expect(sent.length).toBeGreaterThan(3);
    expect((await completed(server)).length).toBe(before + 1);

    const streams: OpenAI.ChatCompletionChunk[][] = [];
    for (let turn = 0; turn < 2; turn += 1) {
      const stream = await client.chat.completions.create(
        { ...HELLO, stream: true },
        { headers: { 'Idempotency-Key': 'sdk-stream' } },
      );
      const chunks: OpenAI.ChatCompletionChunk[] = [];
      for await (const chunk of stream) chunks.push(chunk);
      streams.push(chunks);
    }
    expect(streams[1]).toEqual(streams[0] as OpenAI.ChatCompletionChunk[]);
    expect((await completed(server)).length).toBe(before + 2);
  });
});

describe('over a restart', () => {
  test('an answer is repeated; a request that the crash interrupted is told so and never run again', async () => {
    let server = await startServer({ TURNPIKE_LIMITS: 'off' });
    const { dataDir } = server;
    try {
      const keyed = (key: string, body: unknown) => server.post(PATH, body, { 'idempotency-key': key });
      const kept = await (await keyed('kept', HELLO)).text();
      const lost = keyed('lost', SLOW).catch(() => undefined);
      // It is under way when a second one with its key is told to wait.
      for (let status = 0; status !== 409; ) {
        await Bun.sleep(50);
        ({ status } = await keyed('lost', SLOW));
        expect(status).not.toBe(200);
      }
      await server.kill('SIGKILL');
      await lost;
      server = await startServer({ TURNPIKE_LIMITS: 'off' }, { dataDir });

      const again = await keyed('kept', HELLO);
      expect(again.headers.get('idempotent-replayed')).toBe('true');
      expect(await again.text()).toBe(kept);

      const told = await keyed('lost', SLOW);
      expect(told.status).toBe(410);
      const { code, error } = (await told.json()) as { code: string; error: string };
      expect(code).toBe('data-loss');
      const requestId = /request ([0-9a-f-]{36})\./.exec(error)?.[1] ?? '';
      const { rows } = (await server.turnpike('credit', 'statement')) as { rows: { request_id: string }[] };
      expect(rows.map((row) => row.request_id)).toContain(requestId);
      expect(await completed(server)).toHaveLength(1);
      expect(((await server.turnpike('audit')) as { findings: unknown[] }).findings).toEqual([]);
    } finally {
      await stopServer(server);
      rmSync(dataDir, { recursive: true, force: true });
    }
  }, 60_000);

  test('a stream that a shut-down cut is repeated with the words it ended with', async () => {
    const environment = { TURNPIKE_LIMITS: 'off', TURNPIKE_GRACE_SECONDS: '0' };
    let server = await startServer(environment);
    const { dataDir } = server;
    try {
      const ask = () =>
        server.post(PATH, { ...SLOW, stream: true }, { 'idempotency-key': 'cut by a shut-down' });
      const { body } = await ask();
      const reading = new Response(body).text();
      await Bun.sleep(300);
      await server.kill();
      const first = await reading;
      expect(first).toContain('what arrived was charged');
      server = await startServer(environment, { dataDir });
      const again = await ask();
      expect(again.headers.get('idempotent-replayed')).toBe('true');
      expect(await again.text()).toBe(first.replaceAll(': keep-alive\n\n', ''));
      expect(((await server.turnpike('audit')) as { findings: unknown[] }).findings).toEqual([]);
    } finally {
      await stopServer(server);
      rmSync(dataDir, { recursive: true, force: true });
    }
  }, 60_000);
});
