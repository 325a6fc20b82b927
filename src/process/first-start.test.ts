import { expect, test } from 'bun:test';
import { ManualClock } from '../../test/fakes/manual-clock.ts';
import { seedCatalogue } from '../console/seed-catalogue.ts';
import { openMemoryStorage } from '../storage/memory/storage.ts';
import type { Storage } from '../storage/storage.ts';
import { createCommandContext } from './commands/command-context.ts';
import { readConfig } from './config.ts';
import { prepareInstallation } from './first-start.ts';
import { systemRandom as random } from './system-random.ts';

const GIVEN_KEY = `xai-${'g'.repeat(80)}`;
const STORES = ['accounts', 'keys', 'ledger', 'catalogue', 'channels', 'settings', 'usage'] as const;

/** The process dies at a call of its storage: before it is carried out, or after and unheard. */
interface Death {
  readonly atCall: number;
  readonly isCarriedOut: boolean;
}

/** Prepares a folder as a start does. Undefined in place of an answer: the process died. */
async function start(storage: Storage, environment: Record<string, string> = {}, death?: Death) {
  let calls = 0;
  const dying = <Store extends object>(store: Store): Store =>
    new Proxy(store, {
      get(target, name) {
        const method: unknown = Reflect.get(target, name);
        if (typeof method !== 'function') return method;
        return async (...given: unknown[]) => {
          calls += 1;
          if (calls === death?.atCall && !death.isCarriedOut) throw new Error('died');
          const answer: unknown = await method.apply(target, given);
          if (calls === death?.atCall) throw new Error('died');
          return answer;
        };
      },
    });
  const context = createCommandContext({
    dataDir: '/nowhere',
    storage: { ...storage, ...Object.fromEntries(STORES.map((name) => [name, dying(storage[name])])) },
    clock: new ManualClock(),
    random,
    changed: () => {},
    ownUrl: () => 'http://127.0.0.1:7070',
    seal: (text) => text,
    diagnose: async () => [],
  });
  const settings = readConfig(environment, {}, { isTerminal: false });
  if ('problems' in settings) throw new Error('the test is wrong');
  let setUpLink: string | undefined;
  const first = await seedCatalogue(context)
    .then(() => prepareInstallation(context, settings.config))
    .then((prepared) => {
      setUpLink = prepared.setUpLink;
      return prepared.first;
    })
    .catch((error: Error) => {
      if (error.message !== 'died') throw error;
      return 'died' as const;
    });
  return { first, setUpLink, calls };
}

/** What must be there after any start that lived: one owner, $25 once, one working key, the shipped models. */
async function expectWhole(storage: Storage) {
  const users = await storage.accounts.listUsers();
  expect(users.map(({ email, role }) => [email, role])).toEqual([['owner@localhost', 'owner']]);
  const team = await storage.accounts.findOrganization(`personal-${users[0]?.id}`);
  const teamId = team?.id ?? '';
  expect(await storage.ledger.balance(teamId)).toEqual({ availableTicks: 250_000_000_000n, heldTicks: 0n });
  expect(await storage.keys.list(teamId)).toHaveLength(1);
  expect((await storage.catalogue.list()).map(({ id }) => id).sort()).toEqual([
    'grok-beta',
    'grok-vision-beta',
  ]);
  expect((await storage.ledger.audit(undefined)).findings).toEqual([]);
}

test('an empty folder gets an owner, $25, the shipped models and a key that is shown this once', async () => {
  const storage = openMemoryStorage();
  const { first } = await start(storage);
  expect(first).toEqual({
    ownerEmail: 'owner@localhost',
    apiKey: expect.stringMatching(/^xai-[0-9A-Za-z]{80}$/),
    creditUsd: '$25.00',
  });
  await expectWhole(storage);
  expect((await start(storage)).first).toBeUndefined();
  await expectWhole(storage);
});

test('a start that dies at any moment is made good by the next one', async () => {
  const { calls } = await start(openMemoryStorage());
  expect(calls).toBeGreaterThan(10);
  for (let atCall = 1; atCall <= calls; atCall += 1) {
    for (const isCarriedOut of [false, true]) {
      const storage = openMemoryStorage();
      expect((await start(storage, {}, { atCall, isCarriedOut })).first).toBe('died');
      const { first } = await start(storage);
      await expectWhole(storage);
      // Only a key that was stored and not shown yet is lost; nobody can tell it from one that was.
      if (first === undefined) expect({ atCall, isCarriedOut }).toMatchObject({ isCarriedOut: true });
    }
  }
});

test('a key that the environment names becomes the first one, or joins later', async () => {
  const environment = { TURNPIKE_INITIAL_API_KEY: GIVEN_KEY };
  const storage = openMemoryStorage();
  expect((await start(storage, environment)).first).toMatchObject({ apiKey: GIVEN_KEY });
  expect((await start(storage, environment)).first).toBeUndefined();
  await expectWhole(storage);

  const older = openMemoryStorage();
  await start(older);
  expect((await start(older, environment)).first).toBeUndefined();
  const [owner] = await older.accounts.listUsers();
  const team = await older.accounts.findOrganization(`personal-${owner?.id}`);
  expect(await older.keys.list(team?.id ?? '')).toHaveLength(2);
});

test('every start shows a link of its own until somebody can sign in', async () => {
  const storage = openMemoryStorage();
  const links = [(await start(storage)).setUpLink, (await start(storage)).setUpLink];
  for (const link of links) expect(link).toMatch(/^http:\/\/127\.0\.0\.1:7070\/set-up\?token=[\w-]{43}$/);
  expect(links[0]).not.toBe(links[1]);
  // Nobody can sign in with the owner's first address, whatever password there is.
  const withPassword = { TURNPIKE_ADMIN_PASSWORD: 'heart of gold' };
  expect((await start(storage, withPassword)).setUpLink).toBeDefined();

  const named = { ...withPassword, TURNPIKE_ADMIN_EMAIL: 'zaphod@example.com' };
  expect((await start(openMemoryStorage(), named)).setUpLink).toBeUndefined();
});
