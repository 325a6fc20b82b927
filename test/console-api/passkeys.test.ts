import { afterAll, beforeAll, expect, test } from 'bun:test';
import { setPassword } from '../../src/identity/sign-in/set-password.ts';
import type { Mail, Mailer } from '../../src/ports/mailer.ts';
import { describeOn, ENGINES, type OpenedEngine } from '../conformance/engines.ts';
import { SoftAuthenticator } from '../fakes/soft-authenticator.ts';
import { openTestApi, type TestApi, type TestPerson } from '../fakes/test-api.ts';

/** The passkeys that somebody has, as their page adds, names and removes them. */

const PASSWORD = 'so long and thanks';

for (const engine of ENGINES) {
  describeOn(engine, 'own passkeys', () => {
    const opened: OpenedEngine[] = [];
    let people = 0;
    const letters: Mail[] = [];
    const apis = new Map<Mailer['kind'], TestApi>();

    beforeAll(async () => {
      for (const kind of ['server', 'folder'] as const) {
        const one = await engine.open();
        opened.push(one);
        const mailer: Mailer = {
          ...{ kind, place: '/nowhere', deliver: async () => 'sent', check: async () => 'ready' },
          post: (mail) => void letters.push(mail),
          close: async () => {},
        };
        apis.set(kind, openTestApi(one.storage, { mail: { mailer, host: 'llm.example.com' } }));
      }
    });
    afterAll(async () => {
      for (const one of opened) await one.dispose();
    });

    const apiOf = (kind: Mailer['kind']) => {
      const api = apis.get(kind);
      if (api === undefined) throw new Error('the tests have not begun');
      return api;
    };
    const device = () => new SoftAuthenticator({ id: 'llm.example.com', origin: 'https://llm.example.com' });

    /** Somebody new; where letters only reach a folder when `kind` says so. */
    const visitor = async ({ kind = 'server' as Mailer['kind'], password = '' } = {}) => {
      const api = apiOf(kind);
      people += 1;
      const person = await api.person(`${kind}${people}@example.com`);
      if (password !== '') await setPassword(api.ports, person.userId, password);
      const ask = (method: string, path: string, body?: unknown) =>
        api.ask(person, method, `/me${path}`, body);
      const add = async (name = 'laptop', proof: object = password === '' ? {} : { password }) => {
        const options = await ask('POST', '/passkeys/options', proof);
        if (options.status !== 200) return options;
        return ask('POST', '/passkeys', { name, credential: device().make(options.body) });
      };
      const security = async () => (await ask('GET', '/security')).body;
      return { api, person, ask, add, security };
    };
    const activityOf = async ({ userId }: TestPerson) =>
      (await apiOf('server').ports.activity.list({ actor: userId }, { limit: 50 })).rows;

    test('one is added with the password, shown, and its person is told by letter', async () => {
      const { person, ask, add, security } = await visitor({ password: PASSWORD });
      const options = await ask('POST', '/passkeys/options', { password: PASSWORD });
      expect(options.body).toMatchObject({
        rp: { id: 'llm.example.com', name: 'Turnpike' },
        user: { name: person.email },
        ...{ attestation: 'none', excludeCredentials: [] },
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      });
      const added = await add('  Arthur’s phone ');
      expect([added.status, added.body]).toMatchObject([
        201,
        { name: 'Arthur’s phone', host: 'llm.example.com', isBackedUp: false, lastUsedAtMs: null },
      ]);
      expect(await security()).toMatchObject({
        passkeys: [added.body],
        ...{ passkeyOrigin: 'https://llm.example.com', otherWayIn: 'password' },
      });
      const letter = letters.find(({ to }) => to === person.email);
      expect(letter?.subject).toBe('Turnpike: a passkey was added to your account');
      // The next one is not made where this one is.
      const next = await ask('POST', '/passkeys/options', { password: PASSWORD });
      expect(next.body.excludeCredentials).toHaveLength(1);
    });

    test('whoever has a password says it again; whoever has none has signed in of late', async () => {
      const { ask, add, security } = await visitor({ password: PASSWORD });
      for (const proof of [{}, { password: 'vogon poetry' }]) {
        const refused = await add('x', proof);
        expect([refused.status, refused.body.error.code]).toEqual([422, 'wrong-password']);
      }
      expect((await security()).passkeys).toEqual([]);
      expect((await ask('POST', '/passkeys/options', { password: PASSWORD })).status).toBe(200);
      const { api, add: addLate } = await visitor();
      await api.clock.advance(15 * 60_000);
      expect((await addLate()).status).toBe(201);
      await api.clock.advance(1);
      const late = await addLate();
      expect([late.status, late.body.error.code]).toEqual([401, 'sign-in-again']);
    });

    test('a password cannot be guessed at here', async () => {
      const { api, person } = await visitor({ password: PASSWORD });
      const statuses: number[] = [];
      for (let guess = 0; guess < 22; guess += 1) {
        const body = { password: `guess ${guess}` };
        statuses.push((await api.ask(person, 'POST', '/me/passkeys/options', body)).status);
      }
      expect(statuses.at(-1)).toBe(429);
      await api.clock.advance(15 * 60_000);
    });

    test('it is renamed, and removed with the password; both are written down, and no secret is', async () => {
      const { person, ask, add, security } = await visitor({ password: PASSWORD });
      const { body: passkey } = await add('laptop');
      const path = `/passkeys/${passkey.id}`;
      expect((await ask('PATCH', path, { name: 'bad\u0000name' })).body.error.code).toBe('bad-name');
      expect((await ask('PATCH', path, { name: 'work laptop' })).body.name).toBe('work laptop');
      for (const proof of [{}, { password: 'vogon poetry' }])
        expect((await ask('POST', `${path}/remove`, proof)).body.error.code).toBe('wrong-password');
      expect((await security()).passkeys).toHaveLength(1);
      expect((await ask('POST', `${path}/remove`, { password: PASSWORD })).status).toBe(200);
      expect((await ask('POST', `${path}/remove`, { password: PASSWORD })).status).toBe(404);
      expect((await security()).passkeys).toEqual([]);
      const rows = await activityOf(person);
      expect(rows.map(({ action, subject }) => [action, subject])).toEqual([
        ['passkey.remove', 'work laptop'],
        ['passkey.rename', 'laptop'],
        ['passkey.add', 'laptop'],
      ]);
      expect(rows[1]?.changes).toEqual([{ field: 'name', before: 'laptop', after: 'work laptop' }]);
      expect(JSON.stringify(rows)).not.toContain(PASSWORD);
    });

    test('the last way in is not removed, and is again when there is another one', async () => {
      const { api, person, ask, add, security } = await visitor({ kind: 'folder' });
      const { body: passkey } = await add();
      expect((await security()).otherWayIn).toBeNull();
      const remove = () => ask('POST', `/passkeys/${passkey.id}/remove`, {});
      const refused = await remove();
      expect([refused.status, refused.body.error.code]).toEqual([422, 'last-way-in']);
      // A key of another address is no way in, and does not stand in the way of going either.
      await api.ports.auth.insert('passkey', {
        ...{ id: `old-${people}`, userId: person.userId, name: 'old', rpId: 'old.example.com', counter: 0 },
        ...{ credentialId: `old-${people}`, publicKey: 'x', transports: '[]', backedUp: 0 },
        ...{ createdAt: new Date(api.clock.nowMs()).toISOString(), lastUsedAt: null },
      });
      expect((await remove()).body.error.code).toBe('last-way-in');
      expect((await ask('POST', `/passkeys/old-${people}/remove`, {})).status).toBe(200);
      await add('another');
      expect((await remove()).status).toBe(200);
      // Where letters arrive, a code by letter is a way in.
      const other = await visitor();
      const { body: only } = await other.add();
      expect((await other.security()).otherWayIn).toBe('mail');
      expect((await other.ask('POST', `/passkeys/${only.id}/remove`, {})).status).toBe(200);
    });
  });
}
