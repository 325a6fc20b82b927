import { afterEach, beforeEach, describe, expect, test } from 'bun:test';
import { type ReservedSQL, SQL } from 'bun';
import { Samples } from '../../../test/conformance/samples.ts';
import { makeTestDatabase, postgresMissing, type TestDatabase } from '../../../test/fakes/postgres-server.ts';
import type { Storage } from '../storage.ts';
import { openPostgresStorage } from './storage.ts';

const title = postgresMissing === undefined ? '' : ` (${postgresMissing})`;
describe.skipIf(postgresMissing !== undefined)(`computing anew on PostgreSQL${title}`, () => {
  let database: TestDatabase;
  let storage: Storage;
  let walletId: string;

  beforeEach(async () => {
    database = await makeTestDatabase();
    storage = await openPostgresStorage({ url: database.url });
    const samples = new Samples(storage, 'rebuild');
    walletId = await samples.wallet(1_000n);
    const posted = samples.hold(walletId, 100n);
    await storage.ledger.hold(posted);
    await storage.ledger.hold(samples.hold(walletId, 50n));
    await storage.ledger.post(samples.post(posted, 60n));
  });
  afterEach(async () => {
    await storage.close();
    await database.drop();
  });

  const findings = async () =>
    (await storage.ledger.audit('process')).findings.map(({ kind }) => kind).sort();
  const projections = async () => ({
    balance: await storage.ledger.balance(walletId),
    days: await storage.usage.daily(walletId, '2026-11-22', '2026-11-22'),
  });

  test('balances and days that were lost are computed anew, equal to what they were', async () => {
    const before = await projections();
    expect(before).toMatchObject({
      balance: { availableTicks: 890n, heldTicks: 50n },
      days: [{ requests: 1 }],
    });
    await database.run('UPDATE wallets SET available_ticks = 0, held_ticks = 0');
    await database.run('DELETE FROM usage_daily');
    expect(await findings()).toEqual(['balance-differs', 'rollup-differs']);
    await storage.rebuild();
    expect(await projections()).toEqual(before);
    expect(await findings()).toEqual([]);
  });

  test('a wallet whose entries come to less than nothing stays as it is, and is named', async () => {
    const other = await new Samples(storage, 'other').wallet(7n);
    await database.run('ALTER TABLE ledger_transactions DISABLE TRIGGER USER');
    await database.run(
      `DELETE FROM ledger_transactions WHERE command = 'grant'
        AND wallet_number = (SELECT number FROM wallets WHERE id = '${walletId}')`,
    );
    await database.run(`UPDATE wallets SET available_ticks = 1 WHERE id = '${other}'`);
    await storage.rebuild();
    expect(await storage.ledger.balance(walletId)).toEqual({ availableTicks: 890n, heldTicks: 50n });
    expect(await storage.ledger.balance(other)).toEqual({ availableTicks: 7n, heldTicks: 0n });
    expect(await findings()).toContain('negative-balance');
  });

  test('a deadlock that ends it is no failure: it is done anew', async () => {
    const other = new SQL(database.url, { max: 1 });
    const connection = await other.reserve();
    await connection.unsafe('BEGIN');
    // A command that has written its entry, while the tables are wanted whole; then it wants the wallet.
    await connection.unsafe('LOCK TABLE ledger_transactions IN ROW EXCLUSIVE MODE');
    const rebuilding = storage.rebuild();
    await untilSomebodyWaits(connection);
    // Only the other side looks for a deadlock now, so that it is the one whose work is taken back.
    await connection.unsafe("SET LOCAL deadlock_timeout = '1min'");
    await connection.unsafe('LOCK TABLE wallets IN ROW EXCLUSIVE MODE');
    await connection.unsafe('COMMIT');
    connection.release();
    await rebuilding;
    expect(await findings()).toEqual([]);
    await other.close();
  });

  test('what is spent at the same moment is in the balance afterwards', async () => {
    const samples = new Samples(storage, 'meanwhile');
    const spending = Promise.all(
      Array.from({ length: 40 }, () => storage.ledger.hold(samples.hold(walletId, 1n))),
    );
    await storage.rebuild();
    await spending;
    expect(await storage.ledger.balance(walletId)).toEqual({ availableTicks: 850n, heldTicks: 90n });
    expect(await findings()).toEqual([]);
  });
});

async function untilSomebodyWaits(connection: ReservedSQL): Promise<void> {
  const waiting = `SELECT 1 FROM pg_locks WHERE NOT granted
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;
  while ((await connection.unsafe(waiting)).length === 0) await Bun.sleep(5);
}
