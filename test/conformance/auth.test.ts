import { afterAll, beforeAll, expect, test } from 'bun:test';
import type { AuthCondition, AuthMatch, AuthRow } from '../../src/storage/auth-store.ts';
import type { Storage } from '../../src/storage/storage.ts';
import { StorageConflict } from '../../src/storage/storage-error.ts';
import { describeOn, ENGINES, type OpenedEngine } from './engines.ts';

const AT = '2026-11-29T12:00:00.000Z';

for (const engine of ENGINES) {
  describeOn(engine, 'the tables of sign-in', () => {
    let opened: OpenedEngine;
    let auth: Storage['auth'];

    beforeAll(async () => {
      opened = await engine.open();
      auth = opened.storage.auth;
      const team = { id: 'team', name: 'Arthur', slug: 'arthur', personal: true, blocked: false };
      await opened.storage.accounts.createUser(
        {
          id: 'arthur',
          email: 'arthur@example.com',
          name: 'Arthur',
          role: 'user',
          banned: false,
          createdAtMs: 0,
        },
        { ...team, createdAtMs: 0 },
        { id: 'member', organizationId: 'team', userId: 'arthur', role: 'owner', createdAtMs: 0 },
      );
    });
    afterAll(() => opened.dispose());

    const where = (
      field: string,
      value: AuthCondition['value'],
      operator: AuthCondition['operator'] = 'eq',
    ): AuthMatch => ({ all: [{ field, operator, value }], any: [] });
    const verification = (id: string, more: AuthRow = {}): AuthRow => ({
      ...{ id, identifier: id, value: 'v', expiresAt: AT, createdAt: AT, updatedAt: AT },
      ...more,
    });
    const idsOf = async (match: AuthMatch) =>
      (
        await auth.find('verification', { ...match, limit: 100, sortBy: { field: 'id', direction: 'asc' } })
      ).map(({ id }) => id);

    test('rows come back as they went in: dates as text, flags and counts as numbers', async () => {
      const row = { id: 't', secret: 's', backupCodes: '[]', userId: 'arthur', verified: 1 };
      await auth.insert('twoFactor', { ...row, failedVerificationCount: 2, lockedUntil: AT });
      const [found] = await auth.find('twoFactor', { ...where('verified', 1), limit: 1 });
      expect(found).toEqual({ ...row, failedVerificationCount: 2, lockedUntil: AT });
      const [user] = await auth.find('user', { ...where('email', 'arthur@example.com'), limit: 1 });
      expect(user).toMatchObject({ id: 'arthur', banned: 0, emailVerified: 0, role: 'user' });
      expect(user?.selfMade ?? 0).toBe(0);
      const proven = await auth.add('user', where('id', 'arthur'), {}, { emailVerified: 1, selfMade: 1 });
      expect(proven).toMatchObject({ emailVerified: 1, selfMade: 1 });
      await auth.update('user', where('id', 'arthur'), { emailVerified: 0, selfMade: null });
    });

    test('conditions mean what they say', async () => {
      for (const [id, value] of [
        ['m1', 'a%b'],
        ['m2', 'axb'],
        ['m3', 'zz'],
      ] as const)
        await auth.insert(
          'verification',
          verification(id, { value, expiresAt: `2027-01-0${id[1]}T00:00:00.000Z` }),
        );
      const among = (condition: AuthCondition): AuthMatch => ({
        all: [{ field: 'id', operator: 'in', value: ['m1', 'm2', 'm3'] }, condition],
        any: [],
      });
      const of = (operator: AuthCondition['operator'], value: AuthCondition['value'], field = 'value') =>
        idsOf(among({ field, operator, value }));
      expect(await of('contains', '%')).toEqual(['m1']);
      expect(await of('starts_with', 'a')).toEqual(['m1', 'm2']);
      expect(await of('ends_with', 'z')).toEqual(['m3']);
      expect(await of('ne', 'zz')).toEqual(['m1', 'm2']);
      expect(await of('not_in', ['zz', 'axb'])).toEqual(['m1']);
      expect(await of('in', [])).toEqual([]);
      expect(await of('not_in', [])).toEqual(['m1', 'm2', 'm3']);
      expect(await of('eq', null)).toEqual([]);
      expect(await of('ne', null)).toEqual(['m1', 'm2', 'm3']);
      expect(await of('gt', '2027-01-01T00:00:00.000Z', 'expiresAt')).toEqual(['m2', 'm3']);
      expect(await of('gte', '2027-01-02T00:00:00.000Z', 'expiresAt')).toEqual(['m2', 'm3']);
      expect(await of('lt', '2027-01-02T00:00:00.000Z', 'expiresAt')).toEqual(['m1']);
      expect(await of('lte', '2027-01-02T00:00:00.000Z', 'expiresAt')).toEqual(['m1', 'm2']);
      const either = ['m1', 'm3'].map((value) => ({ field: 'id', operator: 'eq', value }) as const);
      expect(await idsOf({ all: [], any: either })).toEqual(['m1', 'm3']);
      expect(await idsOf({ all: [{ field: 'value', operator: 'eq', value: 'zz' }], any: either })).toEqual([
        'm3',
      ]);
      expect(await auth.count('verification', { all: [], any: either })).toBe(2);
      const page = { ...where('id', ['m1', 'm2', 'm3'], 'in'), limit: 1, offset: 1 };
      const sortBy = { field: 'id', direction: 'desc' } as const;
      expect((await auth.find('verification', { ...page, sortBy })).map(({ id }) => id)).toEqual(['m2']);
    });

    test('of twenty that take a one-time value at once, one has it', async () => {
      await auth.insert('verification', verification('once'));
      const takes = Array.from({ length: 20 }, () => auth.take('verification', where('identifier', 'once')));
      const taken = (await Promise.all(takes)).filter((row) => row !== undefined);
      expect(taken).toEqual([verification('once')]);
      expect(await idsOf(where('identifier', 'once'))).toEqual([]);
    });

    test('of twenty that count up to three at once, three do', async () => {
      await auth.insert('twoFactor', { id: 'c', secret: 'x', backupCodes: '[]', userId: 'arthur' });
      const guard: AuthMatch = {
        all: [{ field: 'id', operator: 'eq', value: 'c' }],
        any: [
          { field: 'failedVerificationCount', operator: 'eq', value: null },
          { field: 'failedVerificationCount', operator: 'lt', value: 3 },
        ],
      };
      const adds = Array.from({ length: 20 }, () =>
        auth.add('twoFactor', guard, { failedVerificationCount: 1 }, { lockedUntil: AT }),
      );
      const rows = (await Promise.all(adds)).filter((row) => row !== undefined);
      expect(rows.map((row) => row.failedVerificationCount).sort()).toEqual([1, 2, 3]);
      expect(rows[0]?.lockedUntil).toBe(AT);
    });

    test('what is changed or removed is counted; what must be there once is', async () => {
      const session = { expiresAt: AT, createdAt: AT, updatedAt: AT, userId: 'arthur' };
      await auth.insert('session', { id: 's1', token: 'one', ...session });
      await auth.insert('session', { id: 's2', token: 'two', ...session });
      const again = auth.insert('session', { id: 's3', token: 'two', ...session });
      expect(await again.catch((error) => error)).toBeInstanceOf(StorageConflict);
      const strangers = auth.insert('session', { id: 's4', token: 'four', ...session, userId: 'nobody' });
      expect(await strangers.catch((error) => error)).toBeInstanceOf(StorageConflict);
      expect(await auth.update('session', where('userId', 'arthur'), { ipAddress: '::1' })).toBe(2);
      expect(await auth.remove('session', where('userId', 'arthur'))).toBe(2);
      expect(await auth.remove('session', where('userId', 'arthur'))).toBe(0);
    });

    test('a passkey comes back as it went in, is there once, and counts only forwards', async () => {
      const row = {
        ...{ id: 'p1', userId: 'arthur', name: 'laptop', rpId: 'localhost', credentialId: 'credential' },
        ...{ publicKey: 'cose', counter: 4_294_967_290, transports: '["usb"]', backedUp: 1 },
        ...{ createdAt: AT, lastUsedAt: null },
      };
      await auth.insert('passkey', row);
      expect(await auth.find('passkey', { ...where('userId', 'arthur'), limit: 9 })).toEqual([row]);
      const again = auth.insert('passkey', { ...row, id: 'p2' });
      expect(await again.catch((error) => error)).toBeInstanceOf(StorageConflict);
      const count = (counter: number) => {
        const all = [
          { field: 'id', operator: 'eq', value: 'p1' },
          { field: 'counter', operator: 'lt', value: counter },
        ] as const;
        return auth.add('passkey', { all, any: [] }, {}, { counter, lastUsedAt: AT });
      };
      const counts = await Promise.all(Array.from({ length: 20 }, () => count(4_294_967_291)));
      expect(counts.filter((counted) => counted !== undefined)).toEqual([
        { ...row, counter: 4_294_967_291, lastUsedAt: AT },
      ]);
      expect(await count(4_294_967_290)).toBeUndefined();
      expect(await auth.remove('passkey', where('id', 'p1'))).toBe(1);
    });

    test('of twenty that set the installation up at once, one does', async () => {
      await opened.storage.accounts.createUser(
        {
          ...{ id: 'owner', email: 'owner@localhost', name: 'owner', role: 'owner' },
          ...{ banned: false, createdAtMs: 0 },
        },
        { id: 'owners', name: 'owner', slug: 'owners', personal: true, blocked: false, createdAtMs: 0 },
        { id: 'ownership', organizationId: 'owners', userId: 'owner', role: 'owner', createdAtMs: 0 },
      );
      const person = (at: number, linkHash = 'second') => ({
        ...{ userId: 'owner', organizationId: 'owners', placeholderEmail: 'owner@localhost', linkHash },
        ...{ email: `zaphod-${at}@example.com`, name: `Zaphod ${at}`, passwordHash: `hash ${at}` },
        ...{ accountId: `account ${at}`, atMs: at },
      });
      expect(await auth.canAnyoneSignIn('owner@localhost')).toBeFalse();
      expect(await auth.setUpPerson(person(0))).toBe('stopped');
      await auth.putSetUpLink('first', 1);
      await auth.putSetUpLink('second', 2);
      expect([await auth.isSetUpLink('first'), await auth.isSetUpLink('second')]).toEqual([false, true]);
      expect(await auth.setUpPerson(person(0, 'first'))).toBe('stopped');
      // A password of the placeholder lets nobody in, and goes.
      await auth.insert('account', {
        ...{ id: 'useless', accountId: 'owner', providerId: 'credential', userId: 'owner' },
        ...{ password: 'old', createdAt: AT, updatedAt: AT },
      });
      expect(await auth.canAnyoneSignIn('owner@localhost')).toBeFalse();

      const taken = await auth.setUpPerson({ ...person(0), email: 'arthur@example.com' });
      expect([taken, await auth.isSetUpLink('second')]).toEqual(['exists', true]);
      const outcomes = await Promise.all(Array.from({ length: 20 }, (_, at) => auth.setUpPerson(person(at))));
      expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(1);
      expect(new Set(outcomes)).toEqual(new Set(['done', 'stopped']));

      const won = outcomes.indexOf('done');
      expect(await opened.storage.accounts.findUser('owner')).toMatchObject({
        ...{ email: `zaphod-${won}@example.com`, name: `Zaphod ${won}`, role: 'owner', createdAtMs: 0 },
      });
      expect(await opened.storage.accounts.findOrganization('owners')).toMatchObject({
        ...{ name: `Zaphod ${won}`, slug: 'owners' },
      });
      const accounts = await auth.find('account', { ...where('userId', 'owner'), limit: 9 });
      expect(accounts.map(({ id, password, providerId }) => [id, password, providerId])).toEqual([
        [`account ${won}`, `hash ${won}`, 'credential'],
      ]);
      expect(await auth.canAnyoneSignIn('owner@localhost')).toBeTrue();
      // Nor does another link let a second person in.
      await auth.putSetUpLink('third', 3);
      expect(await auth.setUpPerson(person(30, 'third'))).toBe('stopped');
    });

    test('a person’s name that is changed here is changed everywhere', async () => {
      await auth.update('user', where('id', 'arthur'), { name: 'Dent', emailVerified: 1 });
      expect(await opened.storage.accounts.findUser('arthur')).toMatchObject({ name: 'Dent', role: 'user' });
      const [row] = await auth.find('user', { ...where('id', 'arthur'), limit: 1 });
      expect(row).toMatchObject({ name: 'Dent', emailVerified: 1 });
    });
  });
}
