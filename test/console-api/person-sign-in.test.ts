import { afterAll, beforeAll, expect, test } from 'bun:test';
import { setUserBanned } from '../../src/identity/ban-user.ts';
import { setPassword } from '../../src/identity/sign-in/set-password.ts';
import type { Mail, Mailer } from '../../src/ports/mailer.ts';
import { describeOn, ENGINES, type OpenedEngine } from '../conformance/engines.ts';
import { totp } from '../fakes/authenticator-app.ts';
import type { Browser } from '../fakes/browser.ts';
import { openSignInServer, type SignInServer } from '../fakes/sign-in-server.ts';
import { openTestApi, type TestApi, type TestPerson } from '../fakes/test-api.ts';

/** What an operator does for somebody who cannot sign in, or whom somebody else signs in as. */

const PASSWORD = 'so long and thanks';

for (const engine of ENGINES) {
  describeOn(engine, "a person's sign-in, for the operator", () => {
    let opened: OpenedEngine;
    let site: SignInServer;
    let api: TestApi;
    let owner: TestPerson;
    let administrator: TestPerson;
    let people = 0;
    const letters: Mail[] = [];
    const told: string[] = [];

    beforeAll(async () => {
      opened = await engine.open();
      site = openSignInServer(opened.storage);
      const mailer: Mailer = {
        ...{ kind: 'server', place: 'smtp.example.com', deliver: async () => 'sent' },
        check: async () => 'ready',
        post: (mail) => void letters.push(mail),
        close: async () => {},
      };
      api = openTestApi(opened.storage, {
        mail: { mailer, host: 'llm.example.com' },
        passwords: site.context.passwords,
        changed: ({ kind, id }) => void told.push(`${kind} ${id}`),
        signInProviders: [{ id: 'oidc', name: 'Magrathea' }],
      });
      // Sessions of the site are made by the clock on the wall.
      await api.clock.advance(Date.now() - api.clock.nowMs());
      owner = await api.person('zaphod@example.com', 'owner');
      administrator = await api.person('trillian@example.com', 'administrator');
    });
    afterAll(async () => {
      await site.stop();
      await opened.dispose();
    });

    /** Somebody with a password who is signed in. */
    const visitor = async (role: 'user' | 'administrator' = 'user') => {
      people += 1;
      const person = await api.person(`person${people}@example.com`, role);
      await setPassword(api.ports, person.userId, PASSWORD);
      const browser = site.browser();
      await signIn(browser, person, PASSWORD);
      return { person, browser };
    };
    const signIn = (browser: Browser, { email }: { email: string }, password: string) =>
      browser.post('/api/auth/sign-in/email', { email, password });
    const isSignedIn = async (browser: Browser) =>
      (await site.readSession(new Headers({ cookie: browser.cookie }))) !== undefined;
    const ask = (person: TestPerson, method: string, path = '', by = administrator) =>
      api.ask(by, method, `/operator/people/${person.userId}${path}`);
    const state = async (person: TestPerson) => (await ask(person, 'GET', '/sign-in')).body;
    const activity = async () =>
      (await api.ports.activity.list({ actor: administrator.userId }, { limit: 1 })).rows[0];
    const letterTo = ({ email }: TestPerson) => letters.findLast(({ to }) => to === email)?.subject;
    const CHANGES = [
      ['DELETE', '/sessions'],
      ['POST', '/password'],
      ['DELETE', '/second-factor'],
      ['DELETE', '/passkeys/key-of-nobody'],
    ] as const;
    const addPasskey = (userId: string, id: string) =>
      opened.storage.auth.insert('passkey', {
        ...{ id, userId, name: 'phone', rpId: 'llm.example.com', counter: 0 },
        ...{ credentialId: `credential ${id}`, publicKey: 'x', transports: '[]', backedUp: 1 },
        ...{ createdAt: new Date(api.clock.nowMs()).toISOString(), lastUsedAt: null },
      });

    test('is shown, without what opens it', async () => {
      const fresh = await api.person('fresh@example.com');
      expect(await state(fresh)).toEqual({
        ...{ hasPassword: false, isTwoFactorOn: false, providers: [], passkeys: [], hasMail: true },
        sessions: { open: 0, lastSignedInAtMs: null },
      });
      const { person } = await visitor();
      const at = new Date(api.clock.nowMs()).toISOString();
      for (const providerId of ['oidc', 'github'])
        await opened.storage.auth.insert('account', {
          ...{ id: `${providerId}-of-one`, accountId: 'x', providerId, userId: person.userId },
          ...{ createdAt: at, updatedAt: at },
        });
      await opened.storage.auth.insert('session', {
        ...{
          id: 'long ago',
          userId: person.userId,
          token: 'token of long ago',
          createdAt: at,
          updatedAt: at,
        },
        ...{ expiresAt: new Date(api.clock.nowMs() - 1).toISOString(), ipAddress: '', userAgent: '' },
      });
      await addPasskey(person.userId, 'shown');
      const shown = await state(person);
      expect(shown).toMatchObject({ hasPassword: true, sessions: { open: 1 } });
      expect(shown.providers.sort()).toEqual(['Magrathea', 'github']);
      expect(shown.passkeys).toMatchObject([{ id: 'shown', name: 'phone', host: 'llm.example.com' }]);
      expect(shown.sessions.lastSignedInAtMs).toBeGreaterThan(0);
    });

    test('is nobody’s where there is no such person, also by their address', async () => {
      const { person } = await visitor();
      for (const id of ['nobody', person.email])
        for (const [method, path] of [['GET', '/sign-in'], ...CHANGES] as const)
          expect((await api.ask(administrator, method, `/operator/people/${id}${path}`)).status).toBe(404);
    });

    test('ends: all sessions, and what runs in them, are over', async () => {
      const { person, browser } = await visitor();
      const second = site.browser();
      await signIn(second, person, PASSWORD);
      const stranger = await visitor();
      told.length = 0;
      const answer = await ask(person, 'DELETE', '/sessions');
      expect([answer.status, answer.body]).toEqual([200, { ended: 2 }]);
      expect([await isSignedIn(browser), await isSignedIn(second)]).toEqual([false, false]);
      expect(await isSignedIn(stranger.browser)).toBeTrue();
      expect(told).toEqual([`user ${person.userId}`]);
      expect((await state(person)).sessions.open).toBe(0);
      expect(await activity()).toMatchObject({ action: 'person.sign-out', subject: person.email });
      // The password still lets them in.
      expect((await signIn(site.browser(), person, PASSWORD)).status).toBe(200);
    });

    test('a new password is told once, is the only one that works, and ends the old sessions', async () => {
      const { person, browser } = await visitor();
      told.length = 0;
      const { status, body } = await ask(person, 'POST', '/password');
      expect([status, Object.keys(body)]).toEqual([200, ['password']]);
      expect(body.password).toMatch(/^[\w-]{20}$/);
      expect(await isSignedIn(browser)).toBeFalse();
      expect(told).toEqual([`user ${person.userId}`]);
      expect((await signIn(browser, person, PASSWORD)).status).toBe(401);
      expect((await signIn(browser, person, body.password)).status).toBe(200);
      expect(await isSignedIn(browser)).toBeTrue();
      expect(await activity()).toMatchObject({
        action: 'person.password',
        subject: person.email,
        changes: [],
      });
      expect(letterTo(person)).toBe('Turnpike: an operator set a new password for you');
      expect(JSON.stringify([letters, await activity(), await state(person)])).not.toContain(body.password);
    });

    test('somebody without a password gets one', async () => {
      const person = await api.person('passwordless@example.com');
      const { body } = await ask(person, 'POST', '/password');
      expect((await signIn(site.browser(), person, body.password)).status).toBe(200);
    });

    test('whoever is disabled stays out, whatever password they are given', async () => {
      const { person, browser } = await visitor();
      await setUserBanned(api.ports, person.userId, true);
      const { status, body } = await ask(person, 'POST', '/password');
      expect(status).toBe(200);
      expect((await signIn(browser, person, body.password)).status).toBe(403);
      expect(await isSignedIn(browser)).toBeFalse();
    });

    test('a second factor is turned off: the password is enough', async () => {
      const { person, browser } = await visitor();
      const enabled = await browser.post('/api/auth/two-factor/enable', { password: PASSWORD });
      const { totpURI } = (await enabled.json()) as { totpURI: string };
      const code = totp(new URL(totpURI).searchParams.get('secret') ?? '');
      expect((await browser.post('/api/auth/two-factor/verify-totp', { code })).status).toBe(200);
      expect((await state(person)).isTwoFactorOn).toBeTrue();
      const before = site.browser();
      await signIn(before, person, PASSWORD);
      expect(await isSignedIn(before)).toBeFalse();
      expect((await ask(person, 'DELETE', '/second-factor')).status).toBe(200);
      expect((await state(person)).isTwoFactorOn).toBeFalse();
      const after = site.browser();
      await signIn(after, person, PASSWORD);
      expect(await isSignedIn(after)).toBeTrue();
      expect(await activity()).toMatchObject({ action: 'person.second-factor-off', subject: person.email });
      expect(letterTo(person)).toBe('Turnpike: an operator turned off your two-step sign-in');
    });

    test('a passkey is removed, of this person only', async () => {
      const [{ person }, { person: other }] = [await visitor(), await visitor()];
      await addPasskey(person.userId, 'lost');
      expect((await ask(other, 'DELETE', '/passkeys/lost')).status).toBe(404);
      expect((await state(person)).passkeys).toHaveLength(1);
      expect((await ask(person, 'DELETE', '/passkeys/lost')).status).toBe(200);
      expect((await state(person)).passkeys).toEqual([]);
      expect(await activity()).toMatchObject({
        ...{ action: 'person.passkey-remove', subject: `${person.email} (phone)` },
      });
      expect(letterTo(person)).toBe('Turnpike: an operator removed a passkey of yours');
      expect(letterTo(other)).toBeUndefined();
    });

    test('letters are in the language that their reader has chosen', async () => {
      const { person } = await visitor();
      await api.ask(person, 'PATCH', '/me', { language: 'zh' });
      await ask(person, 'POST', '/password');
      expect(letterTo(person)).toBe('Turnpike：管理员为您设置了新密码');
    });

    test('nobody but the owner touches how the owner signs in', async () => {
      await setPassword(api.ports, owner.userId, PASSWORD);
      await addPasskey(owner.userId, 'key-of-nobody');
      const browser = site.browser();
      await signIn(browser, owner, PASSWORD);
      for (const [method, path] of CHANGES) {
        const { status, body } = await ask(owner, method, path);
        expect([path, status, body.error.code]).toEqual([path, 422, 'owner-signs-in']);
      }
      expect(await isSignedIn(browser)).toBeTrue();
      expect((await signIn(site.browser(), owner, PASSWORD)).status).toBe(200);
      expect((await state(owner)).passkeys).toHaveLength(1);
      expect(letterTo(owner)).toBeUndefined();
    });

    test('one changes how one signs in oneself under Security, where one is asked who one is', async () => {
      const { person, browser } = await visitor('administrator');
      await addPasskey(person.userId, 'own');
      for (const [method, path] of CHANGES.slice(1)) {
        const { status, body } = await ask(person, method, path.replace('key-of-nobody', 'own'), person);
        expect([path, status, body.error.code]).toEqual([path, 422, 'own-sign-in']);
      }
      expect(await isSignedIn(browser)).toBeTrue();
      expect((await state(person)).passkeys).toHaveLength(1);
      // What keeps nobody out may be done from anywhere.
      expect((await ask(person, 'DELETE', '/sessions', person)).body).toEqual({ ended: 1 });
    });

    test('administrators are equals, and the owner is above them', async () => {
      for (const by of [administrator, owner]) {
        const { person } = await visitor('administrator');
        const { body } = await ask(person, 'POST', '/password', by);
        expect((await signIn(site.browser(), person, body.password)).status).toBe(200);
      }
      const [{ person: one }, { person: another }] = [await visitor(), await visitor()];
      for (const [method, path] of CHANGES) expect((await ask(one, method, path, another)).status).toBe(404);
    });
  });
}
