import { afterEach, beforeEach, describe, expect, test } from 'bun:test';
import { SQL } from 'bun';
import { ALL_MIGRATIONS } from '../../src/storage/postgres/migrations/all-migrations.ts';
import { prepareDatabase } from '../../src/storage/postgres/prepare-database.ts';
import { openPostgresStorage } from '../../src/storage/postgres/storage.ts';
import type { Migration } from '../../src/storage/sql/migration.ts';
import type { Storage } from '../../src/storage/storage.ts';
import { StorageNotOpened } from '../../src/storage/storage-error.ts';
import { makeTestDatabase, postgresMissing, type TestDatabase } from '../fakes/postgres-server.ts';
import { startSilencingProxy } from '../fakes/silencing-proxy.ts';
import { failureOf, NOON_MS, Samples } from './samples.ts';

const title = `postgres${postgresMissing === undefined ? '' : ` (${postgresMissing})`}: the server and its connections`;
describe.skipIf(postgresMissing !== undefined)(title, () => {
  let database: TestDatabase;
  let storages: Storage[];

  beforeEach(async () => {
    database = await makeTestDatabase();
    storages = [];
  });
  afterEach(async () => {
    await Promise.all(storages.map((storage) => storage.close()));
    await database.drop();
  });

  const open = async (options: Omit<Parameters<typeof openPostgresStorage>[0], 'url'> = {}) => {
    const storage = await openPostgresStorage({ url: database.url, ...options });
    storages.push(storage);
    return storage;
  };

  test('three processes that start at once make the schema once', async () => {
    await Promise.all([open(), open(), open()]);
    expect(await database.run('SELECT number FROM turnpike_migrations ORDER BY number')).toEqual(
      ALL_MIGRATIONS.map(({ number }) => ({ number: BigInt(number) })),
    );
  });

  test('what cannot be used is refused in words, and left as it was', async () => {
    const reasonOf = async (url: string, migrations: readonly Migration[] = ALL_MIGRATIONS) => {
      const failure = await failureOf(prepareDatabase(url, migrations));
      expect(failure).toBeInstanceOf(StorageNotOpened);
      expect((failure as StorageNotOpened).message).not.toContain('swordfish');
      return (failure as StorageNotOpened).reason;
    };
    const other = new URL(database.url);
    other.pathname = '/no_such_database';
    other.password = 'swordfish';
    expect(await reasonOf(other.href)).toBe('no-database');
    expect(await reasonOf('postgres://u:swordfish@127.0.0.1:1/db')).toBe('unreachable');

    await database.run('CREATE TABLE theirs (id int)');
    expect(await reasonOf(database.url)).toBe('not-ours');
    expect(await database.run(`SELECT to_regclass('turnpike_migrations') AS made`)).toEqual([{ made: null }]);
    await database.run('DROP TABLE theirs');

    await prepareDatabase(database.url, ALL_MIGRATIONS);
    const [first, ...others] = ALL_MIGRATIONS;
    expect(await reasonOf(database.url, ALL_MIGRATIONS.slice(0, 1))).toBe('newer');
    expect(await reasonOf(database.url, [{ ...(first as Migration), sql: '' }, ...others])).toBe('changed');
  });

  test('a step that fails leaves nothing behind and may be tried again', async () => {
    const [last] = ALL_MIGRATIONS.slice(-1);
    const next = {
      number: (last?.number ?? 0) + 1,
      name: 'next',
      sql: 'CREATE TABLE half (id int); SELECT 1/0',
    };
    expect(await failureOf(prepareDatabase(database.url, [...ALL_MIGRATIONS, next]))).toBeInstanceOf(Error);
    expect(await database.run(`SELECT to_regclass('half') AS made`)).toEqual([{ made: null }]);
    await prepareDatabase(database.url, [...ALL_MIGRATIONS, { ...next, sql: 'CREATE TABLE half (id int)' }]);
  });

  test('transactions and ended holds never change, whoever tries', async () => {
    const storage = await open();
    const samples = new Samples(storage, 'fixed');
    const walletId = await samples.wallet(100n);
    const hold = samples.hold(walletId, 10n);
    await storage.ledger.hold(hold);
    await storage.ledger.post(samples.post(hold, 5n));
    for (const statement of [
      'UPDATE ledger_transactions SET held_ticks = held_ticks + 1, available_ticks = available_ticks - 1',
      'TRUNCATE ledger_transactions',
      `UPDATE ledger_transactions SET memo = 'x'`,
      'DELETE FROM ledger_transactions',
      `INSERT INTO ledger_transactions SELECT sequence + 1000, command, wallet_number, 'new', NULL, NULL, memo, at_ms,
        available_ticks + 1, held_ticks, credit_ticks, revenue_ticks, uncollected_ticks
        FROM ledger_transactions WHERE command = 'grant'`,
      'UPDATE holds SET charged_ticks = 0',
      'DELETE FROM holds',
      'TRUNCATE holds',
      'UPDATE wallets SET available_ticks = -1',
    ]) {
      expect(await failureOf(database.run(statement))).toMatchObject({ errno: expect.stringMatching(/^23/) });
    }
    expect((await storage.ledger.audit(undefined)).findings).toEqual([]);
  });

  test('a wallet that somebody else keeps locked: nothing was done, and the others are served afterwards', async () => {
    const storage = await open({ ledgerLimits: { deadlineMs: 400 } });
    const samples = new Samples(storage, 'locked');
    const walletId = await samples.wallet(100n);
    const hold = samples.hold(walletId, 10n);
    const other = new SQL(database.url, { max: 1 });
    const locking = await other.reserve();
    await locking.unsafe('BEGIN');
    await locking.unsafe('SELECT * FROM wallets FOR UPDATE');
    expect(await failureOf(storage.ledger.hold(hold))).toMatchObject({
      name: 'StorageUnavailable',
      reason: 'deadline',
      outcome: 'unknown',
    });
    await locking.unsafe('ROLLBACK');
    await other.close({ timeout: 0 });
    let outcome: string | undefined;
    while (outcome === undefined) outcome = (await storage.ledger.hold(hold).catch(() => undefined))?.outcome;
    expect(['done', 'exists']).toContain(outcome);
    expect(await storage.ledger.balance(walletId)).toEqual({ availableTicks: 90n, heldTicks: 10n });
  });

  test('a machine that is gone without a word: nobody waits longer than the deadline, and new connections are made', async () => {
    const proxy = startSilencingProxy(database.url);
    const limits = { deadlineMs: 300 };
    const storage = await openPostgresStorage({
      url: proxy.url,
      ledgerLimits: limits,
      databaseLimits: limits,
    });
    try {
      const samples = new Samples(storage, 'gone');
      const walletId = await samples.wallet(100n);
      await Promise.all(Array.from({ length: 20 }, () => storage.ledger.balance(walletId)));
      proxy.silenceAll();
      const hold = samples.hold(walletId, 10n);
      const failures = await Promise.all([
        failureOf(storage.ledger.hold(hold)),
        ...Array.from({ length: 20 }, () => failureOf(storage.ledger.balance(walletId))),
      ]);
      for (const failure of failures) expect(failure).toMatchObject({ name: 'StorageUnavailable' });
      let outcome: string | undefined;
      while (outcome === undefined)
        outcome = (await storage.ledger.hold(hold).catch(() => undefined))?.outcome;
      expect(await storage.ledger.balance(walletId)).toEqual({ availableTicks: 90n, heldTicks: 10n });
    } finally {
      await storage.close();
      proxy.close();
    }
  });

  test('more than may wait is turned away at once, and nothing of it was done', async () => {
    const storage = await open({ ledgerLimits: { maximumWaiting: 5 } });
    const samples = new Samples(storage, 'crowd');
    const walletId = await samples.wallet(100n);
    const outcomes = await Promise.all(
      Array.from({ length: 50 }, async () => {
        const answer = storage.ledger.hold(samples.hold(walletId, 1n));
        const failure = await failureOf(answer);
        return failure === undefined ? 'done' : (failure as { reason: string; outcome: string });
      }),
    );
    const done = outcomes.filter((outcome) => outcome === 'done').length;
    expect(done).toBe(5);
    expect(outcomes.find((outcome) => outcome !== 'done')).toMatchObject({
      reason: 'overloaded',
      outcome: 'not-done',
    });
    expect((await storage.ledger.balance(walletId))?.heldTicks).toBe(5n);
  });

  test('connections that the server ends are made anew, for money and everything else', async () => {
    const storage = await open();
    const samples = new Samples(storage, 'ended');
    const walletId = await samples.wallet(1_000n);
    for (let round = 0; round < 5; round += 1) {
      await database.run(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
          WHERE datname = current_database() AND application_name = 'turnpike'`,
      );
      expect((await storage.ledger.hold(samples.hold(walletId, 1n))).outcome).toBe('done');
      expect((await storage.ledger.balance(walletId))?.heldTicks).toBe(BigInt(round) + 1n);
      expect(await storage.keys.findByHash('0'.repeat(64))).toBeUndefined();
    }
    await storage.check();
  });

  test('after it was closed everything is refused, and closing again does nothing', async () => {
    const storage = await open();
    await storage.close();
    await storage.close();
    for (const call of [
      () => storage.ledger.openWallet('wallet', NOON_MS),
      () =>
        storage.ledger.grant({ transactionId: 'x', walletId: 'w', amountTicks: 1n, memo: '', atMs: NOON_MS }),
      () => storage.ledger.balance('wallet'),
      () => storage.ledger.statement('wallet', { limit: 1 }),
      () => storage.ledger.audit(undefined),
      () => storage.accounts.findUser('nobody'),
      () => storage.keys.findByHash('0'.repeat(64)),
      () => storage.settings.set('name', 'value'),
      () => storage.check(),
    ]) {
      expect(await failureOf(call())).toMatchObject({ name: 'StorageUnavailable', reason: 'closed' });
    }
  });
});
