import { afterAll, beforeAll, expect, test } from 'bun:test';
import type { Storage } from '../../src/storage/storage.ts';
import { StorageConflict } from '../../src/storage/storage-error.ts';
import { describeOn, ENGINES, type OpenedEngine } from './engines.ts';
import { failureOf, NOON_MS, Samples } from './samples.ts';

for (const engine of ENGINES) {
  describeOn(engine, 'keys', () => {
    let opened: OpenedEngine;
    let storage: Storage;
    let samples: Samples;

    beforeAll(async () => {
      opened = await engine.open();
      storage = opened.storage;
      samples = new Samples(storage, 'keys');
    });
    afterAll(() => opened.dispose());

    test('a key is found by its hash with the standing of its owners', async () => {
      const { user, organization } = await samples.account();
      const key = samples.key(organization.id, user.id, {
        expiresAtMs: NOON_MS + 5,
        limits: { tokensPerMinute: 9 },
      });
      await storage.keys.insert(key);
      expect(await storage.keys.findByHash(key.hash)).toEqual({
        ...key,
        organizationBlocked: false,
        userBanned: false,
      });

      await storage.accounts.setOrganizationBlocked(organization.id, true);
      expect((await storage.keys.findByHash(key.hash))?.organizationBlocked).toBe(true);
      await storage.accounts.setUserBanned(user.id, true);
      expect((await storage.keys.findByHash(key.hash))?.userBanned).toBe(true);
      await storage.accounts.setUserBanned(user.id, false);
      expect((await storage.keys.findByHash(key.hash))?.userBanned).toBe(false);
      expect(await storage.keys.findByHash('0'.repeat(64))).toBeUndefined();
    });

    test('keys are listed oldest first, revoked ones too, and only those of the organization', async () => {
      const { user, organization } = await samples.account();
      const other = await samples.account();
      const young = samples.key(organization.id, user.id, { createdAtMs: NOON_MS + 2 });
      const old = samples.key(organization.id, user.id, {
        createdAtMs: NOON_MS + 1,
        revokedAtMs: NOON_MS + 3,
      });
      await storage.keys.insert(young);
      await storage.keys.insert(old);
      await storage.keys.insert(samples.key(other.organization.id, other.user.id));
      expect(await storage.keys.list(organization.id)).toEqual([old, young]);
      expect(await storage.keys.list('nobody')).toEqual([]);
    });

    test('a change touches what it names and nothing else', async () => {
      const { user, organization } = await samples.account();
      const key = samples.key(organization.id, user.id, { expiresAtMs: NOON_MS + 5 });
      await storage.keys.insert(key);
      const who = { modifiedAtMs: NOON_MS + 9, modifiedBy: 'operator' };
      expect(await storage.keys.change(organization.id, key.id, { disabled: true, ...who })).toBe(true);
      expect(await storage.keys.find(organization.id, key.id)).toEqual({ ...key, disabled: true, ...who });
      const change = {
        name: 'Renamed',
        acls: [],
        limits: {},
        spendLimits: { perDayTicks: 5n, perMonthTicks: null },
        allowedNetworks: ['10.0.0.0/8', '::1'],
        expiresAtMs: null,
        disabled: false,
        revokedAtMs: NOON_MS + 10,
        ...who,
      };
      expect(await storage.keys.change(organization.id, key.id, change)).toBe(true);
      expect(await storage.keys.find(organization.id, key.id)).toEqual({ ...key, ...change });
    });

    test('another organization can neither read nor change a key', async () => {
      const { user, organization } = await samples.account();
      const thief = await samples.account();
      const key = samples.key(organization.id, user.id);
      await storage.keys.insert(key);
      expect(await storage.keys.find(thief.organization.id, key.id)).toBeUndefined();
      const change = { disabled: true, modifiedAtMs: NOON_MS, modifiedBy: thief.user.id };
      expect(await storage.keys.change(thief.organization.id, key.id, change)).toBe(false);
      expect(await storage.keys.find(organization.id, key.id)).toEqual(key);
    });

    test('a key and the one it follows change together or not at all', async () => {
      const { user, organization } = await samples.account();
      const thief = await samples.account();
      const key = samples.key(organization.id, user.id);
      await storage.keys.insert(key);
      const after = (followsKeyId: string, organizationId = organization.id) => {
        return { ...samples.key(organizationId, user.id, { modifiedBy: 'operator' }), followsKeyId };
      };
      const successor = after(key.id);
      expect(await storage.keys.rotate(successor, NOON_MS + 50)).toBe(true);
      const ended = { ...key, expiresAtMs: NOON_MS + 50, modifiedBy: 'operator' };
      expect(await storage.keys.list(organization.id)).toEqual([ended, successor]);
      // Again, with a longer overlap: it never ends later than it would have.
      expect(await storage.keys.rotate(after(key.id), NOON_MS + 90)).toBe(true);
      expect((await storage.keys.find(organization.id, key.id))?.expiresAtMs).toBe(NOON_MS + 50);

      expect(await storage.keys.rotate(after('nobody'), NOON_MS)).toBe(false);
      expect(await storage.keys.rotate(after(key.id, thief.organization.id), NOON_MS)).toBe(false);
      const who = { modifiedAtMs: NOON_MS, modifiedBy: 'operator' };
      await storage.keys.change(organization.id, key.id, { revokedAtMs: NOON_MS, ...who });
      expect(await storage.keys.rotate(after(key.id), NOON_MS)).toBe(false);
      expect(await storage.keys.list(organization.id)).toHaveLength(3);
      expect(await storage.keys.list(thief.organization.id)).toEqual([]);
      const clash = { ...after(successor.id), hash: key.hash };
      expect(await failureOf(storage.keys.rotate(clash, NOON_MS))).toBeInstanceOf(StorageConflict);
      expect(await storage.keys.find(organization.id, successor.id)).toEqual(successor);
    });

    test('when a key was last used is known to the minute, by requests with a charge and without', async () => {
      const { user, organization } = await samples.account();
      const key = samples.key(organization.id, user.id);
      await storage.keys.insert(key);
      const lastUsed = async () => (await storage.keys.find(organization.id, key.id))?.lastUsedAtMs;
      const walletId = await samples.wallet(100n);
      const origin = { ...samples.origin(walletId), keyId: key.id };
      const refused = async (atMs: number) =>
        storage.usage.record(samples.record({ holdId: samples.id('request'), origin }, { atMs }));
      expect(await lastUsed()).toBeNull();

      const hold = samples.hold(walletId, 10n, { origin });
      await storage.ledger.hold(hold);
      expect(await lastUsed()).toBeNull();
      await storage.ledger.post(samples.post(hold, 5n));
      expect(await lastUsed()).toBe(NOON_MS);
      await refused(NOON_MS + 59_999);
      expect(await lastUsed()).toBe(NOON_MS);
      await refused(NOON_MS + 60_000);
      expect(await lastUsed()).toBe(NOON_MS + 60_000);
      // One that took longer than those after it does not turn it back.
      await refused(NOON_MS - 600_000);
      expect(await lastUsed()).toBe(NOON_MS + 60_000);
    });

    test('a hash and an id belong to one key, and a key has owners', async () => {
      const { user, organization } = await samples.account();
      const key = samples.key(organization.id, user.id);
      await storage.keys.insert(key);
      for (const wrong of [
        { ...samples.key(organization.id, user.id), hash: key.hash },
        { ...samples.key(organization.id, user.id), id: key.id },
        samples.key('nobody', user.id),
        samples.key(organization.id, 'nobody'),
      ]) {
        expect(await failureOf(storage.keys.insert(wrong))).toBeInstanceOf(StorageConflict);
      }
      expect(await storage.keys.list(organization.id)).toEqual([key]);
    });
  });
}
