import { afterAll, beforeAll, beforeEach, expect, test } from 'bun:test';
import { createUser } from '../../src/identity/create-user.ts';
import type { Storage } from '../../src/storage/storage.ts';
import { describeOn, ENGINES, type OpenedEngine } from '../conformance/engines.ts';
import type { Browser } from '../fakes/browser.ts';
import { type OidcServer, startOidcServer } from '../fakes/oidc-server.ts';
import { openSignInServer, type SignInServer } from '../fakes/sign-in-server.ts';
import { expectDone } from '../fakes/test-accounts.ts';

/** Signing in by a provider: a real one over HTTP, which speaks OpenID Connect. */

for (const engine of ENGINES) {
  describeOn(engine, 'a provider', () => {
    let opened: OpenedEngine;
    let storage: Storage;
    let provider: OidcServer;
    let site: SignInServer;
    let people = 0;

    beforeAll(async () => {
      opened = await engine.open();
      storage = opened.storage;
      provider = startOidcServer();
      const { issuer, clientId, clientSecret } = provider;
      site = openSignInServer(storage, {
        providers: {
          github: { clientId: 'hub', clientSecret: 'hub-secret' },
          oidc: { issuer, clientId, clientSecret, name: 'Harbor SSO' },
        },
      });
    });
    afterAll(async () => {
      await site.stop();
      await provider.stop();
      await opened.dispose();
    });
    beforeEach(() => {
      Object.assign(provider, { twist: (claims: object) => claims, isForged: false, isAway: false });
    });

    /** Somebody whom the operator made, with an address that is confirmed or not, and the same at the provider. */
    const person = async (isConfirmed: boolean) => {
      people += 1;
      const email = `person${people}@example.com`;
      const { user } = expectDone(await createUser(site.context, { email, role: 'user' }));
      const all = [{ field: 'id', operator: 'eq', value: user.id }] as const;
      if (isConfirmed) await storage.auth.update('user', { all, any: [] }, { emailVerified: 1 });
      provider.person = { sub: `sub-${people}`, email, email_verified: true };
      return { email, id: user.id };
    };
    const begin = async (browser: Browser, body: object = { callbackURL: '/console/keys' }) => {
      const answer = await browser.post('/api/auth/sign-in/social', { provider: 'oidc', ...body });
      return { status: answer.status, url: ((await answer.json()) as { url?: string }).url ?? '' };
    };
    /** To the provider, which sends back; the answer is the address of the callback. */
    const atProvider = async (url: string) => {
      const sent = await fetch(url, { redirect: 'manual' });
      return new URL(sent.headers.get('location') ?? '');
    };
    const comeBack = async (browser: Browser, back: URL) => {
      const answer = await browser.get(back.pathname + back.search);
      return { status: answer.status, location: answer.headers.get('location') ?? '' };
    };
    const through = async (browser: Browser, body?: object) =>
      comeBack(browser, await atProvider((await begin(browser, body)).url));
    const whoIs = (browser: Browser) => site.readSession(new Headers({ cookie: browser.cookie }));

    test('what is configured is shown, and nothing else', async () => {
      const ways = await (await site.browser().get('/api/auth/ways')).json();
      expect(ways).toMatchObject({
        providers: [
          { id: 'github', name: 'GitHub' },
          { id: 'oidc', name: 'Harbor SSO' },
        ],
      });
      expect(JSON.stringify(ways)).not.toMatch(/secret|hub-/);
      const google = await site.browser().post('/api/auth/sign-in/social', { provider: 'google' });
      expect(google.status).toBe(404);
    });

    test('somebody with a confirmed address is signed in, also when the address changes at the provider', async () => {
      const { email, id } = await person(true);
      const browser = site.browser();
      expect(await through(browser)).toEqual({ status: 302, location: '/console/keys' });
      expect(await whoIs(browser)).toMatchObject({ userId: id, email });
      provider.person = { ...provider.person, email: 'elsewhere@example.com' };
      const again = site.browser();
      await through(again);
      expect(await whoIs(again)).toMatchObject({ userId: id, email });
    });

    test('state, nonce and PKCE go along, to our own callback', async () => {
      await person(true);
      const { url } = await begin(site.browser());
      const asked = new URL(url).searchParams;
      expect(asked.get('redirect_uri')).toBe(`${site.url}/api/auth/callback/oidc`);
      expect(asked.get('code_challenge_method')).toBe('S256');
      for (const name of ['state', 'nonce', 'code_challenge'])
        expect((asked.get(name) ?? '').length).toBeGreaterThan(20);
      const hub = await site.browser().post('/api/auth/sign-in/social', { provider: 'github' });
      const { url: hubUrl } = (await hub.json()) as { url: string };
      expect(hubUrl).toStartWith('https://github.com/login/oauth/authorize?');
      expect(new URL(hubUrl).searchParams.get('state')).not.toBeNull();
      expect(hubUrl).not.toContain('hub-secret');
    });

    test('a stranger is refused in words and is not made', async () => {
      provider.person = { sub: 'stranger', email: 'stranger@example.com', email_verified: true };
      const browser = site.browser();
      expect(await through(browser)).toEqual({ status: 302, location: '/sign-in?error=signup_disabled' });
      expect(await whoIs(browser)).toBeUndefined();
      expect(await storage.accounts.findUser('stranger@example.com')).toBeUndefined();
    });

    test('an account is linked by addresses that both sides have confirmed, and by no others', async () => {
      await person(false);
      const browser = site.browser();
      expect(await through(browser)).toEqual({ status: 302, location: '/sign-in?error=account_not_linked' });
      expect(await whoIs(browser)).toBeUndefined();
      await person(true);
      provider.person = { ...provider.person, email_verified: false };
      expect(await through(browser)).toEqual({ status: 302, location: '/sign-in?error=account_not_linked' });
      expect(await whoIs(browser)).toBeUndefined();
    });

    test('what another browser began, or what was used, ends nowhere', async () => {
      await person(true);
      const [victim, thief] = [site.browser(), site.browser()];
      const back = await atProvider((await begin(thief)).url);
      expect((await comeBack(victim, back)).location).toContain('error=state_mismatch');
      expect(await whoIs(victim)).toBeUndefined();
      const own = site.browser();
      const used = await atProvider((await begin(own)).url);
      await comeBack(own, used);
      expect((await comeBack(own, used)).location).toContain('/sign-in?error=');
      const nothing = await comeBack(
        site.browser(),
        new URL('/api/auth/callback/oidc?code=x&state=y', site.url),
      );
      expect(nothing.location).toContain('error=');
    });

    test('an ID token with another nonce, audience or issuer, an old one and a forged one are worth nothing', async () => {
      await person(true);
      const twists: OidcServer['twist'][] = [
        (claims) => ({ ...claims, nonce: 'other' }),
        (claims) => ({ ...claims, aud: 'another-client' }),
        (claims) => ({ ...claims, iss: 'https://evil.example' }),
        (claims) => ({ ...claims, exp: 1 }),
      ];
      for (const twist of twists) {
        provider.twist = twist;
        const browser = site.browser();
        expect((await through(browser)).location).toContain('/sign-in?error=');
        expect(await whoIs(browser)).toBeUndefined();
      }
      provider.twist = (claims) => claims;
      provider.isForged = true;
      const browser = site.browser();
      await through(browser);
      expect(await whoIs(browser)).toBeUndefined();
    });

    test('afterwards one is on this server, wherever the link wanted to go', async () => {
      await person(true);
      for (const callbackURL of [
        'https://evil.example',
        '//evil.example',
        '/\\evil.example',
        'evil.example',
        '/a\nb',
        7,
      ])
        expect(await through(site.browser(), { callbackURL })).toEqual({ status: 302, location: '/console' });
      provider.person = { sub: 'x', email: 'y@example.com', email_verified: true };
      const body = { callbackURL: '/console', errorCallbackURL: 'https://evil.example', requestSignUp: true };
      expect((await through(site.browser(), body)).location).toBe('/sign-in?error=signup_disabled');
      const own = await site
        .browser()
        .post('/api/auth/sign-in/social', { provider: 'oidc', idToken: { token: 'x' } });
      expect(((await own.json()) as { url?: string }).url).toContain(provider.issuer);
    });

    test('who is banned stays out, and who has a second factor is asked for it', async () => {
      const banned = await person(true);
      await storage.accounts.setUserBanned(banned.id, true);
      const browser = site.browser();
      expect((await through(browser)).location).toStartWith('/sign-in?error=BANNED');
      expect(await whoIs(browser)).toBeUndefined();
      const guarded = await person(true);
      const all = [{ field: 'id', operator: 'eq', value: guarded.id }] as const;
      await storage.auth.update('user', { all, any: [] }, { twoFactorEnabled: 1 });
      const careful = site.browser();
      expect(await through(careful)).toEqual({ status: 302, location: '/sign-in?step=second' });
      expect(await whoIs(careful)).toBeUndefined();
      expect(careful.cookie).toContain('two_factor');
    });

    test('a provider that is away is said to be, and is asked again by the next', async () => {
      const { issuer, clientId, clientSecret } = provider;
      const other = openSignInServer(storage, {
        providers: { oidc: { issuer, clientId, clientSecret, name: 'SSO' } },
      });
      provider.isAway = true;
      const { email } = await person(true);
      const browser = other.browser();
      expect((await begin(browser)).status).toBeGreaterThanOrEqual(400);
      // Everybody else signs in as before.
      const wrong = await browser.post('/api/auth/sign-in/email', { email, password: 'vogon poetry' });
      expect(wrong.status).toBe(401);
      provider.isAway = false;
      expect((await through(browser)).location).toBe('/console/keys');
      await other.stop();
    });

    test('no token of the provider is kept, and its secret is nowhere', async () => {
      const rows = JSON.stringify(await storage.auth.find('account', { all: [], any: [], limit: 100 }));
      expect(rows).toContain('sub-');
      expect(rows).not.toMatch(/canary|eyJ/);
      expect(site.failures.join()).not.toContain('canary');
    });
  });
}
