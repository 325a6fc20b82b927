import { afterAll, beforeAll, expect, test } from 'bun:test';
import { Browser } from '../fakes/browser.ts';
import { type RunningServer, startServer, stopServer } from '../fakes/running-server.ts';

/** What the operator says to everyone, and what was changed by whom, on the command line as on the pages. */

const OPERATOR = { email: 'zaphod@example.com', password: 'heart of gold' };

let server: RunningServer;
let page: Browser;

// biome-ignore lint/suspicious/noExplicitAny: answers of every shape are looked into.
type Loose = any;

beforeAll(async () => {
  server = await startServer({
    TURNPIKE_ADMIN_EMAIL: OPERATOR.email,
    TURNPIKE_ADMIN_PASSWORD: OPERATOR.password,
  });
  page = new Browser(server.url);
  await page.post('/api/auth/sign-in/email', OPERATOR);
});
afterAll(() => stopServer(server));

const command = async (...words: string[]): Promise<Loose> => server.turnpike(...words);
const refusal = async (...words: string[]) => {
  const { exitCode, stderr } = await server.run(...words);
  return [exitCode, stderr.trim()];
};
const shown = async (): Promise<Loose[]> => {
  const me: Loose = await (await page.get('/api/v1/me')).json();
  return me.notices;
};
const both = ['--english', 'Back at noon.', '--chinese', '中午恢复。'];

test('a notice that a command makes is on every page until a command takes it down', async () => {
  const made = await command('notices', 'create', ...both, '--tone', 'warning', '--ends', '2h');
  expect(made).toMatchObject({
    state: 'shown',
    tone: 'warning',
    english: 'Back at noon.',
    chinese: '中午恢复。',
  });
  expect(await shown()).toMatchObject([{ id: made.id, tone: 'warning' }]);
  const later = await command('notices', 'create', ...both, '--starts', '1h');
  expect(later.state).toBe('to-come');
  expect(await shown()).toHaveLength(1);
  const { notices } = await command('notices', 'list');
  expect(notices.map(({ id, state }: Loose) => [id, state])).toEqual([
    [made.id, 'shown'],
    [later.id, 'to-come'],
  ]);
  await command('notices', 'remove', made.id);
  expect(await shown()).toEqual([]);
  expect(await refusal('notices', 'remove', made.id)).toEqual([
    1,
    'There is no such notice. turnpike notices list shows all.',
  ]);
  expect((await refusal('notices', 'create', '--english', ' ', '--chinese', 'x'))[1]).toBe(
    'A notice has 1 to 500 characters in each language.',
  );
  expect((await refusal('notices', 'create', ...both, '--starts', '2h', '--ends', '1h'))[0]).toBe(1);
});

test('the log of changes tells of both, and finds those of somebody, of a kind and of late', async () => {
  await page.post('/api/v1/operator/notices', { tone: 'info', text: { en: 'Hello', zh: '你好' } });
  const { activity } = await command('activity', '--kind', 'installation');
  expect(activity.map(({ actor, action }: Loose) => [actor, action]).slice(0, 3)).toEqual([
    [OPERATOR.email, 'notice.create'],
    ['operator', 'notices remove'],
    ['operator', 'notices create'],
  ]);
  expect(activity[2].changes).toContainEqual({ field: 'english', before: null, after: 'Back at noon.' });
  expect(activity[2].changes).toContainEqual({
    ...{ field: 'starts', before: null, after: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) },
  });
  const mine = await command('activity', '--by', OPERATOR.email, '--last', '1h');
  expect(mine.activity.map(({ action }: Loose) => action)).toEqual(['notice.create']);
  expect((await command('activity', '--by', 'operator', '--kind', 'money')).activity).toEqual([]);
  const first = await command('activity', '--limit', '1');
  expect(first.activity).toHaveLength(1);
  const second = await command('activity', '--limit', '1', '--cursor', first.next_cursor);
  expect(second.activity[0].action).toBe('notices remove');
  expect((await refusal('activity', '--by', 'nobody@example.com'))[0]).toBe(1);
});

test('people read it as a table', async () => {
  const { stdout } = await server.run('activity', '--kind', 'installation', '--by', 'operator');
  expect(stdout).toMatch(/operator +notices create/);
  expect(stdout).toContain('english: Back at noon.');
});
