import { afterAll, beforeAll, expect, test } from 'bun:test';
import { describeOn, ENGINES, type OpenedEngine } from '../conformance/engines.ts';
import { openTestApi, type TestApi, type TestPerson } from '../fakes/test-api.ts';

/** Where somebody is signed in, as they see it and end it. */

for (const engine of ENGINES) {
  describeOn(engine, 'own sessions', () => {
    let opened: OpenedEngine;
    let api: TestApi;
    let arthur: TestPerson;
    let ford: TestPerson;

    const add = (userId: string, id: string, more: Record<string, string> = {}) =>
      opened.storage.auth.insert('session', {
        ...{
          id,
          userId,
          token: `token-of-${id}`,
          createdAt: at(0),
          updatedAt: at(0),
          expiresAt: at(3_600_000),
        },
        ...{ ipAddress: '::ffff:192.168.0.7', userAgent: 'Mozilla/5.0 (X11; Linux) Firefox/140.0' },
        ...more,
      });
    const at = (laterMs: number) => new Date(api.clock.nowMs() + laterMs).toISOString();
    const idsOf = async (person: TestPerson) =>
      (await api.ask(person, 'GET', '/me/security')).body.sessions.map(({ id }: { id: string }) => id).sort();

    beforeAll(async () => {
      opened = await engine.open();
      api = openTestApi(opened.storage);
      arthur = await api.person('arthur@example.com');
      ford = await api.person('ford@example.com');
      await add(arthur.userId, arthur.sessionId);
      await add(arthur.userId, 'phone', {
        createdAt: at(-1),
        ipAddress: '2001:db8:0:0:0:0:0:1',
        userAgent: '',
      });
      await add(arthur.userId, 'tablet', { createdAt: at(-2) });
      await add(arthur.userId, 'long ago', { expiresAt: at(-1) });
      await add(ford.userId, 'fords');
    });
    afterAll(() => opened.dispose());

    test('they are shown in words, without what opens them', async () => {
      const { body, text } = await api.ask(arthur, 'GET', '/me/security');
      expect(body).toMatchObject({ hasPassword: false, isEmailConfirmed: false, isTwoFactorOn: false });
      expect(body.sessions.map(({ id }: { id: string }) => id)).toEqual([
        arthur.sessionId,
        'phone',
        'tablet',
      ]);
      expect(body.sessions[0]).toMatchObject({
        isCurrent: true,
        device: { browser: 'Firefox', system: 'Linux' },
        place: { reach: 'local-network', address: '192.168.0.7' },
      });
      expect(body.sessions[1]).toMatchObject({
        isCurrent: false,
        device: { browser: null, system: null },
        place: { reach: 'elsewhere', address: '2001:db8::1' },
      });
      expect(text).not.toContain('token-of-');
    });

    test('one is ended, never somebody else’s, and then all others', async () => {
      expect((await api.ask(arthur, 'DELETE', '/me/sessions/fords')).status).toBe(404);
      expect(await idsOf(ford)).toEqual(['fords']);
      expect((await api.ask(arthur, 'DELETE', '/me/sessions/tablet')).status).toBe(200);
      expect((await api.ask(arthur, 'DELETE', '/me/sessions/tablet')).status).toBe(404);
      expect(await idsOf(arthur)).toEqual([arthur.sessionId, 'phone'].sort());
      expect((await api.ask(arthur, 'DELETE', '/me/sessions')).status).toBe(200);
      expect(await idsOf(arthur)).toEqual([arthur.sessionId]);
      expect(await idsOf(ford)).toEqual(['fords']);
    });
  });
}
