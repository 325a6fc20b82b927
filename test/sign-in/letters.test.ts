import { afterAll, beforeAll, expect, test } from 'bun:test';
import { changePreferences } from '../../src/console/preferences.ts';
import { createUser } from '../../src/identity/create-user.ts';
import { setPassword } from '../../src/identity/sign-in/set-password.ts';
import type { Storage } from '../../src/storage/storage.ts';
import { describeOn, ENGINES, type OpenedEngine } from '../conformance/engines.ts';
import type { Browser } from '../fakes/browser.ts';
import { keyIn, openSignInServer, type SignInServer } from '../fakes/sign-in-server.ts';
import { expectDone } from '../fakes/test-accounts.ts';

/** What is opened by a letter: a forgotten password, a code to sign in with, a confirmed or changed address. */

const PASSWORD = 'so long and thanks';
const NEW_PASSWORD = 'mostly harmless';
const PUBLIC_URL = 'http://llm.example.com';

for (const engine of ENGINES) {
  describeOn(engine, 'sign-in by letter', () => {
    let opened: OpenedEngine;
    let storage: Storage;
    let site: SignInServer;
    let aheadMs = 0;
    let people = 0;

    beforeAll(async () => {
      opened = await engine.open();
      storage = opened.storage;
      site = openSignInServer(storage, { publicUrl: PUBLIC_URL, nowMs: () => Date.now() + aheadMs });
    });
    afterAll(async () => {
      await site.stop();
      await opened.dispose();
    });

    /** A person whom the operator made. */
    const person = async () => {
      people += 1;
      const email = `person${people}@example.com`;
      const { user } = expectDone(await createUser(site.context, { email, role: 'user' }));
      expectDone(await setPassword(site.context, user.id, PASSWORD));
      return { email, id: user.id };
    };
    const signIn = (browser: Browser, email: string, password = PASSWORD) =>
      browser.post('/api/auth/sign-in/email', { email, password });
    const whoIs = (browser: Browser) => site.readSession(new Headers({ cookie: browser.cookie }));
    const rowOf = async (email: string) => {
      const all = [{ field: 'email', operator: 'eq', value: email }] as const;
      return (await storage.auth.find('user', { all, any: [], limit: 1 }))[0];
    };
    const forgot = (email: string, headers?: Record<string, string>) =>
      site.browser().post('/api/auth/mail/forgot', { email }, headers);
    const reset = (token: string, newPassword = NEW_PASSWORD) =>
      site.browser().post('/api/auth/mail/reset', { token, newPassword });
    const askCode = (email: string) => site.browser().post('/api/auth/mail/code', { email });
    const byCode = (email: string, code: string, browser = site.browser()) =>
      browser.post('/api/auth/sign-in/mail-code', { email, code });

    test('a forgotten password is set anew by a letter: once, and all sessions are over', async () => {
      const { email } = await person();
      const browser = site.browser();
      await signIn(browser, email);
      expect((await forgot(email)).status).toBe(200);
      const letter = await site.letterTo(email);
      expect(letter.to).toBe(email);
      expect(letter.text).toContain(`${PUBLIC_URL}/reset#token=`);
      const token = keyIn(letter);
      expect((await reset(token)).status).toBe(200);
      expect(await whoIs(browser)).toBeUndefined();
      expect((await signIn(site.browser(), email)).status).toBe(401);
      expect((await signIn(browser, email, NEW_PASSWORD)).status).toBe(200);
      expect((await rowOf(email))?.emailVerified).toBe(1);
      const again = await reset(token, 'another password');
      expect([again.status, await again.json()]).toMatchObject([400, { code: 'LINK_OVER' }]);
      expect((await site.letterTo(email)).subject).toBe('Turnpike: your password was changed');
    });

    test('a link is void after half an hour, when a newer one was sent, and of many at once one works', async () => {
      const { email } = await person();
      await forgot(email);
      const first = keyIn(await site.letterTo(email));
      await forgot(email);
      const second = keyIn(await site.letterTo(email));
      expect((await reset(first)).status).toBe(400);
      aheadMs += 30 * 60_000;
      expect((await reset(second)).status).toBe(400);
      await forgot(email);
      const third = keyIn(await site.letterTo(email));
      const statuses = await Promise.all(
        [1, 2, 3].map(async (n) => (await reset(third, `${NEW_PASSWORD} ${n}`)).status),
      );
      expect(statuses.sort()).toEqual([200, 400, 400]);
      await site.letterTo(email);
      expect((await reset('0'.repeat(64))).status).toBe(400);
    });

    test('a changed password is told by a letter, and makes links for another one void', async () => {
      const { email } = await person();
      const browser = site.browser();
      await signIn(browser, email);
      await forgot(email);
      const token = keyIn(await site.letterTo(email));
      const change = (currentPassword: string) =>
        browser.post('/api/auth/change-password', { currentPassword, newPassword: NEW_PASSWORD });
      expect((await change('vogon poetry')).status).toBe(400);
      expect((await change(PASSWORD)).status).toBe(200);
      expect((await site.letterTo(email)).subject).toBe('Turnpike: your password was changed');
      expect((await reset(token, 'another password')).status).toBe(400);
      expect(site.letters.filter(({ to }) => to === email)).toHaveLength(2);
    });

    test.each(['the operator', 'the person', 'a letter'])(
      'a password that %s sets makes the links void that lead into the account by another way',
      async (who) => {
        const { email, id } = await person();
        const browser = site.browser();
        await signIn(browser, email);
        // Whoever knew the old password asked for both before it was changed.
        const newEmail = `robbed.${email}`;
        await browser.post('/api/auth/mail/change', { newEmail, password: PASSWORD });
        const moving = keyIn(await site.letterTo(newEmail));
        await forgot(email);
        const forgotten = keyIn(await site.letterTo(email));

        const newPassword = NEW_PASSWORD;
        if (who === 'the operator') expectDone(await setPassword(site.context, id, newPassword));
        else if (who === 'a letter') expect((await reset(forgotten)).status).toBe(200);
        else await browser.post('/api/auth/change-password', { currentPassword: PASSWORD, newPassword });

        expect((await reset(forgotten, 'another password')).status).toBe(400);
        const moved = await site.browser().post('/api/auth/mail/confirmed', { token: moving });
        expect([moved.status, await moved.json()]).toMatchObject([400, { code: 'LINK_OVER' }]);
        expect((await signIn(site.browser(), email, newPassword)).status).toBe(200);
      },
    );

    test('a weak new password leaves the link as it is', async () => {
      const { email } = await person();
      await forgot(email);
      const token = keyIn(await site.letterTo(email));
      const weak = await reset(token, 'Password123');
      expect([weak.status, await weak.json()]).toMatchObject([400, { code: 'PASSWORD_TOO_COMMON' }]);
      expect((await reset(token)).status).toBe(200);
      await site.letterTo(email);
    });

    test('a code signs in, once, in the browser that has it', async () => {
      const { email, id } = await person();
      expect((await askCode(email)).status).toBe(200);
      const code = keyIn(await site.letterTo(email));
      const browser = site.browser();
      expect((await byCode(email, code, browser)).status).toBe(200);
      expect(await whoIs(browser)).toMatchObject({ userId: id, email });
      expect((await byCode(email, code)).status).toBe(401);
      // Made by the operator: the password that they gave stays.
      expect((await signIn(site.browser(), email)).status).toBe(200);
      expect((await rowOf(email))?.emailVerified).toBe(1);
    });

    test('a code is void after five wrong ones, after ten minutes, and when a newer one was sent', async () => {
      const { email } = await person();
      const wrong = (code: string) => `${code.slice(0, 8)}${(Number(code.slice(8)) + 1) % 10}`;
      await askCode(email);
      const guessed = keyIn(await site.letterTo(email));
      for (let guess = 0; guess < 5; guess += 1)
        expect((await byCode(email, wrong(guessed))).status).toBe(401);
      expect((await byCode(email, guessed)).status).toBe(401);
      const other = (await person()).email;
      await askCode(other);
      const old = keyIn(await site.letterTo(other));
      aheadMs += 10 * 60_000;
      expect((await byCode(other, old)).status).toBe(401);
      await askCode(other);
      const first = keyIn(await site.letterTo(other));
      await askCode(other);
      const second = keyIn(await site.letterTo(other));
      if (first !== second) expect((await byCode(other, first)).status).toBe(401);
      expect((await byCode(other, second)).status).toBe(200);
    });

    test('of many who type a code at once, one is signed in', async () => {
      const { email } = await person();
      await askCode(email);
      const code = keyIn(await site.letterTo(email));
      const statuses = await Promise.all([1, 2, 3, 4].map(async () => (await byCode(email, code)).status));
      expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    });

    test('known and unknown are answered alike, after the same work, and only the known are written to', async () => {
      const { email } = await person();
      const banned = await person();
      await storage.accounts.setUserBanned(banned.id, true);
      const unknown = 'nobody@example.com';
      const asked = async (path: string, body: object) => {
        const before = { ...site.work };
        const answer = await site.browser().post(`/api/auth${path}`, body);
        const text = await answer.text();
        const digests = path.startsWith('/sign-in') ? site.work.digests - before.digests : 0;
        return { status: answer.status, text, hashes: site.work.hashes - before.hashes, digests };
      };
      for (const path of ['/mail/forgot', '/mail/code']) {
        const answers = [];
        for (const address of [unknown, banned.email, email])
          answers.push(await asked(path, { email: address }));
        expect(answers[0]).toEqual(answers[2] as never);
        expect(answers[1]).toEqual(answers[2] as never);
        // Errands run in their order: when the last has its letter, the others have none.
        await site.letterTo(email);
        for (const other of [unknown, banned.email])
          expect(site.letters.filter(({ to }) => to === other)).toEqual([]);
      }
      const code = '0000 0001';
      const wrong = await asked('/sign-in/mail-code', { email, code });
      expect(wrong).toMatchObject({ status: 401, hashes: 0, digests: 1 });
      expect(await asked('/sign-in/mail-code', { email: unknown, code })).toEqual(wrong);
      const password = await asked('/sign-in/email', { email, password: 'vogon poetry' });
      expect(password).toMatchObject({ status: 401, hashes: 1 });
      expect(await asked('/sign-in/email', { email: unknown, password: 'vogon poetry' })).toEqual(password);
    });

    test('letters are braked by account, and an account that is not there alike', async () => {
      const { email } = await person();
      for (const address of [email, 'nobody2@example.com']) {
        const statuses: number[] = [];
        for (let letter = 0; letter < 6; letter += 1) statuses.push((await forgot(address)).status);
        expect(statuses).toEqual([200, 200, 200, 200, 200, 429]);
      }
      for (let letter = 0; letter < 5; letter += 1) await site.letterTo(email);
      expect(site.letters.filter(({ to }) => to.startsWith('nobody2'))).toEqual([]);
    });

    test('an address is confirmed by its letter, when the button is pressed', async () => {
      const { email } = await person();
      const browser = site.browser();
      await signIn(browser, email);
      expect((await site.browser().post('/api/auth/mail/confirm')).status).toBe(401);
      await browser.post('/api/auth/mail/confirm');
      const letter = await site.letterTo(email);
      expect(letter.text).toContain(`${PUBLIC_URL}/confirm#token=`);
      expect((await rowOf(email))?.emailVerified).toBe(0);
      const confirmed = await site.browser().post('/api/auth/mail/confirmed', { token: keyIn(letter) });
      expect([confirmed.status, await confirmed.json()]).toEqual([200, { email, isChanged: false }]);
      expect((await rowOf(email))?.emailVerified).toBe(1);
      expect(await whoIs(browser)).toMatchObject({ email });
    });

    test('an address is changed with the password and by a letter to the new one; the old one is told', async () => {
      const { email, id } = await person();
      const taken = await person();
      const browser = site.browser();
      await signIn(browser, email);
      const change = (newEmail: string, password = PASSWORD) =>
        browser.post('/api/auth/mail/change', { newEmail, password });
      const refused = await change('arthur@example.com', 'vogon poetry');
      expect([refused.status, await refused.json()]).toMatchObject([400, { code: 'PASSWORD_WRONG' }]);
      // Somebody else's address is answered alike, and nobody is written to.
      expect(await (await change(taken.email)).text()).toBe(await (await change(`New.${email}`)).text());
      const letter = await site.letterTo(`new.${email}`);
      expect((await rowOf(email))?.id).toBe(id);
      const token = keyIn(letter);
      const changed = await site.browser().post('/api/auth/mail/confirmed', { token });
      expect(await changed.json()).toEqual({ email: `new.${email}`, isChanged: true });
      expect(await rowOf(`new.${email}`)).toMatchObject({ id, emailVerified: 1 });
      const notice = await site.letterTo(email);
      expect([notice.to, notice.text.includes(`new.${email}`)]).toEqual([email, true]);
      expect((await site.browser().post('/api/auth/mail/confirmed', { token })).status).toBe(400);
      expect((await signIn(site.browser(), `new.${email}`)).status).toBe(200);
      expect((await signIn(site.browser(), email)).status).toBe(401);
    });

    test('an address that was taken meanwhile is not changed to', async () => {
      const { email } = await person();
      const browser = site.browser();
      await signIn(browser, email);
      await browser.post('/api/auth/mail/change', { newEmail: 'late@example.com', password: PASSWORD });
      const token = keyIn(await site.letterTo('late@example.com'));
      expectDone(await createUser(site.context, { email: 'late@example.com', role: 'user' }));
      const late = await site.browser().post('/api/auth/mail/confirmed', { token });
      expect([late.status, await late.json()]).toMatchObject([400, { code: 'EMAIL_TAKEN' }]);
      expect(await rowOf(email)).toBeDefined();
    });

    test('whoever made an account with somebody else’s address loses it when that person shows up', async () => {
      const open = openSignInServer(storage, { isOpen: true, publicUrl: PUBLIC_URL });
      const thief = open.browser();
      const email = 'victim@example.com';
      await thief.post('/api/auth/sign-up/email', { email, name: 'V', password: PASSWORD });
      expect(await whoIs(thief)).toMatchObject({ email });
      await open.browser().post('/api/auth/mail/code', { email });
      const code = keyIn(await open.letterTo(email));
      const owner = open.browser();
      expect((await owner.post('/api/auth/sign-in/mail-code', { email, code })).status).toBe(200);
      expect(await whoIs(owner)).toMatchObject({ email });
      expect(await whoIs(thief)).toBeUndefined();
      expect((await thief.post('/api/auth/sign-in/email', { email, password: PASSWORD })).status).toBe(401);
      await open.stop();
    });

    test('letters are in the reader’s language: their own choice, else their browser’s', async () => {
      const { email, id } = await person();
      await forgot(email, { 'accept-language': 'zh-CN' });
      expect((await site.letterTo(email)).subject).toBe('Turnpike：设置新密码');
      await changePreferences(site.context, id, { language: 'en' });
      await forgot(email, { 'accept-language': 'zh-CN' });
      expect((await site.letterTo(email)).subject).toBe('Turnpike: set a new password');
    });

    test('what is kept of a letter opens nothing, and its links lead where the settings say', async () => {
      const { email } = await person();
      await forgot(email, {
        host: 'evil.example',
        'x-forwarded-host': 'evil.example',
        origin: 'http://evil.example',
      });
      await askCode(email);
      const [link, code] = [await site.letterTo(email), await site.letterTo(email)];
      expect(link.text + link.html).not.toContain('evil');
      const rows = JSON.stringify(await storage.auth.find('verification', { all: [], any: [], limit: 100 }));
      for (const key of [keyIn(link), keyIn(code), keyIn(code).replace(' ', '')])
        expect(rows).not.toContain(key);
      expect(site.failures).toEqual([]);
    });
  });
}
