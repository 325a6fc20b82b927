import { afterAll, beforeAll, expect, test } from 'bun:test';
import { sign } from 'node:crypto';
import { isRefusal } from '../../src/domain/refusal.ts';
import { createUser } from '../../src/identity/create-user.ts';
import { addPasskey, beginPasskey } from '../../src/identity/sign-in/passkeys/add-passkey.ts';
import { removePasskey } from '../../src/identity/sign-in/passkeys/change-passkey.ts';
import { relyingParty } from '../../src/identity/sign-in/passkeys/relying-party.ts';
import type { UsedCredential } from '../../src/identity/sign-in/passkeys/sign-in-with-passkey.ts';
import { setPassword } from '../../src/identity/sign-in/set-password.ts';
import { PASSKEY_COMMANDS } from '../../src/process/commands/passkey-commands.ts';
import type { Storage } from '../../src/storage/storage.ts';
import { describeOn, ENGINES, type OpenedEngine } from '../conformance/engines.ts';
import type { Browser } from '../fakes/browser.ts';
import { certified } from '../fakes/certified-maker.ts';
import { openSignInServer, type SignInServer } from '../fakes/sign-in-server.ts';
import { type Oddities, SoftAuthenticator } from '../fakes/soft-authenticator.ts';
import { expectDone } from '../fakes/test-accounts.ts';

/** Signing in with a passkey, and everything that looks like one and is none. */

const PASSWORD = 'so long and thanks';

for (const engine of ENGINES) {
  describeOn(engine, 'passkeys', () => {
    let opened: OpenedEngine;
    let storage: Storage;
    let site: SignInServer;
    let aheadMs = 0;
    let people = 0;

    beforeAll(async () => {
      opened = await engine.open();
      storage = opened.storage;
      site = openSignInServer(storage, { nowMs: () => Date.now() + aheadMs });
    });
    afterAll(async () => {
      await site.stop();
      await opened.dispose();
    });

    const ports = () => ({ ...site.context, ownUrl: () => site.url });
    const party = () => relyingParty(site.url) ?? { id: '', origin: '' };
    const whoIs = (browser: Browser) => site.readSession(new Headers({ cookie: browser.cookie }));
    const signedIn = async (browser: Browser) => {
      const person = await whoIs(browser);
      if (person === undefined) throw new Error('nobody is signed in');
      return person;
    };

    /** Somebody who is signed in by password. */
    const person = async () => {
      people += 1;
      const email = `person${people}@example.com`;
      const { user } = expectDone(await createUser(site.context, { email, role: 'user' }));
      expectDone(await setPassword(site.context, user.id, PASSWORD));
      const browser = site.browser();
      await browser.post('/api/auth/sign-in/email', { email, password: PASSWORD });
      return { email, id: user.id, browser, device: new SoftAuthenticator(party()) };
    };
    const begin = async (browser: Browser) =>
      expectDone(await beginPasskey(ports(), await signedIn(browser)));
    const add = async ({ browser, device }: Awaited<ReturnType<typeof person>>, odd: Oddities = {}) =>
      addPasskey(ports(), await signedIn(browser), 'laptop', device.make(await begin(browser), odd));
    const keeper = async () => {
      const somebody = await person();
      return { ...somebody, passkey: expectDone(await add(somebody)) };
    };

    const challenge = async () => {
      const response = await site.browser().post('/api/auth/passkey/challenge');
      return ((await response.json()) as { challenge: string }).challenge;
    };
    const signIn = (used: UsedCredential, browser = site.browser()) =>
      browser.post('/api/auth/sign-in/passkey', used);
    const refusalOf = async (used: UsedCredential) => {
      const browser = site.browser();
      const response = await signIn(used, browser);
      const { code } = (await response.json()) as { code?: string };
      return [response.status, code, await whoIs(browser)];
    };
    const WRONG = [401, 'PASSKEY_WRONG', undefined];
    const actionsOf = async (userId: string) =>
      (await storage.activity.list({ actor: userId }, { limit: 50 })).rows.map(({ action, subject }) => [
        action,
        subject,
      ]);

    test('a passkey signs its person in without an address, and is written down', async () => {
      const { id, email, device, passkey } = await keeper();
      expect(passkey).toMatchObject({ name: 'laptop', host: 'localhost', lastUsedAtMs: null });
      const browser = site.browser();
      const response = await signIn(device.use(await challenge()), browser);
      expect([response.status, await response.json()]).toEqual([200, { status: true }]);
      expect(await whoIs(browser)).toMatchObject({ userId: id, email });
      expect(browser.setCookies.get('turnpike.session_token')).toMatch(/HttpOnly/i);
      const [row] = await storage.auth.find('passkey', {
        ...{ all: [{ field: 'userId', operator: 'eq', value: id }], any: [], limit: 1 },
      });
      expect(row?.lastUsedAt).not.toBeNull();
      expect(await actionsOf(id)).toEqual([['passkey.sign-in', 'laptop']]);
    });

    test.each([['ES256'], ['RS256'], ['EdDSA']] as const)('a key of %s signs in', async (algorithm) => {
      const somebody = await person();
      expectDone(await add(somebody, { algorithm }));
      expect((await signIn(somebody.device.use(await challenge()))).status).toBe(200);
    });

    test('it is asked for with no list of keys, and with the person’s presence', async () => {
      const response = await site.browser().post('/api/auth/passkey/challenge');
      expect(await response.json()).toEqual({
        ...{ challenge: expect.stringMatching(/^[\w-]{43}$/), rpId: 'localhost', timeout: 300_000 },
        userVerification: 'required',
      });
    });

    test('it is both factors: whoever has an app is not asked for its code', async () => {
      const { id, email, browser, device } = await keeper();
      const enabled = await browser.post('/api/auth/two-factor/enable', { password: PASSWORD });
      expect(enabled.status).toBe(200);
      const all = [{ field: 'id', operator: 'eq', value: id }] as const;
      await storage.auth.update('user', { all, any: [] }, { twoFactorEnabled: 1 });
      const byPassword = await site.browser().post('/api/auth/sign-in/email', { email, password: PASSWORD });
      expect(await byPassword.json()).toMatchObject({ twoFactorRedirect: true });
      const other = site.browser();
      await signIn(device.use(await challenge()), other);
      expect(await whoIs(other)).toMatchObject({ userId: id });
    });

    test.each<[string, Oddities]>([
      ['from another origin', { origin: 'https://evil.example' }],
      ['from the same name with another port', { origin: 'http://localhost:1' }],
      ['for another server', { rpId: 'evil.example' }],
      ['without asking who is there', { isVerified: false }],
      ['with another ceremony’s signature', { type: 'webauthn.create' }],
    ])('a passkey that is used %s lets nobody in', async (_, odd) => {
      const { device } = await keeper();
      expect(await refusalOf(device.use(await challenge(), odd))).toEqual(WRONG);
      // And nothing is spoilt by it.
      expect((await signIn(device.use(await challenge()))).status).toBe(200);
    });

    test('an answer works once: of twenty at once one signs in, and later none', async () => {
      const { device } = await keeper();
      const used = device.use(await challenge());
      const statuses = await Promise.all(Array.from({ length: 20 }, async () => (await signIn(used)).status));
      expect(statuses.filter((status) => status === 200)).toHaveLength(1);
      expect(await refusalOf(used)).toEqual(WRONG);
    });

    test('a challenge is the server’s own, for its purpose, for five minutes', async () => {
      const { device, browser } = await keeper();
      expect(await refusalOf(device.use('b3duIGNoYWxsZW5nZQ'))).toEqual(WRONG);
      expect(await refusalOf(device.use((await begin(browser)).challenge))).toEqual(WRONG);
      const late = await challenge();
      aheadMs += 300_000;
      expect(await refusalOf(device.use(late))).toEqual(WRONG);
    });

    test('what was never answered is cleared away', async () => {
      const held = () => {
        const all = [{ field: 'identifier', operator: 'starts_with', value: 'passkey-sign-in:' }] as const;
        return storage.auth.count('verification', { all, any: [] });
      };
      await challenge();
      await challenge();
      aheadMs += 300_001;
      await challenge();
      expect(await held()).toBe(1);
    });

    test('a counter that goes backwards is refused and written down', async () => {
      const somebody = await person();
      expectDone(await add(somebody, { counter: 5 }));
      const { device, id } = somebody;
      expect((await signIn(device.use(await challenge(), { counter: 7 }))).status).toBe(200);
      for (const counter of [7, 6, 0])
        expect(await refusalOf(device.use(await challenge(), { counter }))).toEqual([
          ...[401, 'PASSKEY_COPIED', undefined],
        ]);
      expect((await actionsOf(id)).map(([action]) => action)).toEqual([
        ...['passkey.refuse', 'passkey.refuse', 'passkey.refuse', 'passkey.sign-in'],
      ]);
      expect((await signIn(device.use(await challenge(), { counter: 8 }))).status).toBe(200);
    });

    test('another person’s passkey, an unknown one and a removed one let nobody in', async () => {
      const [arthur, ford] = [await keeper(), await keeper()];
      const used = ford.device.use(await challenge());
      const handle = Buffer.from(arthur.id).toString('base64url');
      // As ford, with a claim to be arthur; and with the name of arthur's passkey on ford's signature.
      expect(await refusalOf({ ...used, userHandle: handle })).toEqual(WRONG);
      const arthurs = arthur.device.use(await challenge());
      const mixed = { ...ford.device.use(await challenge()), id: arthurs.id, userHandle: handle };
      expect(await refusalOf(mixed)).toEqual(WRONG);
      const stranger = new SoftAuthenticator(party());
      stranger.make({ challenge: 'x', user: { id: handle } });
      expect(await refusalOf(stranger.use(await challenge()))).toEqual(WRONG);
      expectDone(await removePasskey(site.context, arthur.id, arthur.passkey.id));
      expect(await refusalOf(arthur.device.use(await challenge()))).toEqual(WRONG);
    });

    test('the operator sees what somebody has, and removes what was stolen', async () => {
      const { id, email, device, passkey } = await keeper();
      const run = (name: string, input: Record<string, string>) =>
        PASSKEY_COMMANDS.find((command) => command.name === name)?.run(site.context, input);
      expect(await run('users passkeys', { user: email })).toMatchObject({
        passkeys: [{ id: passkey.id, name: 'laptop', host: 'localhost', synced: false, last_used_at: null }],
      });
      const remove = { user: id, passkey: passkey.id };
      expect(await run('users passkey-remove', remove)).toEqual({ email, name: 'laptop' });
      expect(await run('users passkey-remove', remove)).toMatchObject({ code: 'unknown-passkey' });
      expect(await refusalOf(device.use(await challenge()))).toEqual(WRONG);
    });

    test('whoever was banned is refused as they are with a password', async () => {
      const { id, email, device } = await keeper();
      await storage.accounts.setUserBanned(id, true);
      const byPassword = await site.browser().post('/api/auth/sign-in/email', { email, password: PASSWORD });
      const byPasskey = await signIn(device.use(await challenge()));
      expect([byPasskey.status, await byPasskey.json()]).toEqual([403, await byPassword.json()]);
      expect(await actionsOf(id)).toEqual([]);
      await storage.accounts.setUserBanned(id, false);
      expect((await signIn(device.use(await challenge()))).status).toBe(200);
    });

    test.each<[string, Oddities]>([
      ['from another origin', { origin: 'https://evil.example' }],
      ['for another server', { rpId: 'evil.example' }],
      ['without asking who is there', { isVerified: false }],
      ['by another ceremony', { type: 'webauthn.get' }],
      ['with a certificate, whose addresses would be fetched', { attest: certified }],
      [
        'with a statement that only certificates prove',
        { attest: () => ({ fmt: 'apple', attStmt: new Map() }) },
      ],
    ])('a passkey that is made %s is not kept', async (_, odd) => {
      expect(await add(await person(), odd)).toMatchObject({ code: 'passkey-not-taken' });
    });

    test('an authenticator that says with its own key that it made one is believed', async () => {
      const attest: Oddities['attest'] = (signed, key) => ({
        fmt: 'packed',
        attStmt: new Map<string, number | Buffer>([
          ['alg', -7],
          ['sig', sign('sha256', signed, key)],
        ]),
      });
      expect(isRefusal(await add(await person(), { attest }))).toBeFalse();
    });

    test('what was made in one session is kept in no other, and once', async () => {
      const arthur = await person();
      const made = arthur.device.make(await begin(arthur.browser));
      const elsewhere = site.browser();
      await elsewhere.post('/api/auth/sign-in/email', { email: arthur.email, password: PASSWORD });
      const taken = async (browser: Browser) => addPasskey(ports(), await signedIn(browser), 'x', made);
      expect(await taken(elsewhere)).toMatchObject({ code: 'passkey-not-taken' });
      expect(await taken((await person()).browser)).toMatchObject({ code: 'passkey-not-taken' });
      expect(isRefusal(await taken(arthur.browser))).toBeFalse();
      expect(await taken(arthur.browser)).toMatchObject({ code: 'passkey-not-taken' });
    });

    test('a passkey belongs to one person, and a person has twenty at most, however many are added at once', async () => {
      const somebody = await person();
      const begun = await Promise.all(Array.from({ length: 24 }, () => begin(somebody.browser)));
      const own = await signedIn(somebody.browser);
      await Promise.all(begun.map((options) => addPasskey(ports(), own, 'x', somebody.device.make(options))));
      const all = [{ field: 'userId', operator: 'eq', value: somebody.id }] as const;
      expect(await storage.auth.count('passkey', { all, any: [] })).toBeLessThanOrEqual(20);
      const full = await person();
      for (let made = 0; made < 20; made += 1) expectDone(await add(full));
      expect(await beginPasskey(ports(), await signedIn(full.browser))).toMatchObject({
        code: 'too-many-passkeys',
      });
    });

    test('whoever made an account with somebody else’s address keeps no passkey of it', async () => {
      const thief = await keeper();
      const all = [{ field: 'id', operator: 'eq', value: thief.id }] as const;
      await storage.auth.update('user', { all, any: [] }, { selfMade: 1 });
      await site.browser().post('/api/auth/mail/forgot', { email: thief.email });
      const letter = await site.letterTo(thief.email);
      const token = /#token=([0-9a-f]+)/.exec(letter.text)?.[1];
      const reset = { token, newPassword: 'mostly harmless' };
      expect((await site.browser().post('/api/auth/mail/reset', reset)).status).toBe(200);
      expect(await refusalOf(thief.device.use(await challenge()))).toEqual(WRONG);
    });

    test('passkeys belong to the public address, and where browsers allow none nobody is asked', async () => {
      const ways = async (at: SignInServer) =>
        (await (await at.browser().get('/api/auth/ways')).json()) as { passkeyOrigin: string | null };
      expect((await ways(site)).passkeyOrigin).toBe(site.url.replace('127.0.0.1', 'localhost'));
      const secure = openSignInServer(storage, { publicUrl: 'https://llm.example.com' });
      expect((await ways(secure)).passkeyOrigin).toBe('https://llm.example.com');
      const asked = await secure.browser().post('/api/auth/passkey/challenge');
      expect(await asked.json()).toMatchObject({ rpId: 'llm.example.com' });
      await secure.stop();
      const plain = openSignInServer(storage, { publicUrl: 'http://192.168.0.7:7070' });
      expect((await ways(plain)).passkeyOrigin).toBeNull();
      const refused = await plain.browser().post('/api/auth/passkey/challenge');
      expect([refused.status, await refused.json()]).toMatchObject([400, { code: 'PASSKEYS_NOT_HERE' }]);
      await plain.stop();
    });

    test('whoever tries passkey after passkey waits, and other pages are not heard', async () => {
      const braked = openSignInServer(storage);
      const { device } = await keeper();
      const used = device.use('bm8gY2hhbGxlbmdl');
      const statuses: number[] = [];
      for (let guess = 0; guess < 52; guess += 1)
        statuses.push((await braked.browser().post('/api/auth/sign-in/passkey', used)).status);
      expect(statuses.slice(48)).toEqual([401, 401, 429, 429]);
      const foreign = { origin: 'https://evil.example' };
      for (const path of ['/sign-in/passkey', '/passkey/challenge'])
        expect((await site.browser().post(`/api/auth${path}`, used, foreign)).status).toBe(403);
      const challenges = await Promise.all(
        Array.from({ length: 301 }, async () => {
          return (await braked.browser().post('/api/auth/passkey/challenge')).status;
        }),
      );
      expect(challenges.filter((status) => status === 429)).toHaveLength(1);
      await braked.stop();
      expect(site.failures).toEqual([]);
    });
  });
}
