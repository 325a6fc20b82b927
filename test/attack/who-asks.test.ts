import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { identifyCaller } from '../../src/gateway/identify-caller.ts';
import { KeyDirectory } from '../../src/storage/key-directory.ts';
import { type RunningServer, startServer, stopServer } from '../fakes/running-server.ts';
import { openTestGateway, TEST_KEY } from '../fakes/test-gateway.ts';

/** Whoever asks has the rights of one key, however it is carried, and of no other that looks like it. */

const HI = { model: 'grok-beta', messages: [{ role: 'user', content: 'hi' }], max_tokens: 10 };

describe('on the shipped server', () => {
  let server: RunningServer;
  let narrow: string;
  let stopped: string;
  beforeAll(async () => {
    server = await startServer({ TURNPIKE_LIMITS: 'off' });
    const create = async (...words: string[]) =>
      (await server.turnpike('keys', 'create', ...words)) as { key: string; id: string };
    narrow = (await create('narrow', '--model', 'grok-vision-beta')).key;
    const { key, id } = await create('stopped');
    await server.turnpike('keys', 'disable', id);
    stopped = key;
  });
  afterAll(() => stopServer(server));

  const CARRIERS: Record<string, (key: string) => Record<string, string>> = {
    'Authorization: Bearer': (key) => ({ authorization: `Bearer ${key}` }),
    'authorization: bearer, spelled small': (key) => ({ authorization: `bearer ${key}` }),
    'x-api-key': (key) => ({ 'x-api-key': key }),
    'x-api-key beside another scheme': (key) => ({ 'x-api-key': key, authorization: 'Basic YTpi' }),
  };
  const call = (headers: Record<string, string>, path = '/v1/chat/completions') =>
    fetch(server.url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(HI),
    });

  test.each(Object.keys(CARRIERS))('a key has the same rights in %s', async (name) => {
    const carry = CARRIERS[name] ?? (() => ({}));
    const statuses = [server.key, narrow, stopped, `xai-${'z'.repeat(80)}`].map(
      async (key) => (await call(carry(key))).status,
    );
    expect(await Promise.all(statuses)).toEqual([200, 404, 403, 400]);
  });

  test('a key in the query, in a cookie or in the body is none', async () => {
    for (const name of ['api_key', 'key', 'access_token', 'authorization', 'x-api-key']) {
      expect((await call({}, `/v1/chat/completions?${name}=${server.key}`)).status).toBe(401);
      expect((await call({ cookie: `${name}=${server.key}` })).status).toBe(401);
    }
    const inBody = await fetch(`${server.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...HI, api_key: server.key }),
    });
    expect(inBody.status).toBe(401);
  });

  test('what the query says of the inside changes nothing', async () => {
    const query = [
      ...['bypass_filter=true', 'bypass_limits=1', 'user_id=root', 'organization_id=root', 'role=owner'],
      ...['free=true', 'cost=0', 'model=grok-vision-beta', 'stream=true', 'debug=true', '__proto__[admin]=1'],
    ].join('&');
    const answer = await call({ authorization: `Bearer ${server.key}` }, `/v1/chat/completions?${query}`);
    expect(answer.headers.get('content-type')).toBe('application/json');
    const { model, usage } = (await answer.json()) as {
      model: string;
      usage: { cost_in_usd_ticks: number };
    };
    expect(model).toStartWith('grok-beta');
    expect(usage.cost_in_usd_ticks).toBeGreaterThan(0);
    const refused = await call({ authorization: `Bearer ${narrow}` }, `/v1/chat/completions?${query}`);
    expect(refused.status).toBe(404);
  });

  test('what a body says of rights or money changes nothing', async () => {
    const before = (await server.turnpike('keys', 'list')) as unknown;
    const rights = {
      ...{
        role: 'owner',
        isAdmin: true,
        is_admin: true,
        owner: 'me',
        organizationId: 'root',
        user_id: 'root',
      },
      ...{ balance: 1e12, credit: 1e12, cost_in_usd_ticks: 0, usage: { cost_in_usd_ticks: 0 }, acls: ['*'] },
    };
    const answer = await server.post('/v1/chat/completions', { ...HI, ...rights });
    expect(answer.status).toBe(200);
    const { usage } = (await answer.json()) as { usage: { cost_in_usd_ticks: number } };
    expect(usage.cost_in_usd_ticks).toBeGreaterThan(0);
    const withoutUse = (keys: unknown) => JSON.stringify(keys).replaceAll(/"last_used_at[^,}]*/g, '');
    expect(withoutUse(await server.turnpike('keys', 'list'))).toBe(withoutUse(before));
  });

  test('headers that claim to be somebody change nothing', async () => {
    const claims = {
      ...{ 'x-forwarded-for': '127.0.0.1', 'x-forwarded-host': 'evil.example', 'x-real-ip': '127.0.0.1' },
      ...{ 'x-user-id': 'root', 'x-organization': 'root', 'x-original-url': '/metrics', 'x-admin': 'true' },
      ...{ 'x-http-method-override': 'DELETE', forwarded: 'for=127.0.0.1;host=evil.example' },
    };
    expect((await call(claims)).status).toBe(401);
    const page = await (await fetch(server.url, { headers: claims })).text();
    expect(page).not.toContain('evil.example');
  });
});

describe('a key is looked up by the hash of all of it', () => {
  test('so keys that begin or end alike have nothing to do with each other', async () => {
    const world = await openTestGateway();
    const keys = new KeyDirectory(world.storage.keys);
    const identify = (credential: string) =>
      identifyCaller({ ...world.gateway, keys }, { credential, clientAddress: () => undefined });
    expect(await identify(TEST_KEY)).toMatchObject({ id: 'key-1' });
    const near = [
      `${TEST_KEY.slice(0, -1)}b`,
      `xai-b${TEST_KEY.slice(5)}`,
      `${TEST_KEY}a`,
      TEST_KEY.slice(0, -1),
      TEST_KEY.toUpperCase(),
      `${TEST_KEY} `,
      `${TEST_KEY}\u0000`,
    ];
    for (const credential of near) expect(await identify(credential)).toMatchObject({ kind: 'failure' });
  });

  test('so nothing is compared letter by letter: what is looked up says nothing of how near a guess was', async () => {
    const world = await openTestGateway();
    const looked: string[] = [];
    const find = (hash: string) => {
      looked.push(hash);
      return world.storage.keys.findByHash(hash);
    };
    const identify = (credential: string) =>
      identifyCaller(
        { ...world.gateway, keys: { ...world.gateway.keys, find } },
        { credential, clientAddress: () => undefined },
      );
    await identify(TEST_KEY);
    await identify(`${TEST_KEY.slice(0, -1)}b`);
    expect(looked.every((hash) => /^[0-9a-f]{64}$/.test(hash))).toBe(true);
    const shared = [...(looked[0] ?? '')].findIndex((digit, index) => digit !== looked[1]?.[index]);
    expect(shared).toBeLessThan(8);
  });
});
