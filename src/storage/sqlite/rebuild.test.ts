import { Database } from 'bun:sqlite';
import { afterEach, beforeEach, expect, test } from 'bun:test';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NOON_MS, Samples } from '../../../test/conformance/samples.ts';
import type { Storage } from '../storage.ts';
import { openSqliteStorage } from './storage.ts';

let folder: string;
let path: string;
let storage: Storage;
let walletId: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'turnpike-rebuild-'));
  path = join(folder, 'turnpike.db');
  storage = await openSqliteStorage({ path });
  const samples = new Samples(storage, 'rebuild');
  walletId = await samples.wallet(1_000n);
  const posted = samples.hold(walletId, 100n);
  await storage.ledger.hold(posted);
  await storage.ledger.hold(samples.hold(walletId, 50n));
  await storage.ledger.post(samples.post(posted, 60n));
});
afterEach(async () => {
  await storage.close();
  rmSync(folder, { recursive: true, force: true });
});

const edit = (sql: string) => {
  const editor = new Database(path);
  editor.run('PRAGMA ignore_check_constraints = ON');
  editor.run(sql);
  editor.close();
};
/** The ledger remembers what it has decided; a start reads the tables. */
const reopen = async () => {
  await storage.close();
  storage = await openSqliteStorage({ path });
};
const rebuild = async () => {
  await storage.rebuild();
  await reopen();
};
const findings = async () => (await storage.ledger.audit('process')).findings.map(({ kind }) => kind).sort();
const projections = async () => ({
  balance: await storage.ledger.balance(walletId),
  days: await storage.usage.daily(walletId, '2026-11-22', '2026-11-22'),
  hours: await storage.reports.usage(walletId, SPAN, { byKey: true, byModel: true }),
  channels: await storage.reports.channels(SPAN),
});
const SPAN = { fromMs: Date.UTC(2026, 10, 22), toMs: Date.UTC(2026, 10, 23), step: 'hour' } as const;

test('balances and days that were lost are computed anew, equal to what they were', async () => {
  const before = await projections();
  await reopen();
  edit(`UPDATE wallets SET available_ticks = 0, held_ticks = 0; DELETE FROM usage_daily; DELETE FROM usage_hourly;
    DELETE FROM channel_hourly`);
  expect(await findings()).toEqual(['balance-differs', 'rollup-differs']);
  await rebuild();
  expect(await projections()).toEqual(before);
  expect(before).toMatchObject({
    balance: { availableTicks: 890n, heldTicks: 50n },
    days: [{ requests: 1 }],
    hours: [{ requests: 1 }],
    channels: [{ requests: 1 }],
  });
  expect(await findings()).toEqual([]);
});

test('nothing is changed where everything is right', async () => {
  const before = await projections();
  await rebuild();
  expect(await projections()).toEqual(before);
});

test('a wallet whose entries come to less than nothing stays as it is, and is named', async () => {
  const other = new Samples(storage, 'other');
  const sound = await other.wallet(7n);
  await reopen();
  edit(`DROP TRIGGER ledger_transactions_never_go;
    DELETE FROM ledger_transactions WHERE wallet_number = 1 AND command = 'grant';
    UPDATE wallets SET available_ticks = 1 WHERE number = 2`);
  await rebuild();
  expect(await storage.ledger.balance(walletId)).toEqual({ availableTicks: 890n, heldTicks: 50n });
  expect(await storage.ledger.balance(sound)).toEqual({ availableTicks: 7n, heldTicks: 0n });
  expect(await findings()).toContain('negative-balance');
  await storage.ledger.openWallet('still-writes', NOON_MS);
});
