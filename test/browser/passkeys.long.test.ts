import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import type { Browser, CDPSession, Page } from 'playwright-core';
import { en as ACTIVITY } from '../../web/console/activity/words.en.ts';
import { en as SECURITY } from '../../web/console/security/words.en.ts';
import { zh as SECURITY_ZH } from '../../web/console/security/words.zh.ts';
import { en as SIGN_IN } from '../../web/sign-in/words.en.ts';
import { zh as SIGN_IN_ZH } from '../../web/sign-in/words.zh.ts';
import { Browser as Caller } from '../fakes/browser.ts';
import { type RunningServer, startServer, stopServer } from '../fakes/running-server.ts';
import { adoptSession, chromiumMissing, type Language, openChromium, visit } from './chromium.ts';
import { findBarriers } from './find-barriers.ts';
import { type Hands, keyboardOf, pointer } from './hands.ts';

/** A passkey in a real browser, with an authenticator that the browser itself plays: made, used, and refused. */

const PERSON = { email: 'slartibartfast@example.com', password: 'the fjords of Norway, mostly' };
const WORDS = {
  en: { security: SECURITY, signIn: SIGN_IN },
  zh: { security: SECURITY_ZH, signIn: SIGN_IN_ZH },
} as const;

let browser: Browser;
let server: RunningServer;

if (chromiumMissing === undefined) {
  beforeAll(async () => {
    [browser, server] = await Promise.all([
      openChromium(),
      startServer({ TURNPIKE_ADMIN_EMAIL: PERSON.email, TURNPIKE_ADMIN_PASSWORD: PERSON.password }),
    ]);
  }, 60_000);
  afterAll(async () => {
    await browser.close();
    await stopServer(server);
  });
}

describe.skipIf(chromiumMissing !== undefined)(`passkeys (${chromiumMissing ?? 'in Chromium'})`, () => {
  test.each([
    ['en', 'by mouse'],
    ['en', 'by keyboard alone'],
    ['zh', 'by mouse'],
  ] as const)('one is made in Security and signs in afterwards, in %s, %s', async (language, how) => {
    const { page, hands, complaints } = await open(language, how);
    const { security, signIn } = WORDS[language];
    await addOne(page, language, hands, `laptop ${language} ${how}`);
    await page
      .getByRole('row')
      .filter({ hasText: `laptop ${language} ${how}` })
      .waitFor();
    expect(await findBarriers(page)).toEqual([]);

    // In a browser that offers nothing of itself.
    await page.addInitScript('PublicKeyCredential.isConditionalMediationAvailable = async () => false');
    await page.context().clearCookies();
    await page.goto('/sign-in');
    const button = page.getByRole('button', { name: signIn.passkey });
    await button.waitFor();
    expect(await findBarriers(page)).toEqual([]);
    await hands.press(button);
    await page.waitForURL('**/console');
    await page.goto('/console/security');
    await page.getByRole('row').filter({ hasText: security.sessions.current }).waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('the browser offers it where the address is typed', async () => {
    const { page } = await open('en', 'by mouse');
    await addOne(page, 'en', pointer, 'phone');
    await page.context().clearCookies();
    await page.goto('/sign-in');
    // The authenticator of tests chooses at once what a person would choose from the list.
    await page.waitForURL('**/console');
    await page.goto('/console/activity');
    await page
      .getByText(ACTIVITY.actions['passkey.sign-in'] ?? '?')
      .first()
      .waitFor();
    await page.context().close();
  });

  test('what the device refuses is said in words, and a removed one lets nobody in', async () => {
    const { page, device } = await open('en', 'by mouse');
    await addOne(page, 'en', pointer, 'stolen');
    const { passkeys, second } = SECURITY;
    // The same device again.
    const dialog = page.getByRole('dialog');
    await askForOne(page, 'en', pointer, 'again');
    await dialog.getByText(passkeys.adding.exists).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: passkeys.actionsFor('stolen') }).click();
    await page.getByRole('button', { name: passkeys.remove, exact: true }).click();
    await dialog.getByText(passkeys.removing.rest.password).waitFor();
    await dialog.getByLabel(second.yourPassword).fill(PERSON.password);
    await dialog.getByRole('button', { name: passkeys.removing.go }).click();
    await page.getByText(passkeys.removed).waitFor();
    await page.context().clearCookies();
    await page.goto('/sign-in');
    await page.getByText(SIGN_IN.problems.passkey).waitFor();
    // A finger that it does not know.
    await device.isVerified(false);
    await page.getByRole('button', { name: SIGN_IN.passkey }).click();
    await page.getByText(/No passkey was used|could not use a passkey/).waitFor();
    await page.context().close();
  });

  test('where browsers allow none, there are words in the place of a button', async () => {
    const look = { size: 'desk', theme: 'light', language: 'en' } as const;
    const { page, context } = await visit(browser, server.url, look);
    const local = server.url.replace('127.0.0.1', 'localhost');
    await page.goto('/sign-in');
    await page.getByText(SIGN_IN.passkeysElsewhere).waitFor();
    expect(await page.getByRole('button', { name: SIGN_IN.passkey }).count()).toBe(0);
    await adoptSession(context, server.url, await session(server.url));
    await page.goto('/console/security');
    const link = page.getByRole('link', { name: local });
    expect(await link.getAttribute('href')).toBe(`${local}/console/security`);
    expect(await page.getByRole('button', { name: SECURITY.passkeys.add }).count()).toBe(0);
    await context.close();
  });
});

interface Device {
  /** Whether that is somebody whom it knows. */
  isVerified(verified: boolean): Promise<void>;
}

/** Somebody who is signed in, on the page where passkeys are made, with an empty device. */
async function open(language: Language, how: 'by mouse' | 'by keyboard alone') {
  const url = server.url.replace('127.0.0.1', 'localhost');
  const look = { size: 'desk', theme: 'light', language } as const;
  const { page, context, complaints } = await visit(browser, url, look);
  const device = await plugIn(await context.newCDPSession(page));
  await adoptSession(context, url, await session(url));
  await page.goto('/console/security');
  const hands = how === 'by mouse' ? pointer : keyboardOf(page);
  return { page, device, hands, complaints };
}

async function session(url: string): Promise<string> {
  const caller = new Caller(url);
  expect((await caller.post('/api/auth/sign-in/email', PERSON)).ok).toBeTrue();
  return caller.cookie;
}

async function plugIn(debuggee: CDPSession): Promise<Device> {
  await debuggee.send('WebAuthn.enable');
  const { authenticatorId } = await debuggee.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      ...{ protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true },
      ...{ isUserVerified: true, automaticPresenceSimulation: true },
    },
  });
  return {
    isVerified: (isUserVerified) =>
      debuggee.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified }).then(() => {}),
  };
}

async function addOne(page: Page, language: Language, hands: Hands, name: string): Promise<void> {
  await askForOne(page, language, hands, name);
  await page.getByText(WORDS[language].security.passkeys.added).waitFor();
}

async function askForOne(page: Page, language: Language, hands: Hands, name: string): Promise<void> {
  const { passkeys, second } = WORDS[language].security;
  await hands.press(page.getByRole('button', { name: passkeys.add }));
  const dialog = page.getByRole('dialog');
  const field = dialog.getByLabel(passkeys.adding.name, { exact: true });
  await field.waitFor();
  await page.keyboard.press('ControlOrMeta+a');
  await hands.fill(field, name);
  await hands.fill(dialog.getByLabel(second.yourPassword), PERSON.password);
  await hands.press(dialog.getByRole('button', { name: passkeys.adding.go }));
}
