import { afterAll, beforeAll, expect, test } from 'bun:test';
import { createUser } from '../../src/identity/create-user.ts';
import { dropSecondFactor } from '../../src/identity/sign-in/drop-second-factor.ts';
import { setPassword } from '../../src/identity/sign-in/set-password.ts';
import type { Storage } from '../../src/storage/storage.ts';
import { describeOn, ENGINES, type OpenedEngine } from '../conformance/engines.ts';
import { totp } from '../fakes/authenticator-app.ts';
import type { Browser } from '../fakes/browser.ts';
import { keyIn, openSignInServer, type SignInServer } from '../fakes/sign-in-server.ts';
import { expectDone } from '../fakes/test-accounts.ts';

/** The code of an authenticator app after the first factor. */

const PASSWORD = 'so long and thanks';

for (const engine of ENGINES) {
  describeOn(engine, 'a second factor', () => {
    let opened: OpenedEngine;
    let storage: Storage;
    let site: SignInServer;
    let people = 0;

    beforeAll(async () => {
      opened = await engine.open();
      storage = opened.storage;
      site = openSignInServer(storage);
    });
    afterAll(async () => {
      await site.stop();
      await opened.dispose();
    });

    const person = async () => {
      people += 1;
      const email = `person${people}@example.com`;
      const { user } = expectDone(await createUser(site.context, { email, role: 'user' }));
      expectDone(await setPassword(site.context, user.id, PASSWORD));
      return { email, id: user.id };
    };
    const post = (browser: Browser, path: string, body: object) => browser.post(`/api/auth${path}`, body);
    const signIn = (browser: Browser, email: string) =>
      post(browser, '/sign-in/email', { email, password: PASSWORD });
    const whoIs = (browser: Browser) => site.readSession(new Headers({ cookie: browser.cookie }));

    /** Somebody with an app, whose secret the test knows. */
    const protectedPerson = async () => {
      const { email, id } = await person();
      const browser = site.browser();
      await signIn(browser, email);
      const enabled = await post(browser, '/two-factor/enable', { password: PASSWORD });
      expect(enabled.status).toBe(200);
      const { totpURI, backupCodes } = (await enabled.json()) as { totpURI: string; backupCodes: string[] };
      const uri = new URL(totpURI);
      expect([uri.searchParams.get('issuer'), decodeURIComponent(uri.pathname)]).toEqual([
        'Turnpike',
        `/Turnpike:${email}`,
      ]);
      const secret = uri.searchParams.get('secret') ?? '';
      // Until a first code was right, nothing is asked for.
      expect((await signIn(site.browser(), email)).status).toBe(200);
      expect((await post(browser, '/two-factor/verify-totp', { code: totp(secret) })).status).toBe(200);
      return { email, id, browser, secret, backupCodes };
    };

    test('the password alone is no session, and the code of the app makes one', async () => {
      const { email, id, secret } = await protectedPerson();
      const browser = site.browser();
      const first = await signIn(browser, email);
      expect([first.status, await first.json()]).toMatchObject([200, { twoFactorRedirect: true }]);
      expect(await whoIs(browser)).toBeUndefined();
      const wrong = await post(browser, '/two-factor/verify-totp', { code: '000000' });
      expect(wrong.status).toBe(401);
      expect(await whoIs(browser)).toBeUndefined();
      expect((await post(browser, '/two-factor/verify-totp', { code: totp(secret) })).status).toBe(200);
      expect(await whoIs(browser)).toMatchObject({ userId: id });
    });

    test('a code by letter is a first factor like any other', async () => {
      const { email, secret } = await protectedPerson();
      const browser = site.browser();
      await post(browser, '/mail/code', { email });
      const answer = await post(browser, '/sign-in/mail-code', {
        email,
        code: keyIn(await site.letterTo(email)),
      });
      expect(await answer.json()).toMatchObject({ twoFactorRedirect: true });
      expect(await whoIs(browser)).toBeUndefined();
      await post(browser, '/two-factor/verify-totp', { code: totp(secret) });
      expect(await whoIs(browser)).toMatchObject({ email });
    });

    test('a recovery code works once, and new ones make the old ones void', async () => {
      const { email, browser, backupCodes } = await protectedPerson();
      expect(new Set(backupCodes).size).toBe(10);
      const byRecovery = async (code: string) => {
        const lost = site.browser();
        await signIn(lost, email);
        await post(lost, '/two-factor/verify-backup-code', { code });
        return (await whoIs(lost)) !== undefined;
      };
      expect(await byRecovery(backupCodes[0] ?? '')).toBe(true);
      expect(await byRecovery(backupCodes[0] ?? '')).toBe(false);
      const again = await post(browser, '/two-factor/generate-backup-codes', { password: PASSWORD });
      const { backupCodes: newer } = (await again.json()) as { backupCodes: string[] };
      expect(await byRecovery(backupCodes[1] ?? '')).toBe(false);
      expect(await byRecovery(newer[0] ?? '')).toBe(true);
    });

    test('it is switched on and off with the password only', async () => {
      const { email, browser } = await protectedPerson();
      for (const path of ['/two-factor/disable', '/two-factor/generate-backup-codes'])
        expect((await post(browser, path, { password: 'vogon poetry' })).status).toBe(400);
      expect((await post(site.browser(), '/two-factor/disable', { password: PASSWORD })).status).toBe(401);
      expect((await post(browser, '/two-factor/disable', { password: PASSWORD })).status).toBe(200);
      const other = site.browser();
      await signIn(other, email);
      expect(await whoIs(other)).toMatchObject({ email });
      const unprotected = site.browser();
      await signIn(unprotected, (await person()).email);
      expect((await post(unprotected, '/two-factor/enable', { password: 'vogon poetry' })).status).toBe(400);
    });

    test('codes cannot be guessed: after a few the first factor has to be given again', async () => {
      const { email, secret } = await protectedPerson();
      const browser = site.browser();
      await signIn(browser, email);
      const statuses: number[] = [];
      for (let guess = 0; guess < 7; guess += 1)
        statuses.push((await post(browser, '/two-factor/verify-totp', { code: '000000' })).status);
      expect(statuses.slice(0, 5)).toEqual([401, 401, 401, 401, 401]);
      expect((await post(browser, '/two-factor/verify-totp', { code: totp(secret) })).status).not.toBe(200);
      expect(await whoIs(browser)).toBeUndefined();
    });

    test('the operator lets somebody in who lost phone and recovery codes', async () => {
      const { email, id } = await protectedPerson();
      await dropSecondFactor(site.context, id);
      const browser = site.browser();
      await signIn(browser, email);
      expect(await whoIs(browser)).toMatchObject({ userId: id });
    });

    test('what is kept shows neither secret nor recovery codes', async () => {
      const { secret, backupCodes } = await protectedPerson();
      const rows = JSON.stringify(await storage.auth.find('twoFactor', { all: [], any: [], limit: 100 }));
      for (const text of [secret, ...backupCodes]) expect(rows).not.toContain(text);
      expect(site.failures).toEqual([]);
    });
  });
}
