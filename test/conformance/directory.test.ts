import { afterAll, beforeAll, expect, test } from 'bun:test';
import type { Page, PageRequest } from '../../src/storage/page.ts';
import { InvalidPage } from '../../src/storage/page.ts';
import type { Storage } from '../../src/storage/storage.ts';
import { describeOn, ENGINES, type OpenedEngine } from './engines.ts';
import { failureOf, NOON_MS, Samples } from './samples.ts';

for (const engine of ENGINES) {
  describeOn(engine, 'the directory of people and teams', () => {
    let opened: OpenedEngine;
    let storage: Storage;
    let samples: Samples;

    beforeAll(async () => {
      opened = await engine.open();
      storage = opened.storage;
      samples = new Samples(storage, 'directory');
    });
    afterAll(() => opened.dispose());

    const makePerson = async (email: string) => {
      const user = samples.user({ email });
      const organization = samples.organization({ personal: true });
      await storage.accounts.createUser(user, organization, samples.member(organization, user));
      return { user, organization };
    };
    const readAll = async <Row>(read: (page: PageRequest) => Promise<Page<Row>>) => {
      const rows: Row[] = [];
      let cursor: string | undefined;
      do {
        const page = await read({ limit: 2, cursor });
        rows.push(...page.rows);
        cursor = page.nextCursor;
      } while (cursor !== undefined);
      return rows;
    };

    test('a membership is found from both sides, with its role', async () => {
      const { user, organization } = await makePerson('member@example.test');
      expect(await storage.directory.findMember(organization.id, user.id)).toMatchObject({ userId: user.id });
      expect(await storage.directory.findMember(organization.id, 'nobody')).toBeUndefined();
      expect(await storage.directory.membershipsOf(user.id)).toEqual([
        { organization, role: samples.member(organization, user).role },
      ]);
      expect(await storage.accounts.setMemberRole(organization.id, user.id, 'billing')).toBeTrue();
      expect((await storage.directory.membershipsOf(user.id))[0]?.role).toBe('billing');
      expect(await storage.accounts.setMemberRole(organization.id, 'nobody', 'owner')).toBeFalse();
    });

    test('people are found by how their address begins, page by page, in its order', async () => {
      for (const name of ['zb', 'za', 'zc', 'zd', 'ze']) await makePerson(`${name}.search@example.test`);
      await makePerson('other@example.test');
      const found = await readAll((page) => storage.directory.searchPeople('Z', page));
      expect(found.map(({ email, teams }) => [email.slice(0, 2), teams])).toEqual([
        ['za', 1],
        ['zb', 1],
        ['zc', 1],
        ['zd', 1],
        ['ze', 1],
      ]);
    });

    test('what was typed is no pattern', async () => {
      for (const typed of ['%', '_', '\\', "'", 'z_.search'])
        expect((await storage.directory.searchPeople(typed, { limit: 10 })).rows).toEqual([]);
    });

    test('teams show members and balance; personal ones are left out', async () => {
      const { user } = await makePerson('founder@example.test');
      const team = samples.organization({ name: 'Magrathea', slug: 'magrathea' });
      await storage.accounts.createOrganization(team, samples.member(team, user));
      await storage.ledger.openWallet(team.id, NOON_MS);
      await storage.ledger.grant({
        ...{ transactionId: 'directory-grant', walletId: team.id, amountTicks: 7n, memo: '', atMs: NOON_MS },
      });
      const { rows } = await storage.directory.searchTeams('Magra', { limit: 10 });
      expect(rows).toEqual([{ ...team, members: 1, balance: { availableTicks: 7n, heldTicks: 0n } }]);
      expect((await storage.directory.teamsOf(user.id)).map(({ slug }) => slug)).toContain('magrathea');
      expect((await storage.directory.countAll()).teams).toBe(1);
    });

    test('people are named many at once, and strangers are left out', async () => {
      const { user } = await makePerson('named@example.test');
      expect(await storage.accounts.editUser(user.id, { name: 'Named' })).toBeTrue();
      expect(await storage.directory.peopleNamed([user.id, 'nobody', user.id])).toEqual([
        { id: user.id, name: 'Named', email: 'named@example.test' },
      ]);
      expect(await storage.directory.peopleNamed([])).toEqual([]);
    });

    test('teams are named by id, and those that are none are left out', async () => {
      const { organization } = await makePerson('team-named@example.test');
      expect(await storage.directory.teamsNamed([organization.id, 'none', organization.id])).toEqual([
        { id: organization.id, name: organization.name },
      ]);
      expect(await storage.directory.teamsNamed([])).toEqual([]);
    });

    test('a page of nothing or of everything is refused', async () => {
      if (engine.name === 'memory') return;
      for (const limit of [0, 1.5, 100_000])
        expect(await failureOf(storage.directory.searchPeople('', { limit }))).toBeInstanceOf(InvalidPage);
    });
  });
}
