import { describe, expect, test } from 'bun:test';
import type { PresentedKey } from '../../src/gateway/gateway.ts';
import { findKey, identifyCaller } from '../../src/gateway/identify-caller.ts';
import { answerChat } from '../../src/gateway/pipeline.ts';
import { tokenizeText } from '../../src/gateway/tokenize-text.ts';
import { BodyReader } from '../../src/http/read-body.ts';
import type { Route } from '../../src/http/route.ts';
import { apiKeyRoute } from '../../src/http/v1/api-key.ts';
import { chatCompletionsRoute } from '../../src/http/v1/chat-completions.ts';
import { modelRoutes } from '../../src/http/v1/models.ts';
import { tokenizeTextRoute } from '../../src/http/v1/tokenize-text.ts';
import { settled } from '../fakes/manual-clock.ts';
import { event, HELLO, openTestGateway, TEST_KEY, testModel } from '../fakes/test-gateway.ts';

/** The routes of the API over the real gateway. */

type World = Awaited<ReturnType<typeof openTestGateway>>;

function call(route: Route | undefined, { key = TEST_KEY, body, path = {} }: CallOptions = {}) {
  if (route === undefined) throw new Error('no such route');
  const request = new Request('http://x/', {
    method: route.method,
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  return route.handle(request, {
    requestId: crypto.randomUUID(),
    dialect: 'xai',
    arrivedMs: 0,
    parameters: path,
    clientAddress: () => undefined,
    mayTakeLong: () => {},
  });
}

interface CallOptions {
  readonly key?: string;
  readonly body?: unknown;
  readonly path?: Record<string, string>;
}

function routesOf(world: World) {
  const { gateway } = world;
  const identify = (presented: PresentedKey) => identifyCaller(gateway, presented);
  const bodies = new BodyReader(world.clock, { bodyBytes: 1_000, allBodiesBytes: 1_500, deadlineMs: 60_000 });
  const facts = { contextTokens: 131_072, simulated: false };
  return {
    chat: chatCompletionsRoute({ identify, answerChat: (request) => answerChat(gateway, request), bodies }),
    tokenize: tokenizeTextRoute({
      identify,
      tokenize: (presented, bodyText) => tokenizeText(gateway, presented, bodyText),
      bodies,
    }),
    apiKey: apiKeyRoute((presented) => findKey(gateway, presented)),
    models: modelRoutes({
      identify,
      models: () =>
        [testModel(), testModel({ id: 'other', aliases: [] })].map((model) => ({ model, ...facts })),
      findModel: (name) => (name === 'other' ? { model: testModel({ id: 'other' }), ...facts } : undefined),
      nowMs: world.clock.nowMs.bind(world.clock),
    }),
  };
}

describe('GET /v1/api-key', () => {
  test('a key that works', async () => {
    const world = await openTestGateway();
    const response = await call(routesOf(world).apiKey);
    expect(await response.json()).toMatchObject({
      redacted_api_key: 'xai-...aaaa',
      team_id: 'team-1',
      api_key_blocked: false,
      api_key_disabled: false,
      team_blocked: false,
    });
  });

  test('a key that is disabled or revoked is told so, and not refused', async () => {
    for (const [key, flag] of [
      [{ disabled: true }, 'api_key_disabled'],
      [{ revokedAtMs: 1 }, 'api_key_blocked'],
    ] as const) {
      const world = await openTestGateway({ key });
      const response = await call(routesOf(world).apiKey);
      expect(response.status).toBe(200);
      expect(await response.json()).toHaveProperty(flag, true);
    }
  });

  test('a wrong key is refused', async () => {
    const world = await openTestGateway();
    expect((await call(routesOf(world).apiKey, { key: `xai-${'z'.repeat(80)}` })).status).toBe(400);
  });
});

describe('the list of models', () => {
  test('is for keys that may use the endpoint, and of the models that they may use', async () => {
    const world = await openTestGateway({
      key: { acls: ['api-key:endpoint:models', 'api-key:model:other'] },
    });
    const [list, item] = routesOf(world).models;
    const { data } = await (await call(list)).json();
    expect(data.map(({ id }: { id: string }) => id)).toEqual(['other']);
    expect((await call(item, { path: { id: 'other' } })).status).toBe(200);
    expect((await call(item, { path: { id: 'grok-beta' } })).status).toBe(404);
  });

  test('a key for the chat alone is refused', async () => {
    const world = await openTestGateway({ key: { acls: ['api-key:endpoint:chat', 'api-key:model:*'] } });
    for (const route of routesOf(world).models) {
      expect((await call(route, { path: { id: 'other' } })).status).toBe(403);
    }
  });
});

describe('POST /v1/tokenize-text', () => {
  const tokens = [
    { id: 1, text: '道', bytes: [233, 129, 147] },
    { id: 2, text: '\ufffd', bytes: [240] },
  ];

  test("lists the tokens of the model's own tokeniser, whatever its file is called", async () => {
    const world = await openTestGateway();
    Object.assign(world.upstream, { tokenize: async () => tokens, upstreamModel: () => '模型-1b' });
    const response = await call(routesOf(world).tokenize, { body: { model: 'grok-beta', text: '道' } });
    expect(await response.json()).toEqual({
      token_ids: [
        { token_id: 1, string_token: '道', token_bytes: [233, 129, 147] },
        { token_id: 2, string_token: '\ufffd', token_bytes: [240] },
      ],
    });
    expect(response.headers.get('x-turnpike-tokeniser')).toBe('??-1b');
    expect(response.headers.has('x-turnpike-estimated')).toBe(false);
  });

  test('says so where another tokeniser had to stand in', async () => {
    const world = await openTestGateway();
    const response = await call(routesOf(world).tokenize, { body: { model: 'grok-beta', text: 'x' } });
    expect(response.headers.get('x-turnpike-estimated')).toBe('true');
    expect(response.headers.get('x-turnpike-tokeniser')).toBe('words');
  });

  test('is not for strangers, and gives the room of its bodies back', async () => {
    const world = await openTestGateway();
    const { tokenize } = routesOf(world);
    expect((await call(tokenize, { key: 'sk-1', body: 'x'.repeat(2_000) })).status).toBe(400);
    const body = { model: 'grok-beta', text: 'x'.repeat(900) };
    for (let turn = 0; turn < 5; turn += 1) expect((await call(tokenize, { body })).status).toBe(200);
  });
});

describe('a key that may not be used', () => {
  test.each([
    ['revoked', { revokedAtMs: 1 }],
    ['disabled', { disabled: true }],
    ['expired', { expiresAtMs: 1 }],
  ])('%s: 403 wherever something is asked for with it', async (why, key) => {
    const world = await openTestGateway({ key });
    const { chat, models } = routesOf(world);
    for (const response of [await call(chat, { body: HELLO }), await call(models[0])]) {
      expect(response.status).toBe(403);
      expect(await response.text()).toContain(why);
    }
    expect((await world.ask(HELLO)).status).toBe(403);
    expect(world.upstream.calls).toHaveLength(0);
  });
});

describe('POST /v1/chat/completions', () => {
  test('does not read the body of a stranger', async () => {
    const world = await openTestGateway();
    const { chat } = routesOf(world);
    const body = new ReadableStream(
      { pull: () => expect.unreachable('the body was read') },
      { highWaterMark: 0 },
    );
    const request = new Request('http://x/', {
      method: 'POST',
      body,
      headers: { authorization: 'Bearer sk-1' },
    });
    const context = {
      requestId: 'r',
      dialect: 'xai',
      arrivedMs: 0,
      parameters: {},
      clientAddress: () => undefined,
      mayTakeLong() {},
    } as const;
    expect((await chat.handle(request, context)).status).toBe(400);
  });

  test('keeps the room of a body until its stream is over', async () => {
    const world = await openTestGateway();
    const { chat } = routesOf(world);
    const body = { ...HELLO, stream: true, user: 'u'.repeat(800) };
    const asking = call(chat, { body });
    await settled();
    const upstream = world.upstream.calls[0];
    upstream?.respond(200);
    const response = await asking;
    expect(response.headers.get('access-control-allow-origin')).toBe('*');

    expect((await call(chat, { body })).status).toBe(503);
    upstream?.write(
      `${event({ content: 'x' }, { usage: { prompt_tokens: 1, completion_tokens: 1 } }, 'stop')}data: [DONE]\n\n`,
    );
    upstream?.end();
    await response.text();
    await settled();
    const next = call(chat, { body });
    await settled();
    expect(world.upstream.calls).toHaveLength(2);
    world.upstream.calls[1]?.fail(new Error('over'));
    await next;
  });
});
