import { afterEach, beforeEach, describe, expect, test } from 'bun:test';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { findNearby } from '../../src/console/connect/find-nearby.ts';
import { seedCatalogue } from '../../src/console/seed-catalogue.ts';
import { openMemoryStorage } from '../../src/storage/memory/storage.ts';
import { dial } from '../../src/upstream/dial.ts';
import { openTestApi, type TestApi, type TestPerson } from '../fakes/test-api.ts';

/** Connecting an upstream: what is found out by trying it over real HTTP, also when it is not friendly. */

const KEY = 'xai-AAAABBBBCCCCDDDDEEEEFFFFQd3k';

// biome-ignore lint/suspicious/noExplicitAny: events and bodies of every shape are looked into.
type Loose = any;
type Answer = (response: ServerResponse, body: Loose, request: IncomingMessage) => void;

let server: Server;
let baseUrl: string;
let asked: { path: string; key: string | undefined; body: Loose }[];
let answers: { models: Answer; chat: Answer };
let api: TestApi;
let zaphod: TestPerson;

beforeEach(async () => {
  asked = [];
  answers = { models: listModels('grok-beta', 'grok-vision-beta', 'text-embedding-3'), chat: answerChat };
  server = createServer(async (request, response) => {
    let text = '';
    for await (const piece of request) text += piece;
    const body = text === '' ? undefined : JSON.parse(text);
    asked.push({ path: request.url ?? '', key: request.headers.authorization, body });
    const answer = request.url?.endsWith('/models') ? answers.models : answers.chat;
    answer(response, body, request);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
  const storage = openMemoryStorage();
  api = openTestApi(storage);
  await seedCatalogue(api.ports);
  zaphod = await api.person('zaphod@example.com', 'owner');
});

afterEach(() => {
  server.closeAllConnections();
  server.close();
});

function json(response: ServerResponse, value: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(value));
}

function listModels(...names: string[]): Answer {
  return (response) => json(response, { object: 'list', data: names.map((id) => ({ id })) });
}

const USAGE = { prompt_tokens: 8, completion_tokens: 1 };

const answerChat: Answer = (response, body) => {
  if (body.stream) {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write('data: {"choices":[{"index":0,"delta":{"content":"Hello"}}]}\n\n');
    response.end('data: [DONE]\n\n');
    return;
  }
  const isPicture = Array.isArray(body.messages[0].content);
  const tool_calls = body.tools && [{ function: { name: body.tools[0].function.name, arguments: '{}' } }];
  json(response, {
    choices: [{ message: { content: isPicture ? 'Red.' : 'Hello', tool_calls } }],
    usage: USAGE,
  });
};

/** All events of a try. */
async function probe(pasted: string, more: object = {}, whileTrying?: () => Promise<void>): Promise<Loose[]> {
  const answering = api.ask(zaphod, 'POST', '/operator/connect/probe', { pasted, ...more });
  await whileTrying?.();
  const { status, text } = await answering;
  expect(status).toBe(200);
  return [...text.matchAll(/^event: probe\ndata: (.*)$/gm)].map(([, data = '']) => JSON.parse(data));
}

const curl = () =>
  `curl ${baseUrl}/chat/completions -H "Authorization: Bearer ${KEY}" -d '{"model":"grok-beta"}'`;

/** What each try came to. */
const outcomes = (events: readonly Loose[]) =>
  events.filter(({ kind }) => kind === 'tried').map(({ what, outcome }) => `${what} ${outcome}`);
const lastOf = (events: readonly Loose[]) => events.at(-1);

describe('an upstream that answers', () => {
  test('is found, listed, tried in four ways, and proposed as it is', async () => {
    const events = await probe(curl());
    expect(events[0]).toMatchObject({ kind: 'found', baseUrl, shownKey: 'xai-…Qd3k', isNear: true });
    expect(events.find(({ kind }) => kind === 'models')).toMatchObject({ count: 3, failed: null });
    expect(outcomes(events)).toEqual(['chat works', 'stream works', 'tools works', 'images works']);
    expect(lastOf(events)).toMatchObject({
      answers: true,
      proposal: {
        routes: [
          { model: 'grok-beta', upstreamModel: 'grok-beta', isSame: true },
          { model: 'grok-vision-beta', upstreamModel: 'grok-vision-beta', isSame: true },
        ],
        // What embeds does not chat.
        additions: [],
        inputModalities: ['text', 'image'],
      },
    });
    expect(asked.every(({ key }) => key === `Bearer ${KEY}`)).toBeTrue();
    expect(asked.find(({ body }) => body?.model === 'grok-beta')?.body.max_tokens).toBe(1);
  });

  test('of other names is proposed under ours, and its own models beside them', async () => {
    answers.models = listModels('qwen3:4b', 'llama3.2:3b');
    answers.chat = (response, body, request) =>
      Array.isArray(body.messages[0].content)
        ? json(response, { error: { message: 'this model takes no pictures' } }, 400)
        : answerChat(response, body, request);
    const { proposal } = lastOf(await probe(baseUrl));
    expect(proposal.routes).toEqual([{ model: 'grok-beta', upstreamModel: 'qwen3:4b', isSame: false }]);
    expect(proposal.additions.map(({ name }: Loose) => name)).toEqual(['qwen3:4b', 'llama3.2:3b']);
    expect([proposal.addsAll, proposal.inputModalities]).toEqual([true, ['text']]);
  });

  test('says its prices and contexts in its list', async () => {
    const pricing = { prompt: '0.0000025', completion: '0.00001000000000001' };
    answers.models = (response) => json(response, { data: [{ id: 'gpt', context_length: 8_192, pricing }] });
    const events = await probe(baseUrl);
    expect(lastOf(events).proposal.additions).toEqual([
      // What is finer than a tick is rounded up.
      {
        name: 'gpt',
        contextTokens: 8_192,
        prices: { inputTicksPerToken: '25000', outputTicksPerToken: '100001' },
      },
    ]);
    expect(events.find(({ what, outcome }) => what === 'chat' && outcome)?.costTicks).toBe('300001');
  });

  test('has no list, but the model is named', async () => {
    answers.models = (response) => json(response, { detail: 'Not Found' }, 404);
    expect(outcomes(await probe(baseUrl, { model: 'sonar' }))).toContain('chat works');
    expect(lastOf(await probe(baseUrl))).toMatchObject({ answers: false, proposal: null });
  });

  test('cannot end after one token, so it gets room', async () => {
    answers.chat = (response, body, request) =>
      body.max_tokens < 16
        ? json(response, { error: { message: 'Could not finish: max_tokens was reached' } }, 400)
        : answerChat(response, body, request);
    expect(outcomes(await probe(baseUrl))[0]).toBe('chat works');
  });

  test('takes tools and pictures without understanding them: unsure', async () => {
    answers.chat = (response, body, request) =>
      answerChat(response, { ...body, tools: undefined, messages: [{ content: 'x' }] }, request);
    const events = await probe(baseUrl);
    expect(outcomes(events)).toEqual(['chat works', 'stream works', 'tools unsure', 'images unsure']);
    expect(lastOf(events).proposal.inputModalities).toEqual(['text']);
  });
});

describe('an upstream that is not friendly', () => {
  const faultOf = (events: readonly Loose[]) =>
    events.map(({ failed }) => failed?.fault).find((fault) => fault !== undefined);

  test('repeats the key in its refusal: nobody reads it', async () => {
    answers.models = (response) =>
      json(response, { code: 'invalid', error: `Incorrect API key ${KEY}, or ${KEY.slice(0, 14)}***` }, 400);
    const events = await probe(curl());
    expect(faultOf(events)).toBe('key-refused');
    expect(JSON.stringify(events)).not.toContain(KEY.slice(0, 12));
    expect(lastOf(events).answers).toBeFalse();
    // The key is refused, so it is not tried again and again.
    expect(asked).toHaveLength(1);
  });

  test('redirects: the key does not follow', async () => {
    const elsewhere = `${baseUrl.replace('/v1', '')}/elsewhere`;
    answers.models = (response) => response.writeHead(302, { location: elsewhere }).end();
    expect(faultOf(await probe(curl()))).toBe('redirected');
    expect(asked.map(({ path }) => path)).toEqual(['/v1/models']);
  });

  test('never ends its list', async () => {
    answers.models = (response) => {
      response.writeHead(200);
      const piece = Buffer.alloc(65_536, 'x');
      const pour = () => {
        while (!response.destroyed && response.write(piece));
      };
      response.on('drain', pour).on('error', () => {});
      pour();
    };
    expect(faultOf(await probe(baseUrl))).toBe('too-large');
  });

  test.each([
    ['never answers', () => {}],
    ['never ends its head’s body', (response: ServerResponse) => void response.writeHead(200).write('{')],
  ])('%s: the deadline ends it', async (_, answer) => {
    answers.models = answer;
    const events = await probe(baseUrl, {}, async () => {
      while (asked.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
      await api.clock.advance(15_000);
    });
    expect(faultOf(events)).toBe('timed-out');
  });

  test.each([
    [
      'is a web page',
      (response: ServerResponse) => void response.writeHead(200).end('<html>Welcome</html>'),
      'not-an-api',
    ],
    ['lists something else', (response: ServerResponse) => json(response, { data: 'no' }), 'not-an-api'],
    ['lists nothing', (response: ServerResponse) => json(response, { data: [] }), 'no-models'],
    ['hangs up', (response: ServerResponse) => void response.socket?.destroy(), 'unreachable'],
    [
      'is out of credit',
      (response: ServerResponse) => json(response, { error: { message: 'insufficient_quota' } }, 429),
      'no-credit',
    ],
    ['is in trouble', (response: ServerResponse) => json(response, {}, 503), 'server-error'],
  ])('%s', async (_, answer, fault) => {
    answers.models = answer;
    expect(faultOf(await probe(baseUrl))).toBe(fault);
  });

  test('lists names that are none: they are left out', async () => {
    answers.models = (response) =>
      json(response, {
        data: [
          { id: 'a\nb' },
          { id: 7 },
          null,
          'x',
          { id: '' },
          { id: 'x'.repeat(300) },
          { id: '__proto__' },
          { id: 'ok' },
        ],
      });
    const { names } = (await probe(baseUrl)).find(({ kind }) => kind === 'models');
    expect(names).toEqual(['__proto__', 'ok']);
  });

  test.each([
    ['a stream that is none', 'stream', (response: ServerResponse) => json(response, { choices: [] })],
    [
      '200 with an error in it',
      'chat',
      (response: ServerResponse) => json(response, { base_resp: { status_code: 1004, status_msg: 'no' } }),
    ],
  ])('%s', async (_, what, lie) => {
    answers.chat = (response, body, request) =>
      what === 'chat' || body.stream ? lie(response) : answerChat(response, body, request);
    const tried = (await probe(baseUrl)).find((event) => event.kind === 'tried' && event.what === what);
    expect(tried).toMatchObject({ outcome: 'fails', failed: { fault: 'not-an-api', httpStatus: 200 } });
  });

  test('is not there', async () => {
    server.close();
    expect(faultOf(await probe('http://127.0.0.1:9/v1'))).toBe('unreachable');
  });
});

test('what cannot be understood is said, and nobody is called', async () => {
  const [unclear] = await probe(`sk-${'a1'.repeat(20)}`);
  expect(unclear).toMatchObject({ kind: 'unclear', why: 'which-provider' });
  expect(unclear.candidates.map(({ id }: Loose) => id)).toContain('deepseek');
});

describe('connecting', () => {
  const connection = () => ({
    ...{ pasted: curl(), name: 'deep thought', inputModalities: ['text'] },
    routes: [{ model: 'grok-beta', upstreamModel: 'grok-2' }],
    additions: [
      { name: 'qwen3:4b', contextTokens: 8_192, inputTicksPerToken: '0', outputTicksPerToken: '7' },
      { name: 'grok-2-latest', contextTokens: 8_192, inputTicksPerToken: '1', outputTicksPerToken: '1' },
    ],
  });

  test('makes a channel with its key sealed, and models with the prices that were said', async () => {
    const made = await api.ask(zaphod, 'POST', '/operator/connect', connection());
    expect(made.status).toBe(201);
    // A name that is an alias already stays what it is, and that is said.
    expect(made.body.notAdded).toMatchObject([{ model: 'grok-2-latest' }]);
    const [channel] = await api.ports.channels.list();
    expect(channel).toMatchObject({ baseUrl, sealedKey: `sealed(${KEY.length})` });
    expect(channel?.models).toMatchObject({ 'grok-beta': 'grok-2', 'qwen3:4b': 'qwen3:4b' });
    const added = (await api.ports.catalogue.list()).find(({ id }) => id === 'qwen3:4b');
    expect(added?.prices[0]).toMatchObject({ inputTicksPerToken: 0n, outputTicksPerToken: 7n });
  });

  test('is written down without what was pasted', async () => {
    await api.ask(zaphod, 'POST', '/operator/connect', connection());
    const { text } = await api.ask(zaphod, 'GET', '/operator/activity?limit=5');
    expect(text).toContain('channel.create');
    expect(text).not.toContain(KEY.slice(0, 12));
  });

  test('needs a price for what is new', async () => {
    const additions = [{ name: 'qwen3:4b', contextTokens: 8_192 }];
    const refused = await api.ask(zaphod, 'POST', '/operator/connect', { ...connection(), additions });
    expect([refused.status, await api.ports.channels.list()]).toEqual([400, []]);
  });

  test('needs something to answer', async () => {
    const nothing = { ...connection(), routes: [], additions: [] };
    const refused = await api.ask(zaphod, 'POST', '/operator/connect', nothing);
    expect(refused.body.error.code).toBe('channel-needs-models');
  });
});

test('servers on this machine are found by their ports and named by themselves', async () => {
  answers.models = (response) => json(response, { data: [{ id: 'qwen3:4b', owned_by: 'library' }] });
  const port = Number(new URL(baseUrl).port);
  const usual = [
    { label: 'vLLM', port },
    { label: 'SGLang', port: 9 },
  ];
  const found = await findNearby({ clock: api.clock, dial }, new AbortController().signal, usual);
  expect(found).toEqual([{ label: 'Ollama', baseUrl, models: ['qwen3:4b'] }]);
  expect(asked).toMatchObject([{ path: '/v1/models', key: undefined }]);
});
