import { afterAll, beforeAll, expect, test } from 'bun:test';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Browser } from '../fakes/browser.ts';
import { type RunningServer, startServer, stopServer } from '../fakes/running-server.ts';

/** A new server that nothing was set for: its first person comes by the link that the terminal shows. */

const EMAIL = 'zaphod@example.com';
const PASSWORD = 'heart of gold';

let server: RunningServer;
/** The links that were shown, the newest last. */
const links: string[] = [];
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => stopServer(server));

// biome-ignore lint/suspicious/noExplicitAny: answers of every shape are looked into.
type Loose = any;

const tokenOf = (link: string | undefined) => new URL(link ?? 'x:').searchParams.get('token') ?? '';
const newest = () => tokenOf(links.at(-1));

async function stateWith(token?: string): Promise<Loose> {
  const headers = token === undefined ? {} : { 'x-turnpike-set-up-token': token };
  return await (await server.fetch('/api/v1/set-up', { headers })).json();
}

const person = (more: Record<string, string> = {}) => ({
  ...{ token: newest(), name: 'Zaphod', email: EMAIL, password: PASSWORD },
  ...more,
});

async function refused(body: unknown, headers: Record<string, string> = {}): Promise<[number, string]> {
  const answer = await new Browser(server.url).post('/api/v1/set-up', body, headers);
  return [answer.status, ((await answer.json()) as Loose).error.code];
}

test('the terminal shows the link, and pages say that somebody has to use it', async () => {
  const shown = /http:\S+\/set-up\?token=[\w-]{43}\b/.exec(server.output())?.[0] ?? '';
  expect(shown).toStartWith(`${server.url}/set-up?token=`);
  links.push(shown);
  expect(await stateWith()).toEqual({ isOpen: true, isTokenGood: false });
  expect(await stateWith(newest())).toEqual({ isOpen: true, isTokenGood: true });
  expect(await (await server.fetch('/?lang=en')).text()).toContain('Nobody can sign in yet');
  expect(await (await server.fetch('/?lang=zh')).text()).toContain('目前还没有人能登录');
});

test('the command line makes a new link, which ends the one before', async () => {
  const { link } = (await server.turnpike('set-up-link')) as { link: string };
  expect(link).toStartWith(`${server.url}/set-up?token=`);
  links.push(link);
  expect(await stateWith(tokenOf(links[0]))).toEqual({ isOpen: true, isTokenGood: false });
  expect(await refused(person({ token: tokenOf(links[0]) }))).toEqual([409, 'set-up-link-over']);
});

test('what cannot be used does not use the link up', async () => {
  expect(await refused(person({ token: 'x'.repeat(43) }))).toEqual([409, 'set-up-link-over']);
  expect(await refused(person({ email: 'owner@localhost' }))).toEqual([400, 'bad-field']);
  expect(await refused(person({ password: 'short' }))).toEqual([422, 'weak-password']);
  expect(await refused(person({ password: 'password123' }))).toEqual([422, 'weak-password']);
  expect(await refused(person({ role: 'owner' }))).toEqual([400, 'unknown-field']);
  const foreign = { origin: 'https://evil.example' };
  expect(await refused(person(), foreign)).toEqual([403, 'foreign-origin']);
  expect(await stateWith(newest())).toEqual({ isOpen: true, isTokenGood: true });
});

test('of ten who come with the link at once, one is the owner, signed in, with the team that was there', async () => {
  const browsers = Array.from({ length: 10 }, () => new Browser(server.url));
  const answers = await Promise.all(
    browsers.map((browser, at) =>
      browser.post('/api/v1/set-up', person({ email: `zaphod-${at}@example.com`, name: `Zaphod ${at}` })),
    ),
  );
  const won = answers.findIndex(({ status }) => status === 200);
  const email = `zaphod-${won}@example.com`;
  const others = answers.filter((_, at) => at !== won).map(({ status }) => status);
  expect(new Set(others)).toEqual(new Set([409]));
  expect(await answers[won]?.json()).toEqual({ email, isSignedIn: true });

  const browser = browsers[won] as Browser;
  const me: Loose = await (await browser.get('/api/v1/me')).json();
  expect(me).toMatchObject({ email, name: `Zaphod ${won}`, role: 'owner', isOperator: true });
  expect(me.teams).toMatchObject([{ name: `Zaphod ${won}`, role: 'owner', personal: true }]);
  const teamPath = `/api/v1/teams/${me.teams[0].id}`;
  const home: Loose = await (await browser.get(`${teamPath}/home`)).json();
  expect(home.balance.availableTicks).toBe('250000000000');
  const keys: Loose = await (await browser.get(`${teamPath}/keys`)).json();
  expect(keys.rows).toHaveLength(1);
  const { rows }: Loose = await (await browser.get('/api/v1/operator/activity')).json();
  const entry = rows.find(({ action }: Loose) => action === 'installation.set-up');
  expect(entry).toMatchObject({ subject: email, actor: { userId: me.id } });

  // They come back another day, and nobody else's password became theirs.
  const later = new Browser(server.url);
  expect((await later.post('/api/auth/sign-in/email', { email, password: PASSWORD })).status).toBe(200);
  expect((await browser.post('/api/v1/set-up', person())).status).toBe(409);
});

test('afterwards there is nothing to set up, and no link to be had', async () => {
  expect(await stateWith(newest())).toEqual({ isOpen: false, isTokenGood: false });
  expect(await refused(person())).toEqual([409, 'already-set-up']);
  const { exitCode, stderr } = await server.run('set-up-link');
  expect(exitCode).toBe(1);
  expect(stderr).toContain('set up already');
  expect(await (await server.fetch('/?lang=en')).text()).not.toContain('Nobody can sign in yet');
});

test('no token is in a log, in the log of changes or in the data folder', async () => {
  const activity = JSON.stringify(await server.turnpike('set-up-link').catch(() => undefined));
  for (const token of links.map(tokenOf)) {
    expect(token).toHaveLength(43);
    expect(server.log() + activity).not.toContain(token);
    for (const name of readdirSync(server.dataDir, { recursive: true }) as string[])
      expect([name, readOrNothing(join(server.dataDir, name)).includes(token)]).toEqual([name, false]);
  }
  expect(server.log()).not.toContain(PASSWORD);
});

test('whoever tries token after token is stopped', async () => {
  const other = await startServer();
  try {
    const tries = [];
    for (let at = 0; at < 22; at += 1) {
      const headers = { 'x-turnpike-set-up-token': `${at}`.repeat(20) };
      tries.push((await other.fetch('/api/v1/set-up', { headers })).status);
    }
    expect(tries.slice(0, 20)).toEqual(Array.from({ length: 20 }, () => 200));
    expect(tries.slice(20)).toEqual([429, 429]);
    const answer = await new Browser(other.url).post('/api/v1/set-up', person());
    expect([answer.status, Number(answer.headers.get('retry-after'))]).toEqual([429, expect.any(Number)]);
  } finally {
    await stopServer(other);
  }
});

function readOrNothing(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}
