import { afterAll, beforeAll, expect, test } from 'bun:test';
import type { OrganizationRow, UserRow } from '../../src/storage/account-store.ts';
import type { Storage } from '../../src/storage/storage.ts';
import { StorageConflict } from '../../src/storage/storage-error.ts';
import { describeOn, ENGINES, type OpenedEngine } from './engines.ts';
import { failureOf, NOON_MS, Samples } from './samples.ts';

for (const engine of ENGINES) {
  describeOn(engine, 'accounts', () => {
    let opened: OpenedEngine;
    let storage: Storage;
    let samples: Samples;

    beforeAll(async () => {
      opened = await engine.open();
      storage = opened.storage;
      samples = new Samples(storage, 'accounts');
    });
    afterAll(() => opened.dispose());

    test('a person is made with their team and membership, and found by id or address', async () => {
      const user = samples.user({ email: 'Arthur.Dent@Example.test', role: 'owner', name: 'Arthur' });
      const organization = samples.organization({ personal: true });
      const member = samples.member(organization, user);
      expect(await storage.accounts.createUser(user, organization, member)).toBe('done');
      const stored = { ...user, email: 'arthur.dent@example.test' };
      expect(await storage.accounts.findUser(user.id)).toEqual(stored);
      expect(await storage.accounts.findUser('ARTHUR.dent@example.test')).toEqual(stored);
      expect(await storage.accounts.findOrganization(organization.slug)).toEqual(organization);
      expect(await storage.accounts.findOrganization(organization.id)).toEqual(organization);
      expect(await storage.accounts.membersOf(organization.id)).toEqual([member]);
      expect(await storage.accounts.organizationsOf(user.id)).toEqual([organization]);
      expect(await storage.accounts.findUser('nobody')).toBeUndefined();
      expect(await storage.accounts.findOrganization('nobody')).toBeUndefined();
    });

    test('an address belongs to one person, however it is written, and nothing is made for a second', async () => {
      const { user } = await samples.account();
      const second = samples.user({ email: user.email.toUpperCase() });
      const organization = samples.organization();
      const made = storage.accounts.createUser(second, organization, samples.member(organization, second));
      expect(await made).toBe('exists');
      expect(await storage.accounts.findUser(second.id)).toBeUndefined();
      expect(await storage.accounts.findOrganization(organization.id)).toBeUndefined();
    });

    test('20 sign-ups with one address at once make one person', async () => {
      const email = `${samples.id('crowd')}@example.test`;
      const outcomes = await Promise.all(
        Array.from({ length: 20 }, () => {
          const user = samples.user({ email });
          const organization = samples.organization();
          return storage.accounts.createUser(user, organization, samples.member(organization, user));
        }),
      );
      expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(1);
    });

    test('a person whose team cannot be made is not made either', async () => {
      const { organization } = await samples.account();
      const user = samples.user();
      const clash = samples.organization({ slug: organization.slug });
      const failure = await failureOf(storage.accounts.createUser(user, clash, samples.member(clash, user)));
      expect(failure).toBeInstanceOf(StorageConflict);
      expect(await storage.accounts.findUser(user.id)).toBeUndefined();
    });

    test('a team is made with its owner, and its slug is its own', async () => {
      const { user } = await samples.account();
      const organization = samples.organization();
      const owner = samples.member(organization, user);
      expect(await storage.accounts.createOrganization(organization, owner)).toBe('done');
      const copy = samples.organization({ slug: organization.slug });
      expect(await storage.accounts.createOrganization(copy, samples.member(copy, user))).toBe('exists');
      expect(await storage.accounts.findOrganization(copy.id)).toBeUndefined();
      const orphan = samples.organization();
      const failure = await failureOf(
        storage.accounts.createOrganization(orphan, samples.member(orphan, samples.user())),
      );
      expect(failure).toBeInstanceOf(StorageConflict);
      expect(await storage.accounts.findOrganization(orphan.id)).toBeUndefined();
    });

    test('a member joins once and leaves once', async () => {
      const { organization } = await samples.account();
      const { user } = await samples.account();
      const member = samples.member(organization, user, { role: 'billing', createdAtMs: NOON_MS + 1 });
      expect(await storage.accounts.addMember(member)).toBe('done');
      expect(await storage.accounts.addMember({ ...member, id: samples.id('member') })).toBe('exists');
      expect((await storage.accounts.membersOf(organization.id)).map((row) => row.role)).toEqual([
        'owner',
        'billing',
      ]);
      expect(await storage.accounts.organizationsOf(user.id)).toHaveLength(2);
      expect(await storage.accounts.removeMember(organization.id, user.id)).toBe(true);
      expect(await storage.accounts.removeMember(organization.id, user.id)).toBe(false);
      expect(await storage.accounts.membersOf(organization.id)).toHaveLength(1);
      const stranger = samples.member(organization, samples.user());
      expect(await failureOf(storage.accounts.addMember(stranger))).toBeInstanceOf(StorageConflict);
    });

    test('a person is banned and a team blocked, and let in again', async () => {
      const { user, organization } = await samples.account();
      expect(await storage.accounts.setUserBanned(user.id, true)).toBe(true);
      expect((await storage.accounts.findUser(user.id))?.banned).toBe(true);
      expect(await storage.accounts.setUserBanned(user.id, false)).toBe(true);
      expect((await storage.accounts.findUser(user.id))?.banned).toBe(false);
      expect(await storage.accounts.setOrganizationBlocked(organization.id, true)).toBe(true);
      expect((await storage.accounts.findOrganization(organization.id))?.blocked).toBe(true);
      expect(await storage.accounts.setUserBanned('nobody', true)).toBe(false);
      expect(await storage.accounts.setOrganizationBlocked('nobody', true)).toBe(false);
    });

    test('lists are oldest first, and a moment shared is told apart by id', async () => {
      const ages = [3, 1, 2, 2];
      const made: { user: UserRow; organization: OrganizationRow }[] = [];
      for (const age of ages) {
        const user = samples.user({ createdAtMs: NOON_MS - 10_000 + age });
        const organization = samples.organization({ createdAtMs: NOON_MS - 10_000 + age });
        await storage.accounts.createUser(user, organization, samples.member(organization, user));
        made.push({ user, organization });
      }
      const order = [1, 2, 3, 0];
      const users = (await storage.accounts.listUsers()).slice(0, 4);
      expect(users.map((user) => user.id)).toEqual(order.map((index) => made[index]?.user.id ?? ''));
      const teams = (await storage.accounts.listOrganizations()).slice(0, 4);
      expect(teams.map((team) => team.id)).toEqual(order.map((index) => made[index]?.organization.id ?? ''));
    });
  });
}
