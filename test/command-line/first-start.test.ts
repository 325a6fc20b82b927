import { expect, test } from 'bun:test';
import { createCommandContext } from '../../src/process/commands/command-context.ts';
import { readConfig } from '../../src/process/config.ts';
import { prepareInstallation } from '../../src/process/first-start.ts';
import { systemRandom } from '../../src/process/system-random.ts';
import { openMemoryStorage } from '../../src/storage/memory/storage.ts';
import { ManualClock } from '../fakes/manual-clock.ts';

const KEY = `xai-${'q'.repeat(80)}`;

function openWorld(environment: Record<string, string> = {}) {
  const storage = openMemoryStorage();
  const context = createCommandContext({
    storage,
    clock: new ManualClock(),
    random: systemRandom,
    seal: (text) => text,
    changed: () => {},
    diagnose: async () => [],
  });
  const read = readConfig(environment, {}, { isTerminal: false });
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  return { storage, context, config: read.config };
}

test('an empty folder gets an owner, $25, both models and one key, which is told once', async () => {
  const { storage, context, config } = openWorld();
  const first = await prepareInstallation(context, config);
  expect(first).toMatchObject({ ownerEmail: 'owner@localhost', creditUsd: '$25.00' });
  expect(first?.apiKey).toMatch(/^xai-[0-9A-Za-z]{80}$/);
  expect((await storage.catalogue.list()).map(({ id }) => id)).toEqual(['grok-beta', 'grok-vision-beta']);
  expect(await prepareInstallation(context, config)).toBeUndefined();
  expect(await storage.accounts.listUsers()).toHaveLength(1);
});

test('a start that died before it gave the key is made good by the next one', async () => {
  const { storage, context, config } = openWorld();
  const dying = { ...context, keys: { ...context.keys, insert: () => Promise.reject(new Error('killed')) } };
  Object.assign(dying.keys, { list: context.keys.list.bind(context.keys) });
  const death = await prepareInstallation(dying, config).catch((error: Error) => error.message);
  expect(death).toBe('killed');
  expect(await storage.accounts.listUsers()).toHaveLength(1);

  const first = await prepareInstallation(context, config);
  expect(first?.apiKey).toMatch(/^xai-/);
  const [team] = await storage.accounts.listOrganizations();
  expect((await storage.ledger.balance(team?.id ?? ''))?.availableTicks).toBe(250_000_000_000n);
});

test('a key that the environment names is the first key, and is adopted by an older folder too', async () => {
  const fresh = openWorld({ TURNPIKE_INITIAL_API_KEY: KEY });
  expect((await prepareInstallation(fresh.context, fresh.config))?.apiKey).toBe(KEY);

  const older = openWorld();
  await prepareInstallation(older.context, older.config);
  expect(await prepareInstallation(older.context, { ...older.config, initialApiKey: KEY })).toBeUndefined();
  const [team] = await older.storage.accounts.listOrganizations();
  expect(await older.storage.keys.list(team?.id ?? '')).toHaveLength(2);
});
