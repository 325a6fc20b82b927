import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { type RunningServer, startServer, stopServer } from '../fakes/running-server.ts';

/** Keys as they are lived with: replaced, tied to networks, and bounded in what they spend. */

const HI = { model: 'grok-beta', messages: [{ role: 'user', content: 'hi' }] };

interface Key {
  readonly id: string;
  readonly key: string;
  readonly [fact: string]: unknown;
}

let server: RunningServer;
let behindProxy: RunningServer;
beforeAll(async () => {
  [server, behindProxy] = await Promise.all([
    startServer({ TURNPIKE_LIMITS: 'off' }),
    startServer({ TURNPIKE_LIMITS: 'off', TURNPIKE_TRUSTED_PROXIES: '127.0.0.0/8,::1' }),
  ]);
});
afterAll(async () => {
  await Promise.all([stopServer(server), stopServer(behindProxy)]);
});

function makeKey(on: RunningServer, ...words: string[]): Promise<Key> {
  return on.turnpike('keys', 'create', 'laptop', ...words) as Promise<Key>;
}

function ask(on: RunningServer, key: string, headers: Record<string, string> = {}, path = '/v1') {
  return on.post(`${path}/chat/completions`, HI, { authorization: `Bearer ${key}`, ...headers });
}

test('a rotated key: both work, the earlier one until its overlap ends', async () => {
  const earlier = await makeKey(server, '--rpm', '50');
  const later = (await server.turnpike('keys', 'rotate', earlier.id)) as Key;
  expect(later).toMatchObject({ name: 'laptop', follows_key_id: earlier.id, expires_at: null });
  expect(later.limits).toMatchObject({ requests_per_minute: 50 });
  const untilMs = Date.parse(String(later.earlier_expires_at));
  expect(untilMs - Date.parse(String(later.created_at))).toBe(86_400_000);
  expect((await ask(server, earlier.key)).status).toBe(200);
  expect((await ask(server, later.key)).status).toBe(200);

  await server.turnpike('keys', 'rotate', earlier.id, '--overlap', '0');
  const ended = await ask(server, earlier.key);
  expect(ended.status).toBe(403);
  expect((await ended.json()).error).toContain('has expired');
  expect((await ask(server, later.key)).status).toBe(200);

  const { keys } = (await server.turnpike('keys', 'list')) as { keys: Key[] };
  const listed = keys.find(({ id }) => id === later.id);
  expect(Date.parse(String(listed?.last_used_at))).toBeGreaterThanOrEqual(
    Date.parse(String(later.created_at)),
  );
  const said = await server.run('keys', 'rotate', later.id, '--overlap', '90m');
  expect(said.stdout).toMatch(
    /xai-\w{80}\n\nThis is the new key laptop\..*\nThe earlier one, xai-\.\.\.\w{4}, works until/,
  );
});

describe('a key that is tied to networks', () => {
  test('works from them and nowhere else, on every route and in both dialects', async () => {
    const { id, key } = await makeKey(server, '--allow-from', '127.0.0.0/8', '--allow-from', '::1/128');
    expect((await ask(server, key)).status).toBe(200);
    await server.turnpike('keys', 'set', id, '--allow-from', '10.0.0.0/8');
    for (const headers of [{}, { 'x-forwarded-for': '10.1.2.3' }]) {
      const refused = await ask(server, key, headers);
      expect(refused.status).toBe(403);
      const { code, error } = await refused.json();
      expect(code).toBe('permission-denied');
      expect(error).toContain('may not be used from your network address');
      expect(error).not.toContain('10.');
    }
    const openai = await ask(server, key, {}, '/openai/v1');
    expect(openai.status).toBe(403);
    expect(await openai.json()).toMatchObject({ error: { code: 'ip_not_authorized' } });
    for (const path of ['/v1/models', '/v1/api-key']) {
      const response = await server.fetch(path, { headers: { authorization: `Bearer ${key}` } });
      expect(response.status).toBe(403);
    }
    await server.turnpike('keys', 'set', id, '--allow-anywhere');
    expect((await ask(server, key)).status).toBe(200);
  });

  test('is told by a trusted proxy where its caller is, and by nobody further away', async () => {
    const { key } = await makeKey(behindProxy, '--allow-from', '10.0.0.0/8');
    const from = async (forwardedFor: string) =>
      (await ask(behindProxy, key, { 'x-forwarded-for': forwardedFor })).status;
    expect(await from('10.1.2.3')).toBe(200);
    expect(await from('198.51.100.7, 10.1.2.3, 127.0.0.2')).toBe(200);
    expect(await from('10.1.2.3, 198.51.100.7')).toBe(403);
    expect(await from('10.1.2.3, unknown')).toBe(403);
    expect((await ask(behindProxy, key)).status).toBe(403);
  });

  test('networks that are none are refused in words', async () => {
    const said = await server.run('keys', 'create', 'x', '--allow-from', '10.0.0.1/8');
    expect(said.exitCode).not.toBe(0);
    expect(said.stderr + said.stdout).toContain('no bits set beyond the prefix');
  });
});

test('a key that may spend $0.002 a day: capped, then refused and told when', async () => {
  const { id, key } = await makeKey(server, '--spend-per-day', '0.002');
  let answer = await ask(server, key);
  expect(answer.headers.get('x-turnpike-output-capped')).toBe('limit');
  let charged = 0;
  for (let calls = 0; answer.status === 200 && calls < 60; calls += 1) {
    charged += (await answer.json()).usage.cost_in_usd_ticks;
    answer = await ask(server, key);
  }
  expect(answer.status).toBe(429);
  expect(charged).toBeGreaterThan(0);
  expect(charged).toBeLessThanOrEqual(20_000_000);
  const { code, error } = await answer.json();
  expect(code).toBe('resource-exhausted');
  expect(error).toMatch(/\$0\.002 per UTC day.*A new day begins at \d{4}-\d\d-\d\dT00:00:00Z/);
  expect(error).not.toMatch(/credit|balance/i);
  const wait = Number(answer.headers.get('retry-after'));
  expect(wait).toBeGreaterThan(0);
  expect(wait).toBeLessThanOrEqual(3_600);

  await server.turnpike('keys', 'set', id, '--spend-per-day', 'none');
  expect((await ask(server, key)).status).toBe(200);
  expect(await server.turnpike('audit')).toMatchObject({ findings: [] });
});
