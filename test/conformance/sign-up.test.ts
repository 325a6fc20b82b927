import { afterAll, beforeAll, expect, test } from 'bun:test';
import type { InvitationRow, SignUp, TeamInvitationRow } from '../../src/storage/sign-up-store.ts';
import type { Storage } from '../../src/storage/storage.ts';
import { describeOn, ENGINES, type OpenedEngine } from './engines.ts';
import { NOON_MS } from './samples.ts';

for (const engine of ENGINES) {
  describeOn(engine, 'invitations and the free credit of who signs up', () => {
    let opened: OpenedEngine;
    let storage: Storage;
    let made = 0;

    beforeAll(async () => {
      opened = await engine.open();
      storage = opened.storage;
    });
    afterAll(() => opened.dispose());

    const invite = async (changes: Partial<InvitationRow> = {}): Promise<InvitationRow> => {
      made += 1;
      const row: InvitationRow = {
        ...{ id: `invitation-${made}`, hash: String(made).padStart(64, '0'), origin: 'operator' },
        ...{ email: null, team: null, expiresAtMs: NOON_MS + 1_000, createdAtMs: NOON_MS },
        ...{ createdBy: 'operator', endedAtMs: null, used: null, ...changes },
      };
      await (row.origin === 'request' ? storage.signUps.inviteOnRequest(row) : storage.signUps.invite(row));
      return row;
    };
    const signUp = (invitation: InvitationRow, name: string, credit: Partial<SignUp['credit']> = {}) => {
      const team = { id: `team-${name}`, name, slug: `personal-${name}`, personal: true, blocked: false };
      const membership = { userId: name, role: 'owner' as const, createdAtMs: NOON_MS };
      return {
        invitationHash: invitation.hash,
        user: {
          ...{ id: name, email: `${name}@example.com`, name, role: 'user' as const },
          ...{ banned: false, createdAtMs: NOON_MS },
        },
        emailVerified: invitation.origin === 'request',
        organization: { ...team, createdAtMs: NOON_MS },
        member: { id: `member-${name}`, organizationId: team.id, ...membership },
        joins: invitation.team ? { ...membership, id: `joins-${name}`, ...invitation.team } : undefined,
        account: { id: `account-${name}`, passwordHash: `hash of ${name}` },
        credit: {
          ...{ emailKey: `${name}@example.com`, day: '2026-11-29', askedTicks: 10n, dailyCapTicks: 1_000n },
          ...credit,
        },
      };
    };
    const accept = (...asked: Parameters<typeof signUp>) => storage.signUps.accept(signUp(...asked));

    test('of twenty that come with one invitation at once, one is made, with team and password', async () => {
      const invitation = await invite();
      const outcomes = await Promise.all(
        Array.from({ length: 20 }, (_, at) => accept(invitation, `many${at}`)),
      );
      expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(1);
      expect(new Set(outcomes)).toEqual(new Set(['done', 'over']));
      const userId = `many${outcomes.indexOf('done')}`;
      expect(await storage.signUps.findInvitation(invitation.hash)).toEqual({
        ...invitation,
        used: { atMs: NOON_MS, userId },
      });
      expect(await storage.accounts.organizationsOf(userId)).toMatchObject([{ id: `team-${userId}` }]);
      const all = [{ field: 'userId', operator: 'eq' as const, value: userId }];
      expect(await storage.auth.find('account', { all, any: [], limit: 9 })).toMatchObject([
        { password: `hash of ${userId}`, providerId: 'credential', accountId: userId },
      ]);
      expect((await storage.accounts.listUsers()).map(({ id }) => id)).toEqual([userId]);
    });

    test('the team that it names is joined; an address that was mailed to is known to be right', async () => {
      const team = { organizationId: 'team-host', role: 'billing' as const };
      expect(await accept(await invite(), 'host')).toBe('done');
      expect(
        await accept(await invite({ team, origin: 'request', email: 'guest@example.com' }), 'guest'),
      ).toBe('done');
      const members = await storage.accounts.membersOf('team-host');
      expect(members.map(({ userId, role }) => [userId, role])).toContainEqual(['guest', 'billing']);
      const verified = async (id: string) => {
        const all = [{ field: 'id', operator: 'eq' as const, value: id }];
        const [user] = await storage.auth.find('user', { all, any: [], limit: 1 });
        return [user?.emailVerified, user?.selfMade ?? 0];
      };
      expect([await verified('host'), await verified('guest')]).toEqual([
        [0, 1],
        [1, 0],
      ]);
    });

    test('an address that is taken does not use it up; what has expired or was taken back lets nobody in', async () => {
      const invitation = await invite();
      expect(await accept(invitation, 'host')).toBe('exists');
      expect((await storage.signUps.findInvitation(invitation.hash))?.used).toBeNull();
      expect(await storage.signUps.endInvitation(invitation.id, NOON_MS)).toBeTrue();
      expect(await storage.signUps.endInvitation(invitation.id, NOON_MS)).toBeFalse();
      expect(await accept(invitation, 'late')).toBe('over');
      expect(await accept(await invite({ expiresAtMs: NOON_MS }), 'late')).toBe('over');
      expect(await storage.accounts.findUser('late@example.com')).toBeUndefined();
    });

    test('the list has what operators made, youngest first; of a request there is one for an address', async () => {
      const request = { origin: 'request', email: 'asks@example.com' } as const;
      const [first, other, second] = [
        await invite(request),
        await invite({ ...request, email: 'other@example.com', expiresAtMs: NOON_MS + 5 }),
        await invite({ ...request, createdAtMs: NOON_MS + 6 }),
      ];
      const left = await Promise.all(
        [first, other, second].map(({ hash }) => storage.signUps.findInvitation(hash)),
      );
      expect(left).toEqual([undefined, undefined, second]);
      const operators = await invite();
      const page = await storage.signUps.listInvitations({ limit: 2 });
      expect(page.rows[0]).toEqual(operators);
      expect(page.rows.every(({ origin }) => origin === 'operator')).toBeTrue();
      const next = await storage.signUps.listInvitations({ limit: 2, cursor: page.nextCursor });
      expect(next.rows[0]?.id).not.toBe(page.rows[1]?.id);
    });

    test('a team has so many open invitations and no more, whoever invites at once; one for an address', async () => {
      await accept(await invite(), 'crew');
      const crew = { organizationId: 'team-crew' };
      const toTeam = (email: string, changes: Partial<TeamInvitationRow> = {}): TeamInvitationRow => {
        made += 1;
        return {
          ...{ id: `invitation-${made}`, hash: String(made).padStart(64, '0'), origin: 'team', email },
          ...{ team: { ...crew, role: 'billing' }, expiresAtMs: NOON_MS + 1_000, createdAtMs: NOON_MS },
          ...{ createdBy: 'crew', endedAtMs: null, used: null, ...changes },
        };
      };
      const store = storage.signUps;
      const rows = Array.from({ length: 9 }, (_, at) => toTeam(`sailor${at}@example.com`));
      const outcomes = await Promise.all(rows.map((row) => store.inviteToTeam(row, 4)));
      expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(4);
      const [first, second] = rows.filter((_, at) => outcomes[at] === 'done');
      if (first === undefined || second === undefined) throw new Error('there are four');
      // Another one for the same address stands in its place.
      const again = toTeam(first.email);
      expect(await store.inviteToTeam(again, 4)).toBe('done');
      expect(await store.findInvitation(first.hash)).toBeUndefined();
      expect(await store.openTeamInvitations({ email: first.email }, NOON_MS)).toEqual([again]);
      expect(await store.inviteToTeam(toTeam('late@example.com'), 4)).toBe('full');
      expect(await store.endTeamInvitation(second.id, { organizationId: 'team-host' }, NOON_MS)).toBeFalse();
      expect(await store.endTeamInvitation(second.id, crew, NOON_MS)).toBeTrue();
      expect(await store.endTeamInvitation(second.id, crew, NOON_MS)).toBeFalse();
      expect(await store.inviteToTeam(toTeam('late@example.com'), 4)).toBe('done');
      const open = await store.openTeamInvitations(crew, NOON_MS);
      expect([open.length, open[0]?.email]).toEqual([4, 'late@example.com']);
      expect(await store.openTeamInvitations(crew, NOON_MS + 1_000)).toEqual([]);
      const page = await store.listInvitations({ limit: 100 });
      expect(page.rows.every(({ origin }) => origin === 'operator')).toBeTrue();
      expect(await store.endInvitation(again.id, NOON_MS)).toBeFalse();
    });

    test('an invitation into a team is accepted once, in time, by its own address', async () => {
      await accept(await invite(), 'captain');
      for (const name of ['mate', 'cook']) await accept(await invite(), name);
      const team = { organizationId: 'team-captain', role: 'administrator' as const };
      const row = { ...(await invite()), origin: 'team' as const, email: 'mate@example.com', team };
      const invitation = { ...row, id: 'into-captains', hash: 'f'.repeat(64) };
      expect(await storage.signUps.inviteToTeam(invitation, 5)).toBe('done');
      const join = (email: string, id = 'mate', atMs = NOON_MS) =>
        storage.signUps.joinTeam(invitation.id, email, {
          ...{ id: `then-${id}-${atMs}`, userId: id, createdAtMs: atMs, ...team },
        });
      expect(await join('cook@example.com', 'cook')).toBe('over');
      expect(await join('mate@example.com', 'mate', NOON_MS + 1_000)).toBe('over');
      const together = await Promise.all([join('mate@example.com'), join('mate@example.com')]);
      expect(together.sort()).toEqual(['done', 'over']);
      const members = await storage.accounts.membersOf(team.organizationId);
      expect(members.map(({ userId, role }) => [userId, role])).toEqual([
        ['captain', 'owner'],
        ['mate', 'administrator'],
      ]);
      expect(await storage.signUps.openTeamInvitations({ email: 'mate@example.com' }, NOON_MS)).toEqual([]);
      // Who came in another way meanwhile keeps the role they have.
      const second = { ...invitation, id: 'into-captains-2', hash: 'e'.repeat(64) };
      await storage.signUps.inviteToTeam(second, 5);
      const role = 'billing' as const;
      const member = { id: 'again', userId: 'mate', createdAtMs: NOON_MS, ...team, role };
      expect(await storage.signUps.joinTeam(second.id, second.email, member)).toBe('done');
      expect((await storage.accounts.membersOf(team.organizationId)).at(-1)?.role).toBe('administrator');
    });

    test('a day gives away no more than it may, whoever comes at once; what was decided stays', async () => {
      const day = { day: '2026-12-01', dailyCapTicks: 35n };
      const names = Array.from({ length: 8 }, (_, at) => `free${at}`);
      for (const name of names) expect(await accept(await invite(), name, day)).toBe('done');
      const given = await Promise.all(
        names.flatMap((name) => [storage.signUps.decideCredit(name), storage.signUps.decideCredit(name)]),
      );
      const decided = await Promise.all(names.map((name) => storage.signUps.decideCredit(name)));
      expect(given).toEqual(decided.flatMap((ticks) => [ticks, ticks]));
      expect(decided.filter((ticks) => ticks === 10n)).toHaveLength(3);
      expect(decided.filter((ticks) => ticks === 0n)).toHaveLength(5);
      expect(await storage.signUps.givenOn('2026-12-01')).toBe(30n);
      expect(await storage.signUps.givenOn('2026-12-02')).toBe(0n);
      // The next day is another one, and whoever had none has none.
      expect(await accept(await invite(), 'tomorrow', { ...day, day: '2026-12-02' })).toBe('done');
      expect(await storage.signUps.decideCredit('tomorrow')).toBe(10n);
      expect(await storage.signUps.decideCredit('nobody')).toBeUndefined();
      // Whoever had none is told why.
      const why = await Promise.all(
        [...names, 'tomorrow', 'nobody'].map((name) => storage.signUps.withheldCredit(name)),
      );
      expect(why).toEqual([
        ...decided.map((ticks) => (ticks === 0n ? { reason: 'day' as const, askedTicks: 10n } : undefined)),
        ...[undefined, undefined],
      ]);
    });

    test('a mailbox has its free credit once, also when it came from an operator', async () => {
      const credit = { emailKey: 'one@example.com', day: '2026-12-03' };
      for (const name of ['one1', 'one2', 'one3']) await accept(await invite(), name, credit);
      const given = await Promise.all(
        ['one1', 'one2', 'one3'].map((name) => storage.signUps.decideCredit(name)),
      );
      expect(given.sort()).toEqual([0n, 0n, 10n]);
      expect(await storage.signUps.givenOn('2026-12-03')).toBe(10n);
      await storage.signUps.noteFreeCredit('given@example.com', 'somebody');
      await storage.signUps.noteFreeCredit('given@example.com', 'somebody-else');
      await accept(await invite(), 'given', { ...credit, emailKey: 'given@example.com' });
      expect(await storage.signUps.decideCredit('given')).toBe(0n);
      expect(await storage.signUps.withheldCredit('given')).toEqual({ reason: 'mailbox', askedTicks: 10n });
      await accept(await invite(), 'modest', { ...credit, emailKey: 'modest@example.com', askedTicks: 0n });
      expect(await storage.signUps.decideCredit('modest')).toBe(0n);
      expect(await storage.signUps.withheldCredit('modest')).toBeUndefined();
    });
  });
}
