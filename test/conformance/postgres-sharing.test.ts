import { afterEach, beforeEach, describe, expect, test } from 'bun:test';
import type { Change } from '../../src/ports/changes.ts';
import { openPostgresStorage } from '../../src/storage/postgres/storage.ts';
import type { Membership } from '../../src/storage/sharing.ts';
import type { Storage } from '../../src/storage/storage.ts';
import { makeTestDatabase, postgresMissing, type TestDatabase } from '../fakes/postgres-server.ts';
import { startSilencingProxy } from '../fakes/silencing-proxy.ts';
import { NOON_MS, Samples } from './samples.ts';

/** Longer than anybody may take to hear of a change; what comes later fails the test that waits for it. */
const PATIENCE_MS = 10_000;

const ROOMY = { organizationKeys: 1_000, organizationBytes: 1_000, allKeys: 1_000, allBytes: 1_000 };

function hash(text: string): string {
  return new Bun.CryptoHasher('sha256').update(text).digest('hex');
}

/** A claim of the team's one key, for the request that is named. */
function claimOf(requestId: string) {
  const [keyHash, fingerprint] = [hash('key'), hash('body')];
  return { organizationId: 'team', keyHash, requestId, fingerprint, processId: 'process', atMs: NOON_MS };
}

const title = `postgres${postgresMissing === undefined ? '' : ` (${postgresMissing})`}: processes that share the database`;
describe.skipIf(postgresMissing !== undefined)(title, () => {
  let database: TestDatabase;
  let here: Storage;
  let there: Storage;
  let heard: (Change | 'everything')[];
  let memberships: Membership[];

  beforeEach(async () => {
    database = await makeTestDatabase();
    [here, there] = [
      await openPostgresStorage({ url: database.url }),
      await openPostgresStorage({ url: database.url }),
    ];
    heard = [];
    memberships = [];
  });
  afterEach(async () => {
    await Promise.all(memberships.map((membership) => membership.leave()));
    await Promise.all([here.close(), there.close()]);
    await database.drop();
  });

  const join = async (storage: Storage, processId: string) => {
    const membership = await storage.sharing?.join({ processId, onChange: (change) => heard.push(change) });
    if (membership === undefined) throw new Error('the engine is for one process');
    memberships.push(membership);
    return membership;
  };

  const waitFor = async (isThere: () => boolean) => {
    const giveUpAt = Date.now() + PATIENCE_MS;
    while (!isThere()) {
      if (Date.now() > giveUpAt) throw new Error(`heard only ${JSON.stringify(heard)}`);
      await Bun.sleep(5);
    }
  };
  const waitForChange = (kind: Change['kind'], id: string) =>
    waitFor(() =>
      heard.some((change) => change !== 'everything' && change.kind === kind && change.id === id),
    );

  test('what one changes the other hears of: keys, people, teams, models, prices, channels', async () => {
    await join(here, 'here');
    const samples = new Samples(there, 'there');
    const { user, organization } = await samples.account();
    const key = samples.key(organization.id, user.id);
    await there.keys.insert(key);
    const who = { modifiedAtMs: NOON_MS, modifiedBy: user.id };
    await there.keys.change(organization.id, key.id, { revokedAtMs: NOON_MS, ...who });
    await waitForChange('key', key.id);
    heard.length = 0;
    await there.keys.change(organization.id, key.id, { allowedNetworks: ['::1/128'], ...who });
    await waitForChange('key', key.id);
    await there.accounts.setUserBanned(user.id, true);
    await waitForChange('user', user.id);
    await there.accounts.setOrganizationBlocked(organization.id, true);
    await waitForChange('organization', organization.id);
    await database.run(`INSERT INTO models VALUES ('m', '[]', '[]', '[]', 1, 1, '{}', 1, 'o', 1)`);
    await waitForChange('model', 'm');
    heard.length = 0;
    await database.run(`INSERT INTO model_prices VALUES ('m', 1, 1, 1, 1, 1, 1)`);
    await waitForChange('model', 'm');
    const channel = {
      id: 'c',
      name: 'c',
      kind: 'simulator',
      baseUrl: '',
      sealedKey: null,
      models: {},
    } as const;
    const rest = {
      inputModalities: [],
      contextTokens: null,
      priority: 0,
      enabled: true,
      createdAtMs: NOON_MS,
    };
    await there.channels.put({ ...channel, ...rest });
    await waitForChange('channel', 'c');
  });

  test('of credit that one grants the other hears, whose calls may be waiting for it', async () => {
    await join(here, 'here');
    const walletId = await new Samples(there, 'there').wallet(0n);
    heard.length = 0;
    const amount = { transactionId: 'grant', walletId, amountTicks: 5n, memo: '', atMs: NOON_MS };
    expect((await there.ledger.grant(amount)).outcome).toBe('done');
    await waitForChange('credit', walletId);
  });

  test('that a key was used is no change', async () => {
    await join(here, 'here');
    const samples = new Samples(there, 'used');
    const { user, organization } = await samples.account();
    const key = samples.key(organization.id, user.id);
    await there.keys.insert(key);
    const origin = { ...samples.origin('wallet'), keyId: key.id };
    await there.usage.record(samples.record({ holdId: 'request', origin }));
    expect((await there.keys.find(organization.id, key.id))?.lastUsedAtMs).toBe(NOON_MS);
    // Notifications come in order: whatever the use had told of would have come before this.
    await there.accounts.setUserBanned(user.id, true);
    await waitForChange('user', user.id);
    expect(heard.filter((change) => change !== 'everything' && change.kind === 'key')).toEqual([]);
  });

  test('a listening connection that breaks: everything may have changed, and what comes next is heard', async () => {
    await join(here, 'here');
    await database.run(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'`,
    );
    await waitFor(() => heard.includes('everything'));
    const samples = new Samples(there, 'there');
    const { user } = await samples.account();
    await there.accounts.setUserBanned(user.id, true);
    await waitForChange('user', user.id);
  });

  test('one that is dead without a word is noticed: everything may have changed, and what comes next is heard', async () => {
    const proxy = startSilencingProxy(database.url);
    const behind = await openPostgresStorage({ url: proxy.url });
    try {
      await join(behind, 'behind');
      // Connections of before say nothing more, and nobody is told; new ones work.
      proxy.silenceListeners();
      const samples = new Samples(there, 'there');
      const { user } = await samples.account();
      await there.accounts.setUserBanned(user.id, true);
      await waitFor(() => heard.includes('everything'));
      await waitFor(() => heard.filter((change) => change === 'everything').length >= 2);
      await there.accounts.setUserBanned(user.id, false);
      await waitForChange('user', user.id);
      await memberships.pop()?.leave();
    } finally {
      await behind.close();
      proxy.close();
    }
  });

  test('a living process keeps its holds; one that left or was silent for a minute does not', async () => {
    const membership = await join(there, 'there');
    const samples = new Samples(there, 'holds');
    const walletId = await samples.wallet(100n);
    const hold = () => there.ledger.hold(samples.hold(walletId, 10n, { processId: 'there' }));
    await hold();
    expect(await here.ledger.expireHoldsOfOthers('here', NOON_MS)).toMatchObject({ expired: 0 });
    expect(await here.ledger.audit('here')).toMatchObject({ liveHolds: 1, lostHolds: 0 });

    await database.run(`UPDATE processes SET seen_at = clock_timestamp() - interval '61 seconds'`);
    expect(await here.ledger.expireHoldsOfOthers('here', NOON_MS)).toMatchObject({ expired: 1 });
    expect(await here.ledger.expireHoldsOfOthers('here', NOON_MS)).toMatchObject({ expired: 0 });

    await membership.leave();
    memberships.pop();
    await hold();
    expect(await here.ledger.expireHoldsOfOthers('here', NOON_MS)).toMatchObject({ expired: 1 });
    expect((await here.ledger.audit(undefined)).findings).toEqual([]);
  });

  test('a living process keeps its claims; one that was silent for a minute does not', async () => {
    await join(there, 'there');
    const claim = { ...claimOf('one'), processId: 'there' };
    await there.idempotency.claim(claim, ROOMY);
    const again = () => here.idempotency.claim({ ...claim, requestId: 'another' }, ROOMY);
    expect(await here.idempotency.interruptClaimsOfOthers('here')).toBe(0);
    expect(await again()).toMatchObject({ requestId: 'one', state: { kind: 'running' } });
    await database.run(`UPDATE processes SET seen_at = clock_timestamp() - interval '61 seconds'`);
    expect(await here.idempotency.interruptClaimsOfOthers('here')).toBe(1);
    expect(await again()).toMatchObject({ requestId: 'one', state: { kind: 'interrupted' } });
  });

  test('keys that two processes claim and free at once are had by one at a time, up to the limit', async () => {
    const limits = { ...ROOMY, organizationKeys: 3 };
    const store = (index: number) => (index % 2 === 0 ? here : there).idempotency;
    let holders = 0;
    const racers = Array.from({ length: 60 }, async (_, index) => {
      const claim = claimOf(`racer-${index}`);
      if ((await store(index).claim(claim, limits)).outcome !== 'done') return;
      holders += 1;
      expect(holders).toBe(1);
      await Bun.sleep(1);
      holders -= 1;
      await store(index).release(claim);
    });
    await Promise.all(racers);
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        store(index).claim({ ...claimOf(`${index}`), keyHash: hash(`${index}`) }, limits),
      ),
    );
    expect(answers.filter(({ outcome }) => outcome === 'done')).toHaveLength(3);
    expect(answers.filter(({ outcome }) => outcome === 'full')).toHaveLength(37);
    expect(await database.run('SELECT keys FROM idempotency_totals')).toEqual([{ keys: 3n }]);
  });

  test('one settles while others end its holds: each has one end, and the books balance', async () => {
    const samples = new Samples(here, 'race');
    const walletId = await samples.wallet(10_000n);
    const holds = Array.from({ length: 200 }, () =>
      samples.hold(walletId, 10n, { processId: 'believed-dead' }),
    );
    await Promise.all(holds.map((hold) => here.ledger.hold(hold)));
    const [answers, ...ended] = await Promise.all([
      Promise.all(holds.map((hold) => here.ledger.post(samples.post(hold, 7n)))),
      there.ledger.expireHoldsOfOthers('there', NOON_MS),
      here.ledger.expireHoldsOfOthers('here', NOON_MS),
    ]);
    const posted = answers.filter(({ outcome }) => outcome === 'done').length;
    const expired = ended.reduce((sum, each) => sum + each.expired, 0);
    expect(posted + expired).toBe(200);
    expect(await here.ledger.balance(walletId)).toEqual({
      availableTicks: 10_000n - BigInt(posted) * 7n,
      heldTicks: 0n,
    });
    expect((await here.ledger.audit(undefined)).findings).toEqual([]);
  });

  test('200 holds over two processes, on credit and on a key’s allowance for 10: exactly 10', async () => {
    const samples = new Samples(here, 'race');
    for (const [creditTicks, perDayTicks] of [
      [1_000n, null],
      [1_000_000n, 1_000n],
    ] as const) {
      const walletId = await samples.wallet(creditTicks);
      const spendLimits = { perDayTicks, perMonthTicks: null };
      const origin = { ...samples.origin(walletId), keyId: walletId };
      const answers = await Promise.all(
        Array.from({ length: 200 }, (_, index) =>
          (index % 2 === 0 ? here : there).ledger.hold(samples.hold(walletId, 100n, { spendLimits, origin })),
        ),
      );
      expect(answers.filter(({ outcome }) => outcome === 'done')).toHaveLength(10);
      expect(await here.ledger.balance(walletId)).toEqual({
        availableTicks: creditTicks - 1_000n,
        heldTicks: 1_000n,
      });
    }
    expect((await here.ledger.audit('process')).findings).toEqual([]);
  });

  test('what is to be done by one process at a time is', async () => {
    let inside = 0;
    const act = (storage: Storage) =>
      storage.sharing?.alone(async () => {
        inside += 1;
        expect(inside).toBe(1);
        await storage.settings.set('who', 'me');
        inside -= 1;
      });
    await Promise.all([act(here), act(there), act(here), act(there)]);
  });
});
