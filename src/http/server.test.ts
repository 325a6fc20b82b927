import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { ManualClock } from '../../test/fakes/manual-clock.ts';
import type { Route } from './route.ts';
import { type RunningServer, startServer } from './server.ts';

/** What every answer has in common, whatever path or method was asked for. */

const logged: unknown[] = [];
let requests = 0;
let server: RunningServer;

const API_ROUTES: readonly Route[] = [
  {
    method: 'POST',
    path: '/chat/completions',
    handle: (_, { dialect }) => Response.json({ dialect }),
  },
  {
    method: 'GET',
    path: '/models/:id',
    handle: (_, { parameters }) => Response.json({ id: parameters.id }),
  },
  {
    method: 'GET',
    path: '/broken',
    handle: () => {
      throw new TypeError('secret inside');
    },
  },
];

beforeAll(() => {
  const note = (event: string, facts?: unknown) => void logged.push({ event, facts });
  server = startServer({
    hostname: '127.0.0.1',
    port: 0,
    trustedProxies: [],
    apiRoutes: API_ROUTES,
    rootRoutes: [
      { method: 'GET', path: '/healthz', handle: () => Response.json({ status: 'alive' }) },
      { method: 'GET', path: '/chat/:chatId', handle: () => new Response('a page') },
    ],
    subtrees: [
      {
        prefix: '/api/v1/',
        handle: ({ method, url }) => Response.json({ method, path: new URL(url).pathname }),
      },
    ],
    clock: new ManualClock(),
    random: { bytes: (count) => new Uint8Array(count), uuid: () => `request-${++requests}` },
    log: { info: note, warn: note, error: note },
  });
});
afterAll(() => server.stop(true));

const ask = (path: string, init?: RequestInit) => fetch(server.url + path, init);
const post = (path: string) => ask(path, { method: 'POST', body: '{}' });

test('a page below /chat leaves /chat/completions to the gateway, whatever its method', async () => {
  expect(await (await ask('/chat/0197-a')).text()).toBe('a page');
  expect(await (await post('/chat/completions')).json()).toEqual({ dialect: 'xai' });
  expect((await ask('/chat/completions')).status).toBe(405);
  expect((await post('/chat/completions/')).status).toBe(404);
});

describe('every base of the API', () => {
  test.each([
    ['/v1/chat/completions', 'xai'],
    ['/chat/completions', 'xai'],
    ['/v1/v1/chat/completions', 'xai'],
    ['/openai/v1/chat/completions', 'openai'],
    ['/openai/chat/completions', 'openai'],
  ])('%s speaks %s', async (path, dialect) => {
    expect(await (await post(path)).json()).toEqual({ dialect });
  });
});

describe('a path parameter', () => {
  test.each([
    ['/v1/models/grok-beta', 'grok-beta'],
    ['/v1/models/x-ai%2Fgrok-beta', 'x-ai/grok-beta'],
    ['/v1/models/%E6%A8%A1%E5%9E%8B', '模型'],
    ['/v1/models/a?b=c', 'a'],
  ])('%s is %s', async (path, id) => {
    expect(await (await ask(path)).json()).toEqual({ id });
  });

  test('that is badly encoded is some other name and no error of ours', async () => {
    expect((await ask('/v1/models/%ZZ')).status).toBe(200);
  });
});

test.each(['GET', 'POST', 'PATCH', 'DELETE', 'OPTIONS'])(
  'a subtree answers %s of every path below it',
  async (method) => {
    const answer = await ask('/api/v1/teams/x', { method });
    expect(await answer.json()).toEqual({ method, path: '/api/v1/teams/x' });
    expect(answer.headers.get('x-request-id')).toStartWith('request-');
    expect((await ask('/api/v2/teams')).status).toBe(404);
  },
);

test('HEAD answers like GET, without a body', async () => {
  const response = await ask('/v1/models/x', { method: 'HEAD' });
  expect(response.status).toBe(200);
  expect(await response.text()).toBe('');
});

describe('a method that a path does not have', () => {
  test.each(['GET', 'PUT', 'PATCH', 'DELETE'])('%s: 405, and which one there is', async (method) => {
    const response = await ask('/v1/chat/completions', { method });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('POST');
    expect(await response.json()).toMatchObject({ error: expect.stringContaining('POST only') });
  });

  test("in OpenAI's shape below /openai", async () => {
    expect(await (await ask('/openai/v1/chat/completions')).json()).toMatchObject({
      error: { code: 'method_not_allowed' },
    });
  });
});

describe('an unknown path', () => {
  test.each([
    ['/v1/openai/chat/completions', 'POST /v1/chat/completions'],
    ['/v1/chat/completions/', 'POST /v1/chat/completions'],
    ['/openai/v2/chat/completions', 'POST /openai/v1/chat/completions'],
  ])('%s: 404, and where it is', async (path, meant) => {
    const response = await post(path);
    expect(response.status).toBe(404);
    expect(await response.text()).toContain(meant);
  });

  test('that is like nothing here', async () => {
    const response = await ask('/wp-login.php');
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ code: 'not-found' });
  });
});

describe('a preflight', () => {
  test.each(['/v1/chat/completions', '/openai/v1/models/x', '/v1/nothing'])(
    'of %s is let through',
    async (path) => {
      const headers = { origin: 'https://page.test', 'access-control-request-headers': 'authorization' };
      const response = await ask(path, { method: 'OPTIONS', headers });
      expect(response.status).toBe(204);
      expect(response.headers.get('access-control-allow-headers')).toBe('authorization');
    },
  );
});

test('every answer names its request, each another one', async () => {
  const answers = await Promise.all([
    ask('/v1/models/x'),
    ask('/healthz'),
    ask('/v1/chat/completions'),
    ask('/nothing'),
    ask('/v1/broken'),
  ]);
  const ids = answers.map(({ headers }) => headers.get('x-request-id'));
  expect(ids.every((id) => id?.startsWith('request-'))).toBe(true);
  expect(new Set(ids).size).toBe(ids.length);
});

test('failures may be read by pages of any origin', async () => {
  for (const response of [
    await ask('/v1/chat/completions'),
    await ask('/nothing'),
    await ask('/v1/broken'),
  ]) {
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
  }
});

test('a broken assertion is reported, and its inside stays inside', async () => {
  const response = await ask('/v1/broken');
  expect(response.status).toBe(500);
  const text = await response.text();
  expect(text).not.toContain('secret inside');
  expect(text).toContain(response.headers.get('x-request-id') ?? 'no id');
  expect(logged).toContainEqual({
    event: 'assertion-broken',
    facts: {
      request: response.headers.get('x-request-id'),
      error: expect.stringMatching(/^TypeError: secret inside at .*server\.test\.ts/),
    },
  });
});

test('a body that nobody reads does not disturb the next call on its connection', async () => {
  const body = 'x'.repeat(5_000_000);
  for (let call = 0; call < 3; call += 1) {
    expect((await ask('/v1/models/x', { method: 'POST', body })).status).toBe(405);
    expect((await post('/v1/chat/completions')).status).toBe(200);
  }
});

test('the address of an IPv6 host is written with brackets', async () => {
  const here = startServer({
    hostname: '::1',
    port: 0,
    trustedProxies: [],
    apiRoutes: [],
    rootRoutes: [],
    clock: new ManualClock(),
    random: { bytes: (count) => new Uint8Array(count), uuid: () => 'r' },
    log: { info() {}, warn() {}, error() {} },
  });
  expect(here.url).toMatch(/^http:\/\/\[::1\]:\d+$/);
  expect((await fetch(here.url)).status).toBe(404);
  await here.stop(true);
});
