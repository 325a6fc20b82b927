import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import type { Browser } from 'playwright-core';
import { en } from '../../web/chat/words.en.ts';
import { Browser as SignedIn } from '../fakes/browser.ts';
import { type RunningServer, startServer, stopServer } from '../fakes/running-server.ts';
import { chromiumMissing, openChromium, visit } from './chromium.ts';
import { type FlakyLine, layLine } from './flaky-line.ts';
import { SLOW_QUESTION, type SlowProvider, startSlowProvider } from './slow-provider.ts';

/** The connection breaks while a model writes: nothing of the answer is lost, and nothing of what was typed. */

const PERSON = { email: 'trillian@example.com', password: 'two white mice are missing' };

let browser: Browser;
let provider: SlowProvider;
let server: RunningServer;
let line: FlakyLine;

if (chromiumMissing === undefined) {
  beforeAll(async () => {
    [browser, provider] = await Promise.all([openChromium(), startSlowProvider()]);
    server = await startServer({
      TURNPIKE_ADMIN_EMAIL: PERSON.email,
      TURNPIKE_ADMIN_PASSWORD: PERSON.password,
      TURNPIKE_UPSTREAM: provider.url,
      TURNPIKE_UPSTREAM_KEY: 'sk-upstream-0123456789abcdef',
      TURNPIKE_UPSTREAM_MODEL: 'grok-2-1212',
    });
    line = await layLine(server.url);
  }, 60_000);
  afterAll(async () => {
    await browser.close();
    await line.cut();
    await stopServer(server);
    provider.stop();
  });
}

describe.skipIf(chromiumMissing !== undefined)(
  `a lost connection (${chromiumMissing ?? 'in Chromium'})`,
  () => {
    test('an answer goes on at the server, and is read on where it was when the line is back', async () => {
      const { page, context } = await visit(browser, line.url, {
        size: 'desk',
        theme: 'light',
        language: 'en',
      });
      const door = new SignedIn(server.url);
      expect((await door.post('/api/auth/sign-in/email', PERSON)).ok).toBeTrue();
      await context.addCookies(
        door.cookie.split('; ').map((pair) => {
          const [name = '', ...value] = pair.split('=');
          return { name, value: value.join('='), url: line.url };
        }),
      );
      await page.goto('/chat');
      const field = page.getByRole('textbox', { name: en.composer.label, exact: true });
      await field.fill(SLOW_QUESTION);
      await field.press('Enter');
      await provider.say('It begins, ');
      await page.getByText('It begins,').waitFor();

      await line.cut();
      await page.getByText(en.turn.lost).waitFor();
      await provider.say('goes on unseen, ');
      await line.mend();
      await page.getByText('It begins, goes on unseen,').waitFor();
      await page.getByText(en.turn.lost).waitFor({ state: 'detached' });
      expect((await page.locator('.md').innerText()).trim()).toBe('It begins, goes on unseen,');
      await provider.finish('and ends.');
      await page.getByText('It begins, goes on unseen, and ends.').waitFor();
      await page.locator('.bill').waitFor();

      // What could not be sent is said once, and is still there to be sent.
      await line.cut();
      await field.fill('Words that must not be lost.');
      await field.press('Enter');
      await page.getByText(en.composer.notSent).waitFor();
      expect(await field.inputValue()).toBe('Words that must not be lost.');
      await line.mend();
      await field.press('Enter');
      await page.getByText('Forty-two.').waitFor();
      expect(await field.inputValue()).toBe('');
      expect(await page.getByText(en.composer.notSent).count()).toBe(0);
      await context.close();
    }, 120_000);
  },
);
