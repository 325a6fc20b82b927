import { afterAll, beforeAll, expect, test } from 'bun:test';
import { Browser } from '../fakes/browser.ts';
import { type RunningServer, startServer, stopServer } from '../fakes/running-server.ts';

/** The owner of the shipped server signs in with the password of the environment. */

const EMAIL = 'zaphod@example.com';
const PASSWORD = 'heart of gold';

let server: RunningServer;
beforeAll(async () => {
  server = await startServer({
    TURNPIKE_ADMIN_EMAIL: EMAIL,
    TURNPIKE_ADMIN_PASSWORD: PASSWORD,
    TURNPIKE_PUBLIC_URL: 'https://llm.example.com',
  });
});
afterAll(() => stopServer(server));

test('the owner signs in, is known to the API of the pages, and signs out', async () => {
  const browser = new Browser(server.url);
  expect((await browser.get('/api/v1/me')).status).toBe(401);
  const answer = await browser.post('/api/auth/sign-in/email', { email: EMAIL, password: PASSWORD });
  expect(answer.status).toBe(200);
  // People come by https, whatever is spoken between the proxy and here.
  const cookie = browser.setCookies.get('__Host-turnpike.session_token');
  expect(cookie).toMatch(/; Secure/i);
  expect(cookie).toMatch(/; Path=\/(;|$)/i);
  expect(cookie).not.toMatch(/domain=/i);
  const me = await browser.get('/api/v1/me');
  expect(me.status).toBe(200);
  expect(await me.text()).toContain(EMAIL);
  expect((await browser.get('/api/v1/operator/overview')).status).toBe(200);
  await browser.post('/api/auth/sign-out');
  expect((await browser.get('/api/v1/me')).status).toBe(401);
  expect(server.log() + server.output()).not.toContain(PASSWORD);
});

test('a stranger cannot make themselves an account', async () => {
  const body = { email: 'ford@example.com', name: 'Ford', password: PASSWORD };
  const answer = await new Browser(server.url).post('/api/auth/sign-up/email', body);
  expect(answer.status).toBe(400);
  expect(JSON.stringify(await server.turnpike('users', 'list'))).not.toContain('ford@');
});

test('the operator gives a new password: the old one and the sessions are over', async () => {
  const browser = new Browser(server.url);
  await browser.post('/api/auth/sign-in/email', { email: EMAIL, password: PASSWORD });
  const { password } = (await server.turnpike('users', 'password', EMAIL)) as { password: string };
  expect((await browser.get('/api/v1/me')).status).toBe(401);
  const old = await browser.post('/api/auth/sign-in/email', { email: EMAIL, password: PASSWORD });
  expect(old.status).toBe(401);
  expect((await browser.post('/api/auth/sign-in/email', { email: EMAIL, password })).status).toBe(200);
  expect(await server.turnpike('users', 'sign-out', EMAIL)).toMatchObject({ sessions: 1 });
  expect((await browser.get('/api/v1/me')).status).toBe(401);
  expect(server.log()).not.toContain(password);
});
