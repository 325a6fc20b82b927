import { Database } from 'bun:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'bun:test';
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FrameWriter } from '../../src/storage/sqlite/journal/journal-frame.ts';
import { openSqliteStorage } from '../../src/storage/sqlite/storage.ts';
import { StorageUnavailable } from '../../src/storage/storage-error.ts';
import { failureOf, NOON_MS, Samples } from './samples.ts';

const CHILD = new URL('./sqlite-writing-child.ts', import.meta.url).pathname;

/** A child that says nothing for so long is broken. */
const CHILD_LIMIT_MS = 20_000;

describe('sqlite: the process and its file', () => {
  let folder: string;
  let path: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'turnpike-'));
    path = join(folder, 'turnpike.db');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const startChild = (mode: string) =>
    Bun.spawn([process.execPath, CHILD, path, mode], {
      stdout: 'pipe',
      stderr: 'inherit',
      timeout: CHILD_LIMIT_MS,
    });

  test('kill -9 in the middle of commits: what was acknowledged is there, once, and the books balance', async () => {
    for (const killedAfter of [1, 40, 200]) {
      const child = startChild('until-killed');
      const acknowledged: string[] = [];
      let rest = '';
      for await (const chunk of child.stdout.pipeThrough(new TextDecoderStream())) {
        const lines = (rest + chunk).split('\n');
        rest = lines.pop() ?? '';
        acknowledged.push(...lines);
        if (acknowledged.length >= killedAfter) child.kill('SIGKILL');
      }
      await child.exited;
      expect(acknowledged.length).toBeGreaterThanOrEqual(killedAfter);

      const storage = await openSqliteStorage({ path });
      try {
        await storage.ledger.expireHoldsOfOthers('the next process', NOON_MS);
        const { findings, lostHolds, liveHolds } = await storage.ledger.audit(undefined);
        expect([findings, lostHolds, liveHolds]).toEqual([[], 0, 0]);
        const known = new Set<string>();
        let cursor: string | undefined;
        do {
          const page = await storage.usage.requests('wallet', { limit: 1_000, cursor });
          for (const row of page.rows) known.add(`${row.outcome} ${row.requestId}`);
          cursor = page.nextCursor;
        } while (cursor !== undefined);
        for (const line of acknowledged) expect(known.has(`completed ${line}`)).toBe(true);
      } finally {
        await storage.close();
      }
    }
  }, 60_000);

  test('a process that closes its storage ends by itself and leaves one file', async () => {
    const child = startChild('once');
    expect(await child.exited).toBe(0);
    expect(existsSync(path)).toBe(true);
    expect(existsSync(`${path}-wal`) ? statSync(`${path}-wal`).size : 0).toBe(0);
  });

  test('while another process locks the database the ledger goes on, and the tables follow later', async () => {
    const storage = await openSqliteStorage({ path, busyTimeoutMs: 20 });
    const samples = new Samples(storage, 'locked');
    const walletId = await samples.wallet(100n);
    await storage.ledger.statement(walletId, { limit: 1 });
    const hold = samples.hold(walletId, 10n);
    const other = new Database(path);
    other.run('BEGIN IMMEDIATE');
    expect((await storage.ledger.hold(hold)).outcome).toBe('done');
    expect(await storage.ledger.balance(walletId)).toEqual({ availableTicks: 90n, heldTicks: 10n });
    // The tables cannot be written, and are read as they are.
    expect((await storage.ledger.statement(walletId, { limit: 9 })).rows).toHaveLength(1);
    expect(await failureOf(storage.check())).toBeInstanceOf(StorageUnavailable);
    other.run('ROLLBACK');
    other.close();
    const { rows } = await storage.ledger.statement(walletId, { limit: 9 });
    expect(rows.filter(({ requestId }) => requestId === hold.holdId)).toHaveLength(2);
    await storage.check();
    await storage.close();
  });

  test('what was answered and had not reached the tables is there after the next start', async () => {
    const storage = await openSqliteStorage({ path, busyTimeoutMs: 20 });
    const samples = new Samples(storage, 'lag');
    const walletId = await samples.wallet(100n);
    await storage.ledger.statement(walletId, { limit: 1 });
    const other = new Database(path);
    other.run('BEGIN IMMEDIATE');
    const hold = samples.hold(walletId, 10n);
    await storage.ledger.hold(hold);
    await storage.ledger.post(samples.post(hold, 7n));
    await storage.close();
    expect(new Bun.Glob('turnpike.db-commands-*').scanSync(folder)).not.toBeEmpty();
    other.run('ROLLBACK');
    other.close();
    for (let start = 0; start < 2; start += 1) {
      const next = await openSqliteStorage({ path });
      expect(await next.ledger.balance(walletId)).toEqual({ availableTicks: 93n, heldTicks: 0n });
      const { findings, entries } = await next.ledger.audit(undefined);
      expect([findings, entries]).toEqual([[], 8]);
      await next.close();
    }
    expect([...new Bun.Glob('turnpike.db-commands-*').scanSync(folder)]).toEqual([]);
  });

  test('a journal that belongs to another state of the database is not applied to it', async () => {
    const storage = await openSqliteStorage({ path });
    const samples = new Samples(storage, 'old');
    await samples.wallet(100n);
    await storage.close();
    const line = '{"kind":"wallet","walletId":"x","atMs":1}';
    writeFileSync(`${path}-commands-99`, new FrameWriter().write(1_000, [line]));
    expect(await failureOf(openSqliteStorage({ path }))).toMatchObject({
      name: 'StorageNotOpened',
      reason: 'changed',
      message: expect.stringContaining('does not go on where the database ends'),
    });
  });

  test('after it was closed everything is refused, and closing again does nothing', async () => {
    const storage = await openSqliteStorage({ path });
    const { account, key } = { account: 'nobody', key: '0'.repeat(64) };
    await storage.close();
    await storage.close();
    for (const call of [
      () => storage.ledger.openWallet('wallet', NOON_MS),
      () => storage.ledger.balance('wallet'),
      () => storage.ledger.statement('wallet', { limit: 1 }),
      () => storage.ledger.audit(undefined),
      () => storage.accounts.findUser(account),
      () => storage.keys.findByHash(key),
      () => storage.settings.set('name', 'value'),
      () => storage.check(),
    ]) {
      expect(await failureOf(call())).toMatchObject({ name: 'StorageUnavailable', reason: 'closed' });
    }
  });

  test('a long read holds up neither writers nor look-ups, and the log is emptied again', async () => {
    const storage = await openSqliteStorage({ path });
    const samples = new Samples(storage, 'log');
    const walletId = await samples.wallet(1_000_000n);
    const auditing = storage.ledger.audit(undefined);
    for (let index = 0; index < 120; index += 1) {
      const holds = Array.from({ length: 50 }, () => samples.hold(walletId, 1n));
      await Promise.all(holds.map((hold) => storage.ledger.hold(hold)));
      await Promise.all(holds.map((hold) => storage.ledger.post(samples.post(hold, 1n))));
      await storage.ledger.balance(walletId);
      await storage.keys.findByHash('0'.repeat(64));
    }
    await auditing;
    // This writes about 30 MB of log, which is begun anew every 16 MB unless somebody keeps reading.
    expect(statSync(`${path}-wal`).size).toBeLessThan(20 * 1024 * 1024);
    await storage.close();
  });
});
