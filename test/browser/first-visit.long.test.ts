import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import type { Browser, Page } from 'playwright-core';
import { en as chatEn } from '../../web/chat/words.en.ts';
import { zh as chatZh } from '../../web/chat/words.zh.ts';
import { en as setUpEn } from '../../web/set-up/words.en.ts';
import { zh as setUpZh } from '../../web/set-up/words.zh.ts';
import { type RunningServer, startServer, stopServer } from '../fakes/running-server.ts';
import { chromiumMissing, type Language, listen, openChromium, type Size, visit } from './chromium.ts';
import { type Hands, keyboardOf, pointer } from './hands.ts';
import { SLOW_QUESTION, type SlowProvider, startSlowProvider } from './slow-provider.ts';

/**
 * From an empty folder to the first answered request and the first chat, as a person does it: by the link that the
 * terminal shows, with a pasted curl command, by running the curl command that the page shows, and with a reload and a
 * second tab in the middle of an answer. Once it is all done without a pointer.
 */

const WORDS = { en: { setUp: setUpEn, chat: chatEn }, zh: { setUp: setUpZh, chat: chatZh } };
const UPSTREAM_KEY = 'sk-upstream-0123456789abcdef';
const PERSON = { name: 'Zaphod 赞福德', email: 'zaphod@example.com', password: 'heart of gold, twice' };

interface Way {
  readonly size: Size;
  readonly language: Language;
  readonly byKeyboard?: true;
}

const WAYS: readonly Way[] = [
  { size: 'desk', language: 'en' },
  { size: 'desk', language: 'en', byKeyboard: true },
  { size: 'phone', language: 'en' },
  { size: 'desk', language: 'zh' },
  { size: 'phone', language: 'zh' },
];

let browser: Browser;
let provider: SlowProvider;

if (chromiumMissing === undefined) {
  beforeAll(async () => {
    [browser, provider] = await Promise.all([openChromium(), startSlowProvider()]);
  }, 60_000);
  afterAll(async () => {
    await browser.close();
    provider.stop();
  });
}

describe.skipIf(chromiumMissing !== undefined)(
  `the first visit (${chromiumMissing ?? 'in Chromium'})`,
  () => {
    for (const { size, language, byKeyboard } of WAYS) {
      test(`in ${language}, ${size}${byKeyboard ? ', by keyboard alone' : ''}`, async () => {
        // As somebody starts it who has set nothing.
        const server = await startServer({ TURNPIKE_UPSTREAM: '', TURNPIKE_INITIAL_API_KEY: '' });
        const { page, context, complaints } = await visit(browser, server.url, {
          ...{ size, language },
          theme: 'light',
        });
        const hands = byKeyboard ? keyboardOf(page) : pointer;
        try {
          await makeAccount(page, server, language, hands);
          await connectModel(page, language, hands);
          await makeFirstCall(page, language, hands);
          await hands.press(page.getByRole('button', { name: WORDS[language].setUp.key.console }));
          await page.waitForURL('**/console');
          // Whoever has the link afterwards gets nowhere.
          const late = await context.newPage();
          await late.goto(linkOf(server));
          await late.waitForURL((url) => url.pathname !== '/set-up' || !url.search.includes('token'));
          expect(await late.getByLabel(WORDS[language].setUp.account.email).count()).toBe(0);
          await late.close();
          await chatThroughTroubles(page, server, language, hands);
          expect(complaints).toEqual([]);
          expect(server.output() + server.log()).not.toContain(PERSON.password);
        } finally {
          await context.close();
          await stopServer(server);
        }
      });
    }
  },
);

function linkOf(server: RunningServer): string {
  const [link] = /http:\/\/\S+\/set-up\?token=\S+/.exec(server.output()) ?? [];
  if (link === undefined) throw new Error(`the terminal shows no link:\n${server.output()}`);
  return link;
}

async function makeAccount(
  page: Page,
  server: RunningServer,
  language: Language,
  hands: Hands,
): Promise<void> {
  const { account } = WORDS[language].setUp;
  await page.goto(linkOf(server));
  await hands.fill(page.getByLabel(account.name, { exact: true }), PERSON.name);
  // The link is good once, and must not be left lying in the address bar.
  expect(page.url()).not.toContain('token');
  await hands.fill(page.getByLabel(account.email, { exact: true }), PERSON.email);
  await hands.fill(page.getByLabel(account.password.label, { exact: true }), PERSON.password);
  await hands.press(page.getByRole('button', { name: account.make }));
}

async function connectModel(page: Page, language: Language, hands: Hands): Promise<void> {
  const { connect } = WORDS[language].setUp;
  await page.getByRole('heading', { name: connect.title, level: 1 }).waitFor();
  await hands.fill(
    page.getByLabel(connect.field),
    `curl ${provider.url}/chat/completions -H "Authorization: Bearer ${UPSTREAM_KEY}" -d '{"model":"grok-2-1212"}'`,
  );
  await hands.press(page.getByRole('button', { name: connect.tryIt, exact: true }));
  await page.getByText(connect.answers, { exact: true }).first().waitFor();
  // The whole key is never shown again.
  expect(await page.locator('body').innerText()).not.toContain(UPSTREAM_KEY);
  await hands.press(page.locator('.foot .btn.pri'));
}

async function makeFirstCall(page: Page, language: Language, hands: Hands): Promise<void> {
  const { key } = WORDS[language].setUp;
  const { wait } = WORDS[language].setUp.newKey;
  await hands.press(page.getByRole('button', { name: key.make }));
  await page.getByText(wait.title).waitFor();
  const curl = await page.getByRole('tabpanel').locator('pre').innerText();
  expect(curl).toContain('/v1/chat/completions');
  const ran = Bun.spawn(['sh', '-c', curl], { stdout: 'pipe', stderr: 'pipe' });
  expect(await new Response(ran.stdout).text()).toContain('Forty-two.');
  await page.getByText(wait.arrived).waitFor();
}

async function chatThroughTroubles(
  page: Page,
  server: RunningServer,
  language: Language,
  hands: Hands,
): Promise<void> {
  const { chat } = WORDS[language];
  await page.goto('/chat');
  await hands.fill(page.getByLabel(chat.composer.label, { exact: true }), SLOW_QUESTION);
  await hands.press(page.getByRole('button', { name: chat.composer.send }));
  await provider.say('In 1706 the first ');
  await page.getByText('In 1706 the first').waitFor();

  // The answer belongs to the server: a reload and a second tab read on.
  await page.reload();
  await page.getByText('In 1706 the first').waitFor();
  const second = await page.context().newPage();
  const complaints = listen(second);
  await second.goto(page.url());
  await second.getByText('In 1706 the first').waitFor();
  await provider.say('turnpike trust ');
  await second.getByText('In 1706 the first turnpike trust').waitFor();
  await provider.finish('was **formed**.');
  for (const tab of [page, second]) {
    await tab.getByText('In 1706 the first turnpike trust was formed.').waitFor();
    await tab.locator('strong', { hasText: 'formed' }).waitFor();
    // 31 tokens at 5 and 6 at 15 dollars a million.
    await tab.getByText('$0.000245').first().waitFor();
  }
  expect(complaints).toEqual([]);
  await second.close();

  // What was answered is in the books once.
  const audit = (await server.turnpike('audit')) as { findings?: unknown[] };
  expect(audit.findings ?? []).toEqual([]);
}
