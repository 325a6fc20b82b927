import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import OpenAI from 'openai';
import type { RequestOutcome } from '../../src/storage/usage-store.ts';
import { type RunningServer, startServer, stopServer } from '../fakes/running-server.ts';
import { prepareTestEngine } from '../fakes/test-engine.ts';

/** The first start with `--local`: the walk-through's curl is answered by a real model, and the bill is exact. */

/** A server that loads a model, and its answers, on two slow and busy cores. */
const DEADLINE_MS = 60_000;
const SIGN_UP_CREDIT = 250_000_000_000n;
const PIXEL =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';

const { dataDir: engineOf, prepared, title } = await prepareTestEngine();
const modelName = prepared?.modelName ?? '';

/** No upstream is named, and limits are off so that calls can follow each other. */
/** Somebody can sign in, so that a start has no set-up link to show. */
const ENVIRONMENT = {
  ...{ TURNPIKE_UPSTREAM: '', TURNPIKE_LIMITS: 'off' },
  ...{ TURNPIKE_ADMIN_EMAIL: 'zaphod@example.com', TURNPIKE_ADMIN_PASSWORD: 'heart of gold' },
};

let server: RunningServer;
let client: OpenAI;

const QUESTION = [{ role: 'user' as const, content: 'What is the meaning of life?' }];
const listOf = (items: object): object => ({ type: 'array', items, minItems: 500 });

/** An answer that would fill the whole context, which takes minutes. */
const ENDLESS = {
  model: 'grok-beta',
  messages: [{ role: 'user' as const, content: 'Count.' }],
  stream: true as const,
  response_format: {
    type: 'json_schema' as const,
    json_schema: { name: 'list', schema: listOf(listOf({ type: 'integer' })) as Record<string, unknown> },
  },
};

type Usage = OpenAI.CompletionUsage & { readonly cost_in_usd_ticks: number };
const priceOf = (usage: Pick<Usage, 'prompt_tokens' | 'completion_tokens'>) =>
  usage.prompt_tokens * 50_000 + usage.completion_tokens * 150_000;

interface RequestRow {
  readonly request_id: string;
  readonly outcome: string;
  readonly input_tokens: number;
  readonly output_tokens: number;
  readonly cost_ticks: string;
  readonly channel: string;
  readonly simulated: boolean;
  readonly estimated: boolean;
}

async function balance(): Promise<bigint> {
  const { available_ticks } = (await server.turnpike('credit', 'balance')) as { available_ticks: string };
  return BigInt(available_ticks);
}

/** The latest request's row, once it has the outcome. */
async function latest(outcome: RequestOutcome): Promise<RequestRow> {
  let seen: string | undefined;
  for (let turn = 0; turn < 50; turn += 1) {
    const { rows } = (await server.turnpike('usage', 'requests', '--limit', '1')) as { rows: RequestRow[] };
    if (rows[0]?.outcome === outcome) return rows[0];
    seen = rows[0]?.outcome;
    await Bun.sleep(100);
  }
  throw new Error(`the latest request is not ${outcome} but ${seen}`);
}

// Outside the group: one that is skipped would count these as tests without a name.
beforeAll(async () => {
  if (prepared === undefined) return;
  server = await startServer(ENVIRONMENT, { args: ['--local'], engineOf });
  client = new OpenAI({ baseURL: `${server.url}/v1`, apiKey: server.key, maxRetries: 0 });
}, DEADLINE_MS);
afterAll(async () => {
  if (prepared !== undefined) await stopServer(server);
});

describe.skipIf(prepared === undefined)(title, () => {
  const promise = (name: string, run: () => Promise<void>) => test(name, run, DEADLINE_MS);

  promise('the start names the model that answers, and what the simulator still does', async () => {
    const output = server.output();
    expect(output).toContain(`grok-beta, grok-vision-beta  ──  ${modelName}\n`);
    expect(output).toMatch(/grok-vision-beta \(images\) +╌╌ {2}simulator, no model\n/);
    expect(output).not.toContain('grok-beta (images)');
    // Everything was there already, so nothing is said of fetching.
    expect(output).not.toMatch(/fetching/i);
  });

  promise('the curl, run by a shell as it was printed, is answered by it and billed exactly', async () => {
    expect(await balance()).toBe(SIGN_UP_CREDIT);
    const command = /^ *curl [\s\S]*?^ *\}'$/m.exec(server.output())?.[0] ?? '';
    const shell = Bun.spawnSync(['sh', '-c', `${command} --silent --include`]);
    const [head = '', body = ''] = shell.stdout.toString().split('\r\n\r\n');
    expect(head).not.toMatch(/x-turnpike-simulated|x-turnpike-estimated/i);
    const answer = JSON.parse(body);
    expect(answer.model).toBe('grok-beta');
    // A sentence, and not the simulator's.
    expect(answer.choices[0].message.content).toMatch(/[a-z]{3,} [a-z]{2,} [a-z]{2,}/i);
    expect(answer.choices[0].message.content).not.toMatch(/simulat/i);

    const { usage } = answer;
    expect(usage.completion_tokens).toBeGreaterThan(10);
    expect(usage.total_tokens).toBe(usage.prompt_tokens + usage.completion_tokens);
    expect(usage.cost_in_usd_ticks).toBe(priceOf(usage));
    expect(await balance()).toBe(SIGN_UP_CREDIT - BigInt(usage.cost_in_usd_ticks));
    expect(await latest('completed')).toMatchObject({
      request_id: answer.id,
      channel: 'local',
      simulated: false,
      estimated: false,
    });

    const { rows } = (await server.turnpike('credit', 'statement')) as {
      rows: { kind: string; request_id: string | null }[];
    };
    const kinds = rows.filter(({ request_id }) => request_id === answer.id).map(({ kind }) => kind);
    // A release follows unless the answer was exactly as long as was set aside for.
    expect(kinds).toEqual(expect.arrayContaining(['hold', 'charge']));
  });

  promise(
    "the usage is the engine's own count: a tokenised text has as many tokens as it was billed for",
    async () => {
      const answer = await client.chat.completions.create({
        model: 'grok-beta',
        messages: QUESTION,
        temperature: 0,
        max_tokens: 12,
      });
      const text = answer.choices[0]?.message.content ?? '';
      const response = await server.post('/v1/tokenize-text', { model: 'grok-beta', text });
      expect(response.headers.get('x-turnpike-tokeniser')).toBe(modelName);
      expect(response.headers.get('x-turnpike-estimated')).toBeNull();
      const { token_ids } = await response.json();
      expect(token_ids).toHaveLength(answer.usage?.completion_tokens ?? -1);
    },
  );

  promise('a stream gives the same words, and its usage once', async () => {
    const body = { model: 'grok-beta', messages: QUESTION, temperature: 0, max_tokens: 30 };
    const whole = await client.chat.completions.create(body);
    const stream = await client.chat.completions.create({ ...body, stream: true });
    let text = '';
    const usages: Usage[] = [];
    let chunks = 0;
    for await (const chunk of stream) {
      chunks += 1;
      expect(chunk.model).toBe('grok-beta');
      text += chunk.choices[0]?.delta.content ?? '';
      if (chunk.usage) usages.push(chunk.usage as Usage);
    }
    expect(text).toBe(whole.choices[0]?.message.content ?? '');
    expect(chunks).toBeGreaterThan(10);
    expect(usages).toEqual([whole.usage as Usage]);
    expect(usages[0]?.cost_in_usd_ticks).toBe(usages[0] === undefined ? -1 : priceOf(usages[0]));
  });

  promise(
    'an aborted stream stops the engine: the next call is answered, what was made is charged',
    async () => {
      const before = await balance();
      let charged = 0n;
      // More streams than the engine runs at once. Were they not stopped, the last would wait for minutes.
      for (let round = 0; round < 3; round += 1) {
        const stream = await client.chat.completions.create(ENDLESS);
        let chunks = 0;
        for await (const _ of stream) {
          chunks += 1;
          if (chunks === 6) stream.controller.abort();
        }
        const row = await latest('client-gone');
        expect(row.output_tokens).toBeGreaterThan(0);
        expect(row.output_tokens).toBeLessThan(1_000);
        const { input_tokens: prompt_tokens, output_tokens: completion_tokens } = row;
        expect(BigInt(row.cost_ticks)).toBe(BigInt(priceOf({ prompt_tokens, completion_tokens })));
        charged += BigInt(row.cost_ticks);
        const next = await client.chat.completions.create({
          model: 'grok-beta',
          messages: QUESTION,
          max_tokens: 2,
        });
        expect(next.usage?.completion_tokens).toBe(2);
        charged += BigInt((next.usage as Usage).cost_in_usd_ticks);
      }
      expect(before - (await balance())).toBe(charged);
    },
  );

  promise('a picture goes to the simulator, which says so; text to the same model does not', async () => {
    const ask = (content: OpenAI.ChatCompletionUserMessageParam['content']) =>
      client.chat.completions
        .create({ model: 'grok-vision-beta', messages: [{ role: 'user', content }], max_tokens: 20 })
        .withResponse();
    const picture = await ask([
      { type: 'text', text: 'What is this?' },
      { type: 'image_url', image_url: { url: PIXEL } },
    ]);
    expect(picture.response.headers.get('x-turnpike-simulated')).toBe('true');
    expect(picture.data.model).toContain('simulated');
    const text = await ask('What is this?');
    expect(text.response.headers.get('x-turnpike-simulated')).toBeNull();
    expect(text.data.model).toBe('grok-vision-beta');
  });

  promise(
    'killed in a stream, the engine comes back: an error ends the answer, what came is charged',
    async () => {
      const response = await server.post('/v1/chat/completions', ENDLESS);
      const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
      if (reader === undefined) throw new Error('there is no stream');
      let text = '';
      while (text.split('\n\n').length < 8) text += (await reader.read()).value ?? '';
      process.kill(enginePid(), 'SIGKILL');
      for (;;) {
        const { done, value } = await reader.read();
        if (done) break;
        text += value;
      }
      expect(text).toMatch(/"error":/);
      expect(text).not.toContain('[DONE]');

      const row = await latest('upstream-broke');
      expect(row.output_tokens).toBeGreaterThan(0);
      const { input_tokens: prompt_tokens, output_tokens: completion_tokens } = row;
      expect(BigInt(row.cost_ticks)).toBe(BigInt(priceOf({ prompt_tokens, completion_tokens })));

      const answer = await untilAnswered();
      expect(answer.usage.completion_tokens).toBe(3);
      expect(((await server.turnpike('audit')) as { findings: unknown[] }).findings).toEqual([]);
    },
  );

  promise(
    'the next start needs no --local, keeps it short, and the doctor finds the engine whole',
    async () => {
      await server.kill();
      server = await startServer(ENVIRONMENT, { dataDir: server.dataDir });
      const lines = server.output().trim().split('\n');
      expect(lines.length).toBeLessThanOrEqual(6);
      expect(server.output()).toContain(`──  ${modelName}\n`);
      expect((await untilAnswered()).model).toBe('grok-beta');
      const { healthy, checks } = (await server.turnpike('doctor')) as {
        healthy: boolean;
        checks: { code: string }[];
      };
      expect([healthy, checks.some(({ code }) => code === 'engine-ready')]).toEqual([true, true]);
    },
  );
});

/** The engine that was started last. */
function enginePid(): number {
  const started = server
    .log()
    .split('\n')
    .filter((line) => /"local-engine-(?:re)?started"/.test(line));
  return JSON.parse(started.at(-1) ?? '').pid;
}

/** A short answer; while the engine comes back, calls are refused as those of an upstream that is away. */
async function untilAnswered(): Promise<{ model: string; usage: Usage }> {
  for (let turn = 0; turn < 200; turn += 1) {
    const response = await server.post('/v1/chat/completions', {
      model: 'grok-beta',
      messages: QUESTION,
      max_tokens: 3,
    });
    if (response.ok) return await response.json();
    expect([502, 503]).toContain(response.status);
    await response.body?.cancel();
    await Bun.sleep(100);
  }
  throw new Error('the engine did not come back');
}
