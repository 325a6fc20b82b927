import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import type { Browser } from 'playwright-core';
import { en } from '../../web/console/people/words.en.ts';
import { zh } from '../../web/console/people/words.zh.ts';
import { Browser as Caller } from '../fakes/browser.ts';
import { type RunningServer, startServer, stopServer } from '../fakes/running-server.ts';
import { adoptSession, chromiumMissing, openChromium, visit } from './chromium.ts';
import { findBarriers } from './find-barriers.ts';

/** An operator lets somebody in and sends them out, in a real browser. */

const OWNER = { email: 'slartibartfast@example.com', password: 'the fjords of Norway, mostly' };

let browser: Browser;
let server: RunningServer;

if (chromiumMissing === undefined) {
  beforeAll(async () => {
    [browser, server] = await Promise.all([
      openChromium(),
      startServer({ TURNPIKE_ADMIN_EMAIL: OWNER.email, TURNPIKE_ADMIN_PASSWORD: OWNER.password }),
    ]);
  }, 60_000);
  afterAll(async () => {
    await browser.close();
    await stopServer(server);
  });
}

describe.skipIf(chromiumMissing !== undefined)(`a person (${chromiumMissing ?? 'in Chromium'})`, () => {
  test.each([
    ['en', 'desk', 'light'],
    ['zh', 'phone', 'dark'],
  ] as const)(
    'is added, given a password that signs in, and signed out everywhere, in %s at the %s',
    async (language, size, theme) => {
      const words = language === 'en' ? en : zh;
      const { password: give, sessions, said, noWayIn } = words.signIn;
      const operator = new Caller(server.url);
      await operator.post('/api/auth/sign-in/email', OWNER);
      const { context, page, complaints } = await visit(browser, server.url, { language, size, theme });
      await adoptSession(context, server.url, operator.cookie);
      const email = `${language}@example.com`;
      await page.goto('/console/people');
      await page.getByRole('button', { name: words.add.action }).click();
      await page.getByRole('textbox', { name: words.add.email, exact: true }).fill(email);
      await page.getByRole('dialog').getByRole('button', { name: words.add.save }).click();
      await page.getByText(noWayIn.title).waitFor();

      await page.getByRole('button', { name: give.give, exact: true }).click();
      await page.getByRole('button', { name: give.go }).click();
      await page.getByText(give.once).waitFor();
      expect(await findBarriers(page)).toEqual([]);
      const password = (await page.locator('.secret .grow').innerText()).trim();
      const done = page.getByRole('button', { name: give.done });
      expect(await done.isDisabled()).toBeTrue();
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: give.copy.copy }).click();
      expect(await page.evaluate('navigator.clipboard.readText()')).toBe(password);
      await done.click();
      expect(await page.content()).not.toContain(password);
      await page.getByText(give.is, { exact: true }).waitFor();

      const person = new Caller(server.url);
      expect((await person.post('/api/auth/sign-in/email', { email, password })).status).toBe(200);
      await page.reload();
      await page.getByRole('button', { name: sessions.end }).click();
      await page.getByRole('dialog').getByRole('button', { name: sessions.end }).click();
      await page.getByText(said.sessions).waitFor();
      await page.getByText(sessions.none).waitFor();
      expect((await person.get('/api/v1/me')).status).toBe(401);
      expect(await findBarriers(page)).toEqual([]);
      expect(complaints).toEqual([]);
      await context.close();
    },
    120_000,
  );
});
