import { afterAll, beforeAll, expect, test } from 'bun:test';
import { Browser } from '../fakes/browser.ts';
import { type RunningServer, startServer, stopServer } from '../fakes/running-server.ts';

/** The API of the pages on the shipped server: it is there, closed to strangers, and apart from the gateway's. */

const EMAIL = 'zaphod@example.com';
const PASSWORD = 'heart of gold';

let server: RunningServer;
beforeAll(async () => {
  server = await startServer({ TURNPIKE_ADMIN_EMAIL: EMAIL, TURNPIKE_ADMIN_PASSWORD: PASSWORD });
});
afterAll(() => stopServer(server));

test('it describes itself, and answers nobody without a session, in their language', async () => {
  const document = (await (await server.fetch('/api/v1/openapi.json')).json()) as { paths: object };
  expect(Object.keys(document.paths)).toContain('/teams/{teamId}/home');
  const headers = { 'accept-language': 'zh-CN', authorization: `Bearer ${server.key}` };
  const answer = await server.fetch('/api/v1/me', { headers });
  expect(answer.status).toBe(401);
  expect(await answer.json()).toMatchObject({
    error: { code: 'not-signed-in', message: expect.stringContaining('登录') },
  });
  expect(answer.headers.get('access-control-allow-origin')).toBeNull();
});

test('no key opens it, and no page of another site reaches it', async () => {
  const write = await server.post('/api/v1/operator/notices', {}, { origin: 'https://evil.example' });
  expect(write.status).toBe(403);
  const preflight = await server.fetch('/api/v1/me', {
    method: 'OPTIONS',
    headers: { origin: 'https://evil.example', 'access-control-request-method': 'PATCH' },
  });
  expect(preflight.headers.get('access-control-allow-origin')).toBeNull();
});

test('the gateway’s own addresses are as they were', async () => {
  expect((await server.fetch('/models', { headers: { authorization: `Bearer ${server.key}` } })).status).toBe(
    200,
  );
  expect((await server.fetch('/v1/nothing')).status).toBe(404);
});

test('a profile that is changed over and over while its credit is spent changes nothing of it', async () => {
  const browser = new Browser(server.url);
  await browser.post('/api/auth/sign-in/email', { email: EMAIL, password: PASSWORD });
  const { teams } = (await (await browser.get('/api/v1/me')).json()) as { teams: [{ id: string }] };
  const home = async () => (await browser.get(`/api/v1/teams/${teams[0].id}/home`)).json();
  const before = BigInt(((await home()) as Home).balance.availableTicks);
  const call = async (round: number) => {
    const body = { model: 'grok-beta', messages: [{ role: 'user', content: `${round}` }] };
    const { usage } = (await (await server.post('/v1/chat/completions', body)).json()) as Answer;
    return BigInt(usage?.cost_in_usd_ticks ?? 0);
  };
  const rounds = Array.from({ length: 30 }, (_, round) => round);
  const [costs] = await Promise.all([
    Promise.all(rounds.slice(0, 3).map(call)),
    Promise.all(rounds.map((round) => browser.send('PATCH', '/api/v1/me', { name: `Zaphod ${round}` }))),
  ]);
  const spent = costs.reduce((sum, cost) => sum + cost, 0n);
  expect(spent).toBeGreaterThan(0n);
  expect(BigInt(((await home()) as Home).balance.availableTicks)).toBe(before - spent);
  expect(await server.turnpike('audit')).toMatchObject({ findings: [] });
});

interface Home {
  readonly balance: { readonly availableTicks: string };
}

interface Answer {
  readonly usage?: { readonly cost_in_usd_ticks: number };
}
