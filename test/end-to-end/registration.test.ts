import { afterAll, beforeAll, expect, test } from 'bun:test';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Browser } from '../fakes/browser.ts';
import { type RunningServer, startServer, stopServer } from '../fakes/running-server.ts';
import { readLetter, type SmtpServer, startSmtpServer } from '../fakes/smtp-server.ts';

/** How people get an account on the shipped server: by an invitation, or by a letter where registration is open. */

const OPERATOR = { email: 'zaphod@example.com', password: 'heart of gold' };
const PASSWORD = 'so long and thanks';
const CREDIT = '250000000000';

let smtp: SmtpServer;
let server: RunningServer;
let operator: Browser;
const tokens: string[] = [];

// biome-ignore lint/suspicious/noExplicitAny: answers of every shape are looked into.
type Loose = any;

beforeAll(async () => {
  smtp = await startSmtpServer();
  server = await startServer({
    TURNPIKE_ADMIN_EMAIL: OPERATOR.email,
    TURNPIKE_ADMIN_PASSWORD: OPERATOR.password,
    TURNPIKE_SMTP_URL: `smtp://127.0.0.1:${smtp.port}`,
    TURNPIKE_MAIL_FROM: 'turnpike@example.com',
    TURNPIKE_DAILY_FREE_CREDIT: '50',
  });
  operator = new Browser(server.url);
  await operator.post('/api/auth/sign-in/email', OPERATOR);
});
afterAll(async () => {
  await stopServer(server);
  await smtp.close();
});

const set = (name: string, value: string) => send('PATCH', `/api/v1/operator/settings/${name}`, { value });

async function send(method: string, path: string, body?: unknown): Promise<Response> {
  return fetch(server.url + path, {
    method,
    headers: { 'content-type': 'application/json', cookie: operator.cookie, origin: server.url },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}

async function invite(body: unknown = {}): Promise<Loose> {
  const response = await operator.post('/api/v1/operator/invitations', body);
  const made: Loose = await response.json();
  if (made.token !== undefined) tokens.push(made.token);
  return { status: response.status, ...made };
}

async function signUp(browser: Browser, token: string, email?: string, more: object = {}): Promise<Loose> {
  const person = { token, name: 'Arthur', password: PASSWORD, ...(email && { email }), ...more };
  const response = await browser.post('/api/v1/sign-up', person);
  return { status: response.status, ...((await response.json()) as object) };
}

async function creditOf(browser: Browser): Promise<Loose> {
  const me: Loose = await (await browser.get('/api/v1/me')).json();
  return (await browser.get(`/api/v1/teams/${me.teams[0].id}/credit`)).json();
}

const stateWith = async (token?: string): Promise<Loose> =>
  (
    await server.fetch('/api/v1/sign-up', token ? { headers: { 'x-turnpike-invitation-token': token } } : {})
  ).json();

test('it is closed until somebody opens it, and the environment is not overruled', async () => {
  expect(await stateWith()).toMatchObject({ registration: 'closed', invitation: null });
  expect((await invite()).status).toBe(422);
  expect((await set('registration', 'invite-only')).status).toBe(200);
  expect((await set('daily-free-credit', '1')).status).toBe(422);
  const state: Loose = await (await operator.get('/api/v1/operator/registration')).json();
  expect(state).toMatchObject({
    ...{ mode: 'invite-only', mostPerDayTicks: '500000000000', givenTodayTicks: '0', hasMail: true },
    fixed: [{ setting: 'daily-free-credit', environmentName: 'TURNPIKE_DAILY_FREE_CREDIT' }],
  });
});

test('an invitation makes one person, signed in, with a team, the credit, and no rights here', async () => {
  const { token } = await invite();
  expect((await stateWith(token)).invitation).toMatchObject({ email: null, team: null });
  const browsers = Array.from({ length: 6 }, () => new Browser(server.url));
  const answers = await Promise.all(
    browsers.map((browser, at) => signUp(browser, token, `arthur${at}@example.com`)),
  );
  const won = answers.findIndex(({ status }) => status === 200);
  expect(answers.filter((_, at) => at !== won).every(({ status }) => status === 409)).toBeTrue();
  const email = `arthur${won}@example.com`;
  expect(answers[won]).toMatchObject({ email, creditTicks: CREDIT, isSignedIn: true });
  const browser = browsers[won] as Browser;
  const me: Loose = await (await browser.get('/api/v1/me')).json();
  expect(me).toMatchObject({ email, role: 'user', isOperator: false });
  expect((await browser.get('/api/v1/operator/registration')).status).toBe(404);
  const home: Loose = await (await browser.get(`/api/v1/teams/${me.teams[0].id}/home`)).json();
  expect(home.balance.availableTicks).toBe(CREDIT);
  expect((await stateWith(token)).invitation).toBeNull();
  const { rows }: Loose = await (await operator.get('/api/v1/operator/invitations')).json();
  expect(rows[0]).toMatchObject({ state: 'used', usedBy: { email } });
  const activity: Loose = await (await operator.get('/api/v1/operator/activity')).json();
  expect(activity.rows.find(({ action }: Loose) => action === 'person.sign-up')).toMatchObject({
    ...{ subject: email, actor: { userId: me.id } },
  });
});

test('nothing of another site, no rights of one’s own choice, and no link that was taken back', async () => {
  const { token, id } = await invite();
  const foreign = await new Browser(server.url).post(
    '/api/v1/sign-up',
    { token, name: 'E', email: 'evil@example.com', password: PASSWORD },
    { origin: 'https://evil.example' },
  );
  expect(foreign.status).toBe(403);
  const stranger = new Browser(server.url);
  expect((await signUp(stranger, token, 'a@example.com', { role: 'owner' })).status).toBe(400);
  expect((await signUp(stranger, token, 'a@example.com', { password: 'short' })).status).toBe(422);
  expect((await signUp(stranger, token, OPERATOR.email)).status).toBe(409);
  expect((await send('DELETE', `/api/v1/operator/invitations/${id}`)).status).toBe(200);
  expect((await signUp(stranger, token, 'a@example.com')).status).toBe(409);
  expect((await stranger.get('/api/v1/me')).status).toBe(401);
});

test('where it is open, the letter is the way in; the page says the same of everybody', async () => {
  expect((await set('registration', 'open')).status).toBe(200);
  const stranger = new Browser(server.url);
  const ask = async (email: string) => {
    const answer = await stranger.post('/api/v1/sign-up/request', { email });
    return [answer.status, await answer.text()];
  };
  const [unknown, known] = [await ask('ford@example.com'), await ask(OPERATOR.email)];
  expect(unknown).toEqual([200, '{"done":true}']);
  expect(known).toEqual(unknown);
  const letters = [await smtp.next(), await smtp.next()];
  const textTo = (email: string) =>
    letters
      .filter(({ to }) => to.includes(email))
      .map(({ raw }) => readLetter(raw).text)
      .join();
  const [toFord, toKnown] = [textTo('ford@example.com'), textTo(OPERATOR.email)];
  expect(toKnown).toContain('/sign-in');
  expect(toKnown).not.toContain('sign-up#token');
  const link = /http:\S+\/sign-up#token=([\w-]{43})/.exec(toFord);
  expect(link?.[0]).toStartWith(`${server.url}/`);
  const token = link?.[1] ?? '';
  tokens.push(token);
  expect((await stateWith(token)).invitation).toMatchObject({ email: 'ford@example.com' });
  const made = await signUp(stranger, token, undefined, { name: 'Ford' });
  // The day gives away two credits, and this is the second.
  expect(made).toMatchObject({ status: 200, email: 'ford@example.com', creditTicks: CREDIT });
  expect(await (await stranger.get('/api/v1/me')).json()).toMatchObject({ email: 'ford@example.com' });
  const third = await invite();
  const late = new Browser(server.url);
  expect(await signUp(late, third.token, 'third@example.com')).toMatchObject({
    ...{ status: 200, creditTicks: '0' },
  });
  expect(await creditOf(late)).toMatchObject({ withheld: { reason: 'day', askedTicks: CREDIT } });
  expect(await creditOf(stranger)).toMatchObject({ grantedTicks: CREDIT, withheld: null });
});

test('a mailbox is not filled from here', async () => {
  const statuses = [];
  // Whatever is written behind a plus arrives in the same one.
  for (const email of [
    'victim@example.com',
    'victim+1@example.com',
    'Victim@example.com',
    'victim+2@example.com',
  ])
    statuses.push((await new Browser(server.url).post('/api/v1/sign-up/request', { email })).status);
  expect(statuses).toEqual([200, 200, 200, 429]);
});

test('the command line does all of it, and says why when it does not', async () => {
  expect(
    await server.turnpike('registration', '--domain', 'example.org', '--mode', 'invite-only'),
  ).toMatchObject({
    ...{ registration: 'invite-only', domains: 'example.org', most_per_day_ticks: '500000000000' },
  });
  const { link, id } = (await server.turnpike('invitations', 'create')) as Record<string, string>;
  const token = link?.split('#token=')[1] ?? '';
  tokens.push(token);
  expect((await signUp(new Browser(server.url), token, 'a@example.com')).error?.code).toBe(
    'domain-not-allowed',
  );
  await server.turnpike('invitations', 'revoke', id ?? '');
  const byLetter: Loose = await server.turnpike(
    ...['invitations', 'create', '--email', 'marvin@example.com', '--letter', 'zh'],
  );
  expect(byLetter.letter).toBe('sent');
  let arrived = await smtp.next();
  while (!arrived.to.includes('marvin@example.com')) arrived = await smtp.next();
  expect(readLetter(arrived.raw).text).toContain(byLetter.link);
  tokens.push(byLetter.link.split('#token=')[1]);
  await server.turnpike('invitations', 'revoke', byLetter.id);
  const { invitations } = (await server.turnpike('invitations', 'list')) as Loose;
  expect(invitations[1]).toMatchObject({ id, state: 'ended' });
  const refused = await server.run('registration', '--daily-credit', '1');
  expect([refused.exitCode, refused.stderr]).toEqual([
    1,
    expect.stringContaining('TURNPIKE_DAILY_FREE_CREDIT'),
  ]);
});

test('no token is in a log, in the log of changes or in the data folder', async () => {
  const activity = await (await operator.get('/api/v1/operator/activity')).text();
  expect(tokens.length).toBeGreaterThan(4);
  for (const token of tokens) {
    expect(server.log() + activity).not.toContain(token);
    for (const name of readdirSync(server.dataDir, { recursive: true }) as string[])
      expect([name, readOrNothing(join(server.dataDir, name)).includes(token)]).toEqual([name, false]);
  }
  expect(server.log()).not.toContain(PASSWORD);
});

function readOrNothing(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}
