import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { describeOn, ENGINES, type OpenedEngine } from '../conformance/engines.ts';
import { NOON_MS } from '../conformance/samples.ts';
import { settled } from '../fakes/manual-clock.ts';
import { type InhabitedApi, inhabitedApi } from './inhabited-api.ts';
import { USED_TICKS, usedRequest } from './used-request.ts';

const SIGN_UP_TICKS = 250_000_000_000n;

/** What the operator's pages do, and that each change is written down without its secrets. */
for (const engine of ENGINES) {
  describeOn(engine, 'the pages of the operator', () => {
    let opened: OpenedEngine;
    let world: InhabitedApi;
    const ask = (method: string, path: string, body?: unknown) =>
      world.api.ask(world.zaphod, method, `/operator${path}`, body);
    const latestActivity = async () => (await ask('GET', '/activity?limit=1')).body.rows[0];

    beforeAll(async () => {
      opened = await engine.open();
      world = await inhabitedApi(opened.storage);
    });
    afterAll(() => opened.dispose());

    test('the overview adds up all teams', async () => {
      const { body } = await ask('GET', '/overview');
      expect(body.today).toMatchObject({ requests: 2, costTicks: String(2n * USED_TICKS) });
      expect(body.days).toHaveLength(14);
      expect(body.points).toMatchObject([
        { model: 'grok-beta', atMs: body.days.at(-1).atMs, requests: 2, costTicks: String(2n * USED_TICKS) },
      ]);
      expect(body.channels).toMatchObject([{ channel: 'vogon', requests: 2 }]);
      expect(body.balances.availableTicks).toBe(String(3n * SIGN_UP_TICKS - 2n * USED_TICKS));
      expect(body.people).toBe(3);
    });

    describe('codes', () => {
      test('are shown once, redeemed once by a team, and their credit is in the books', async () => {
        const made = await ask('POST', '/codes', { amountTicks: '70000000000', mostUses: 2 });
        expect(made.status).toBe(201);
        const [{ code, id }] = made.body.rows;
        expect(code).toMatch(/^[2-9A-HJ-NP-Z]{5}(?:-[2-9A-HJ-NP-Z]{5}){3}$/);
        expect((await ask('GET', '/codes')).text).not.toContain(code);
        const redeem = () =>
          world.api.ask(world.ford, 'POST', `/teams/${world.ford.team.id}/codes`, {
            code: code.toLowerCase().replaceAll('-', ' '),
          });
        const answers = await Promise.all([redeem(), redeem(), redeem()]);
        const granted = answers.filter(({ status }) => status === 200);
        // Whoever comes while the first is on its way is granted the same transaction, which is booked once.
        expect(granted.length).toBeGreaterThan(0);
        const credit = await world.api.ask(world.ford, 'GET', `/teams/${world.ford.team.id}/credit`);
        expect(credit.body.availableTicks).toBe(String(SIGN_UP_TICKS + 70_000_000_000n));
        expect((await redeem()).body.error.code).toBe('code-used');
        expect((await ask('GET', `/codes/${id}/uses`)).body.rows).toMatchObject([
          {
            team: { id: world.ford.team.id, name: world.ford.team.name },
            person: { userId: world.ford.userId },
          },
        ]);
        expect((await latestActivity()).changes).toMatchObject([{ field: 'code', after: '•••' }]);
        expect((await ask('DELETE', `/codes/${id}`)).status).toBe(200);
        const late = await world.api.ask(world.arthur, 'POST', `/teams/${world.arthur.team.id}/codes`, {
          code,
        });
        expect([late.status, late.body.error.code]).toEqual([409, 'code-over']);
      });
    });

    test('a channel’s key is sealed, shown to nobody and not written down', async () => {
      const made = await ask('POST', '/channels', {
        ...{ name: 'deep thought', address: 'https://deep.example', key: 'very-secret', models: ['*'] },
      });
      expect(made.body).toMatchObject({ hasKey: true, baseUrl: 'https://deep.example/v1' });
      const logged = await latestActivity();
      expect(logged).toMatchObject({ action: 'channel.create', subject: 'deep thought' });
      expect(JSON.stringify([made.body, logged])).not.toContain('very-secret');
      const moved = await ask('PATCH', `/channels/${made.body.id}`, { address: 'https://other.example' });
      expect([moved.status, moved.body.error.code]).toEqual([422, 'key-would-move']);
      const first = await ask('PATCH', `/channels/${made.body.id}`, { priority: 10 });
      expect(first.body.priority).toBe(10);
      expect((await ask('GET', '/channels')).body.rows[0].name).toBe('deep thought');
      expect((await ask('PATCH', `/channels/${made.body.id}`, { priority: 1001 })).status).toBe(400);
      expect((await ask('PATCH', `/channels/${made.body.id}`, { enabled: false })).body.enabled).toBeFalse();
      expect((await latestActivity()).changes).toEqual([
        { field: 'enabled', before: 'true', after: 'false' },
      ]);
      expect((await ask('DELETE', `/channels/${made.body.id}`)).status).toBe(200);
    });

    test('a channel shows the models that it fails for, and until when others are asked first', async () => {
      const { rows } = (await ask('GET', '/channels')).body;
      expect(rows.find(({ name }: { name: string }) => name === 'vogon').troubles).toEqual([
        { model: 'grok-beta', failuresInARow: 4, restsUntilMs: NOON_MS + 8_000 },
      ]);
      for (const { name, troubles } of rows) if (name !== 'vogon') expect(troubles).toEqual([]);
    });

    test('a change of prices is reckoned before it is made', async () => {
      const prices = { inputTicksPerToken: '100000', outputTicksPerToken: '300000' };
      const preview = await ask('POST', '/catalogue/grok-beta/prices/preview', prices);
      expect(preview.body).toEqual({
        requests: 2,
        nowTicks: String(2n * USED_TICKS),
        thenTicks: String(4n * USED_TICKS),
      });
      const later = { ...prices, validFromMs: NOON_MS + 86_400_000 };
      expect((await ask('POST', '/catalogue/grok-beta/prices', later)).body.prices).toHaveLength(2);
      expect((await latestActivity()).changes).toContainEqual({
        ...{ field: 'inputTicksPerToken', before: '50000', after: '100000' },
      });
      const past = await ask('POST', '/catalogue/grok-beta/prices', { ...prices, validFromMs: 1 });
      expect([past.status, past.body.error.code]).toEqual([422, 'moment-past']);
    });

    test('aliases are as the page says, and limits of a model change', async () => {
      const edit = { aliases: ['grok-2', 'grok-x'], limits: { requestsPerMinute: 90 } };
      const { body } = await ask('PATCH', '/catalogue/grok-beta', edit);
      expect(body.aliases.sort()).toEqual(['grok-2', 'grok-x']);
      expect(body.limits).toMatchObject({ requestsPerMinute: 90, requestsPerHour: 1_200 });
    });

    test('people are found, made administrators, banned; the owner stays', async () => {
      const found = await ask('GET', '/people?q=ART');
      expect(found.body.rows.map(({ email }: { email: string }) => email)).toEqual(['arthur@example.com']);
      const arthur = `/people/${world.arthur.userId}`;
      expect((await ask('PATCH', arthur, { role: 'administrator' })).body.role).toBe('administrator');
      expect((await latestActivity()).changes).toEqual([
        { field: 'role', before: 'user', after: 'administrator' },
      ]);
      expect((await ask('PATCH', arthur, { role: 'user', banned: true })).body.banned).toBeTrue();
      await ask('PATCH', arthur, { banned: false });
      const owner = await ask('PATCH', `/people/${world.zaphod.userId}`, { role: 'user' });
      expect([owner.status, owner.body.error.code]).toEqual([422, 'owner-stays']);
      expect((await ask('PATCH', arthur, { role: 'owner' })).status).toBe(400);
    });

    test('credit is moved once, however often it is sent', async () => {
      const move = { direction: 'grant', amountTicks: '5', memo: 'sorry', id: 'sorry-1' };
      const path = `/teams/${world.zaphod.team.id}/credit`;
      const first = await ask('POST', path, move);
      expect((await ask('POST', path, move)).body).toEqual(first.body);
      const other = await ask('POST', path, { ...move, amountTicks: '6' });
      expect([other.status, other.body.error.code]).toEqual([409, 'transaction-differs']);
    });

    test('the books are audited while it serves', async () => {
      expect((await ask('GET', '/ledger/audit')).body.state).toBe('never');
      expect((await ask('POST', '/ledger/audit')).body.state).toBe('running');
      let audit = (await ask('GET', '/ledger/audit')).body;
      while (audit.state === 'running') {
        await settled();
        audit = (await ask('GET', '/ledger/audit')).body;
      }
      expect(audit).toMatchObject({ state: 'done', report: { isInOrder: true, findings: [] } });
    });

    test('the credit of a sign-up is changed here, and says what is usual', async () => {
      const credit = async () =>
        (await ask('GET', '/settings')).body.rows.find(
          ({ name }: { name: string }) => name === 'sign-up-credit',
        );
      expect(await credit()).toMatchObject({ source: 'default', value: String(SIGN_UP_TICKS) });
      expect((await ask('PATCH', '/settings/sign-up-credit', { value: '5' })).status).toBe(200);
      expect(await credit()).toMatchObject({ source: 'stored', value: '5', usual: String(SIGN_UP_TICKS) });
      expect((await latestActivity()).changes).toEqual([
        { field: 'value', before: String(SIGN_UP_TICKS), after: '5' },
      ]);
      await ask('PATCH', '/settings/sign-up-credit', { value: String(SIGN_UP_TICKS) });
    });

    test('the doctor says in sentences whether anything keeps it from working', async () => {
      expect((await ask('GET', '/doctor')).body).toMatchObject({
        isHealthy: true,
        checks: [{ state: 'ok', code: 'clock-ok' }],
      });
    });

    test('a notice is on every page until it is taken down', async () => {
      const text = { en: 'Maintenance at six.', zh: '六点维护。' };
      const { body } = await ask('POST', '/notices', { tone: 'warning', text });
      expect((await world.api.ask(world.ford, 'GET', '/me')).body.notices).toMatchObject([{ text }]);
      await ask('DELETE', `/notices/${body.id}`);
      expect((await world.api.ask(world.ford, 'GET', '/me')).body.notices).toEqual([]);
    });

    test('what a member did is there too, by name', async () => {
      const path = `/teams/${world.arthur.team.id}/keys/${world.arthurs.keyId}`;
      await world.api.ask(world.arthur, 'PATCH', path, { name: 'desk', spendLimits: { perDayTicks: '9' } });
      expect(await latestActivity()).toMatchObject({
        actor: { name: 'arthur' },
        action: 'key.change',
        teamId: world.arthur.team.id,
        changes: [
          { field: 'name', before: 'laptop', after: 'desk' },
          { field: 'spendLimits', after: '{"perDayTicks":"9"}' },
        ],
      });
    });

    test('whoever watches sees a request as it ends, and goes on where they were', async () => {
      const path = `/teams/${world.ford.team.id}/requests/live`;
      const watch = async (headers: Record<string, string>) => {
        const response = await world.api.raw(path, {
          headers: { 'x-test-person': world.ford.userId, ...headers },
        });
        return (response.body as ReadableStream<Uint8Array>).getReader();
      };
      const readEvent = async (reader: Awaited<ReturnType<typeof watch>>) => {
        let text = '';
        while (!text.includes('event: request')) {
          let hasCome = false;
          const piece = reader.read().finally(() => {
            hasCome = true;
          });
          // The database answers in its own time, and the next look is a second of the clock's after it.
          while (!hasCome) {
            await world.api.clock.advance(1_000);
            await Bun.sleep(2);
          }
          const { value, done } = await piece;
          if (done) throw new Error('the stream has ended');
          text += new TextDecoder().decode(value);
        }
        return text;
      };
      const key = { id: 'key-1', organizationId: world.ford.team.id, userId: world.ford.userId };
      await usedRequest(opened.storage, key, NOON_MS);
      const reader = await watch({});
      // Its place is known before the next request comes.
      await reader.read();
      for (let turn = 0; turn < 20; turn += 1) await settled();
      const second = await usedRequest(opened.storage, key, NOON_MS + 1);
      const event = await readEvent(reader);
      expect(event).toContain(second);
      await reader.cancel();
      const third = await usedRequest(opened.storage, key, NOON_MS + 2);
      const again = await watch({ 'last-event-id': /id: (\d+)/.exec(event)?.[1] ?? '' });
      expect(await readEvent(again)).toContain(third);
      await again.cancel();
    });
  });
}
