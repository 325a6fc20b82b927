import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import type { Browser, Page } from 'playwright-core';
import { Browser as Caller } from '../fakes/browser.ts';
import { type RunningServer, startServer, stopServer } from '../fakes/running-server.ts';
import { adoptSession, chromiumMissing, type Look, openChromium, type Visit, visit } from './chromium.ts';

/** What people choose for themselves goes with them, and what they have typed stays while they choose. */

const EMAIL = 'yue@example.com';
const PASSWORD = 'a towel is about the most useful thing';
const ENGLISH: Look = { size: 'desk', theme: 'light', language: 'en' };
const CHINESE: Look = { ...ENGLISH, language: 'zh' };

let browser: Browser;
let server: RunningServer;
const visits: Visit[] = [];

if (chromiumMissing === undefined) {
  beforeAll(async () => {
    [browser, server] = await Promise.all([
      openChromium(),
      startServer({
        ...{
          TURNPIKE_ADMIN_EMAIL: EMAIL,
          TURNPIKE_ADMIN_PASSWORD: PASSWORD,
          TURNPIKE_REGISTRATION: 'invite-only',
        },
      }),
    ]);
  }, 60_000);
  afterAll(async () => {
    for (const { context } of visits) await context.close();
    await browser.close();
    await stopServer(server);
  });
}

/** A browser that was never here before. */
async function device(look: Look): Promise<Page> {
  const opened = await visit(browser, server.url, look);
  visits.push(opened);
  return opened.page;
}

async function signIn(page: Page): Promise<void> {
  await page.locator('input[type="email"]').fill(EMAIL);
  await page.locator('input[type="password"]').fill(PASSWORD);
  await page.keyboard.press('Enter');
  await page.waitForURL('**/console');
}

async function profile(): Promise<{ language: string | null; timeZone: string | null }> {
  const caller = new Caller(server.url);
  await caller.post('/api/auth/sign-in/email', { email: EMAIL, password: PASSWORD });
  const me = (await (await caller.get('/api/v1/me')).json()) as { preferences: never };
  return me.preferences;
}

/** The test waits as long as a page may take; what is never so ends it. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (let look = 0; look < 100; look += 1) {
    if (await isSo()) return;
    await Bun.sleep(100);
  }
  throw new Error('it did not come true');
}

describe.skipIf(chromiumMissing !== undefined)(`own choices (${chromiumMissing ?? 'in Chromium'})`, () => {
  test('a language that is chosen before signing in is kept, and is there on another device', async () => {
    const first = await device(ENGLISH);
    await first.goto('/sign-in');
    await first.getByRole('button', { name: '简体中文' }).click();
    await first.getByRole('heading', { name: '登录' }).waitFor();
    await signIn(first);
    await first.getByRole('link', { name: '密钥' }).first().waitFor();
    await until(async () => (await profile()).language === 'zh');

    const second = await device(ENGLISH);
    await second.goto('/sign-in');
    await second.getByRole('heading', { name: 'Sign in' }).waitFor();
    await signIn(second);
    await second.getByRole('link', { name: '密钥' }).first().waitFor();
    expect(await second.locator('html').getAttribute('lang')).toBe('zh-CN');

    // What is chosen in the menu there is there on the first, too.
    await second.goto('/console/profile');
    await second.getByRole('combobox', { name: '语言' }).selectOption('en');
    await second.getByRole('heading', { name: 'Profile' }).waitFor();
    await until(async () => (await profile()).language === 'en');
    await first.reload();
    await first.getByRole('link', { name: 'Keys' }).first().waitFor();
  }, 60_000);

  test('times are in the zone of the profile on every device', async () => {
    const first = await device(ENGLISH);
    await first.goto('/sign-in');
    await signIn(first);
    await first.goto('/console/profile');
    await first.getByRole('combobox', { name: 'Time zone' }).selectOption('America/New_York');
    await until(async () => (await profile()).timeZone === 'America/New_York');
    const second = await device(ENGLISH);
    await second.goto('/sign-in');
    await signIn(second);
    await second.goto('/console/requests');
    await second.getByText('America/New_York').waitFor();
  }, 60_000);

  test('what was typed stays when the language is switched', async () => {
    const caller = new Caller(server.url);
    await caller.post('/api/auth/sign-in/email', { email: EMAIL, password: PASSWORD });
    await caller.send('PATCH', '/api/v1/me', { language: null });
    const made = await caller.post('/api/v1/operator/invitations', {});
    const { token } = (await made.json()) as { token: string };

    const page = await device(CHINESE);
    await page.goto(`/sign-up#token=${token}`);
    await page.locator('input[type="email"]').fill('arthur@example.com');
    await page.getByLabel('姓名').fill('Arthur 亚瑟');
    await page.locator('input[type="password"]').fill('so long and thanks');
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('heading', { name: 'Make your account' }).waitFor();
    expect(await page.locator('input[type="email"]').inputValue()).toBe('arthur@example.com');
    expect(await page.getByLabel('Name').inputValue()).toBe('Arthur 亚瑟');
    expect(await page.locator('input[type="password"]').inputValue()).toBe('so long and thanks');

    // The same in the console, where the menu switches it.
    await adoptSession(page.context(), server.url, caller.cookie);
    await page.goto('/console/playground');
    await page.locator('textarea').first().fill('How long is the road?');
    await page.getByRole('button', { name: 'Account, language, theme' }).click();
    await page.getByRole('button', { name: '简体中文' }).click();
    await page.getByRole('link', { name: '调试台' }).first().waitFor();
    expect(await page.locator('textarea').first().inputValue()).toBe('How long is the road?');
  }, 60_000);

  test('somebody who is invited into a team is asked, and is in it by one press', async () => {
    const { password } = (await newPerson('ford@example.com')) as { password: string };
    const owner = new Caller(server.url);
    await owner.post('/api/auth/sign-in/email', { email: EMAIL, password: PASSWORD });
    const team = (await (await owner.post('/api/v1/teams', { name: 'Heart of Gold' })).json()) as {
      id: string;
    };
    await owner.post(`/api/v1/teams/${team.id}/invitations`, { email: 'ford@example.com', role: 'billing' });
    const ford = new Caller(server.url);
    await ford.post('/api/auth/sign-in/email', { email: 'ford@example.com', password });
    const page = await device(ENGLISH);
    await adoptSession(page.context(), server.url, ford.cookie);
    await page.goto('/console/team');
    await page.getByText(`${EMAIL} invites you into Heart of Gold as somebody for billing.`).waitFor();
    await page.getByRole('button', { name: 'Accept' }).click();
    await page.getByText('You are in Heart of Gold now.').waitFor();
    await page.getByText('Heart of Gold, with 2 members.').waitFor();
  }, 60_000);
});

async function newPerson(email: string): Promise<unknown> {
  await server.turnpike('users', 'create', email);
  return server.turnpike('users', 'password', email);
}
