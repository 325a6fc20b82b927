import { afterAll, beforeAll, expect, test } from 'bun:test';
import { sessionsOf } from '../../src/identity/sign-in/sessions.ts';
import { systemClock } from '../../src/process/system-clock.ts';
import type { Storage } from '../../src/storage/storage.ts';
import { describeOn, ENGINES, type OpenedEngine } from '../conformance/engines.ts';
import { Browser } from '../fakes/browser.ts';
import { openSignInServer, type SignInServer } from '../fakes/sign-in-server.ts';

/** The wire of sign-in over HTTP, with an installation that lets strangers in. */

const PASSWORD = 'so long and thanks';

for (const engine of ENGINES) {
  describeOn(engine, 'sign-in', () => {
    let opened: OpenedEngine;
    let storage: Storage;
    let server: SignInServer;
    let readSession: SignInServer['readSession'];
    let people = 0;

    beforeAll(async () => {
      opened = await engine.open();
      storage = opened.storage;
      server = openSignInServer(storage, { isOpen: true });
      readSession = server.readSession;
    });
    afterAll(async () => {
      await server.stop();
      await opened.dispose();
    });

    const signUp = async () => {
      people += 1;
      const browser = new Browser(server.url);
      const email = `person${people}@example.com`;
      const answer = await browser.post('/api/auth/sign-up/email', { email, name: 'P', password: PASSWORD });
      expect(answer.status).toBe(200);
      const user = await storage.accounts.findUser(email);
      if (user === undefined) throw new Error('nobody was made');
      return { browser, email, user };
    };
    const whoIs = (browser: Browser) => readSession(new Headers({ cookie: browser.cookie }));

    test('whoever signs up has a team and the credit once, and is signed in', async () => {
      const { browser, user, email } = await signUp();
      expect(await whoIs(browser)).toMatchObject({ userId: user.id, email, role: 'user' });
      const [team] = await storage.accounts.organizationsOf(user.id);
      expect(team).toMatchObject({ personal: true });
      expect((await storage.ledger.balance(team?.id ?? ''))?.availableTicks).toBe(250_000_000_000n);
      const again = await browser.post('/api/auth/sign-up/email', { email, name: 'P', password: PASSWORD });
      expect(again.status).toBe(422);
      expect((await storage.ledger.balance(team?.id ?? ''))?.availableTicks).toBe(250_000_000_000n);
    });

    test('the session ends at once when it is signed out, revoked, or its person banned', async () => {
      const { browser, email, user } = await signUp();
      const kept = browser.cookie;
      expect((await browser.post('/api/auth/sign-out')).status).toBe(200);
      expect(await readSession(new Headers({ cookie: kept }))).toBeUndefined();
      const other = new Browser(server.url);
      expect((await other.post('/api/auth/sign-in/email', { email, password: PASSWORD })).status).toBe(200);
      expect(await whoIs(other)).toMatchObject({ userId: user.id });
      await storage.accounts.setUserBanned(user.id, true);
      expect(await (await other.get('/api/auth/get-session')).json()).toBeNull();
      expect(await whoIs(other)).toBeUndefined();
      const banned = await new Browser(server.url).post('/api/auth/sign-in/email', {
        email,
        password: PASSWORD,
      });
      expect(banned.status).toBe(403);
      expect(await banned.json()).toMatchObject({ code: 'BANNED' });
    });

    test('a changed password ends the other sessions, and the old one opens nothing', async () => {
      const { browser, email } = await signUp();
      const other = new Browser(server.url);
      await other.post('/api/auth/sign-in/email', { email, password: PASSWORD });
      const change = {
        currentPassword: PASSWORD,
        newPassword: 'mostly harmless',
        revokeOtherSessions: false,
      };
      expect((await browser.post('/api/auth/change-password', change)).status).toBe(200);
      expect(await whoIs(other)).toBeUndefined();
      expect(await whoIs(browser)).toBeDefined();
      expect((await other.post('/api/auth/sign-in/email', { email, password: PASSWORD })).status).toBe(401);
      const changed = { email, password: 'mostly harmless' };
      expect((await other.post('/api/auth/sign-in/email', changed)).status).toBe(200);
    });

    test('a session says from where and by what it was begun', async () => {
      const { user } = await signUp();
      const [session] = await sessionsOf({ auth: storage.auth, clock: systemClock }, user.id);
      expect(session).toMatchObject({ place: { reach: 'this-machine', address: '127.0.0.1' } });
    });

    test('nobody makes themselves an administrator', async () => {
      for (const more of [
        { role: 'owner' },
        { banned: false, role: 'administrator' },
        { emailVerified: true },
      ]) {
        people += 1;
        const email = `person${people}@example.com`;
        await new Browser(server.url).post('/api/auth/sign-up/email', {
          ...{ email, name: 'P', password: PASSWORD },
          ...more,
        });
        expect((await storage.accounts.findUser(email))?.role ?? 'user').toBe('user');
        const all = [{ field: 'email', operator: 'eq', value: email }] as const;
        const [row] = await storage.auth.find('user', { all, any: [], limit: 1 });
        expect(row?.emailVerified ?? 0).toBe(0);
      }
    });

    test('a session that somebody planted is not the one that sign-in gives', async () => {
      const { email } = await signUp();
      const victim = new Browser(server.url);
      victim.plant('turnpike.session_token', 'planted.signature');
      await victim.post('/api/auth/sign-in/email', { email, password: PASSWORD });
      expect(victim.cookie).not.toContain('planted');
      expect(await whoIs(victim)).toMatchObject({ email });
      expect(victim.setCookies.get('turnpike.session_token')).toMatch(/HttpOnly/i);
      expect(victim.setCookies.get('turnpike.session_token')).toMatch(/SameSite=Lax/i);
    });

    test('an unknown account and a wrong password are answered alike', async () => {
      const { email } = await signUp();
      const answers = await Promise.all(
        [email, 'nobody@example.com'].map(async (address) => {
          const wrong = { email: address, password: 'vogon poetry' };
          const response = await new Browser(server.url).post('/api/auth/sign-in/email', wrong);
          return [response.status, await response.text()];
        }),
      );
      expect(answers[0]).toEqual(answers[1]);
      expect(answers[0]?.[0]).toBe(401);
    });

    test('passwords that are short, endless or everybody’s are not taken', async () => {
      const codes: unknown[] = [];
      for (const password of ['short', 'x'.repeat(5_000), 'Password123', 'aaaaaaaaaaaa']) {
        people += 1;
        const body = { email: `person${people}@example.com`, name: 'P', password };
        const response = await new Browser(server.url).post('/api/auth/sign-up/email', body);
        codes.push(((await response.json()) as { code: string }).code);
        expect(await storage.accounts.findUser(body.email)).toBeUndefined();
      }
      const [short, long, common] = ['SHORT', 'LONG', 'COMMON'].map((what) => `PASSWORD_TOO_${what}`);
      expect(codes).toEqual([short, long, common, common]);
    });

    test('only our own pages are heard, only what they use is there, and no answer is kept', async () => {
      const browser = new Browser(server.url);
      const body = { email: 'nobody@example.com', password: PASSWORD };
      const path = '/api/auth/sign-in/email';
      const foreign = await browser.post(path, body, { origin: 'https://evil.example' });
      expect([foreign.status, foreign.headers.get('access-control-allow-origin')]).toEqual([403, null]);
      expect((await browser.post(path, body, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
      expect((await browser.post(path, body, { 'content-type': 'text/plain' })).status).toBe(415);
      expect((await browser.post(path, { ...body, padding: 'x'.repeat(20_000) })).status).toBe(413);
      for (const closed of [
        '/delete-user',
        '/update-user',
        '/revoke-sessions',
        '/two-factor/send-otp',
        '/two-factor/get-totp-uri',
        '/admin/set-role',
        '/sign-in/email/..%2fok',
        '/error',
      ])
        expect((await browser.post(`/api/auth${closed}`)).status).toBe(404);
      for (const closed of ['/ok', '/error', '/list-sessions', '/callback/github'])
        expect((await browser.get(`/api/auth${closed}`)).status).toBe(404);
      const nobody = await browser.get('/api/auth/get-session');
      expect([nobody.status, await nobody.json(), nobody.headers.get('cache-control')]).toEqual([
        200,
        null,
        'no-store',
      ]);
    });

    test('whoever guesses at an account waits, also with twenty guesses at once', async () => {
      const guesses = Array.from({ length: 20 }, () =>
        new Browser(server.url).post('/api/auth/sign-in/email', {
          email: 'target@example.com',
          password: 'guess',
        }),
      );
      const statuses = (await Promise.all(guesses)).map(({ status }) => status);
      expect(statuses.filter((status) => status === 401)).toHaveLength(10);
      expect(statuses.filter((status) => status === 429)).toHaveLength(10);
    });
  });
}
