import { Database } from 'bun:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'bun:test';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Samples } from '../../../test/conformance/samples.ts';
import type { Storage } from '../storage.ts';
import { StorageNotOpened } from '../storage-error.ts';
import { ALL_MIGRATIONS } from './migrations/all-migrations.ts';
import { prepareFile } from './prepare-file.ts';
import { unpackBackup } from './restore-file.ts';
import { openSqliteStorage } from './storage.ts';

const KEY = new Uint8Array(32).fill(0xab);

describe('a backup of a database', () => {
  let folder: string;
  let storage: Storage;
  let samples: Samples;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'turnpike-copy-'));
    storage = await openSqliteStorage({ path: join(folder, 'turnpike.db') });
    samples = new Samples(storage, 'copy');
  });
  afterEach(async () => {
    await storage.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const file = () => join(folder, 'made.backup');
  const copy = (path = file()) =>
    storage.upkeep?.copy({ path, madeAtMs: 7, secretKey: KEY, liveProcessId: 'process' });

  const whyNot = (run: () => unknown): string => {
    try {
      run();
    } catch (error) {
      if (error instanceof StorageNotOpened) return error.reason;
      throw error;
    }
    return 'opened';
  };

  test('is one moment of it, while others write', async () => {
    const walletId = await samples.wallet(1_000n);
    const writing = Promise.all(
      Array.from({ length: 200 }, async () => {
        const hold = samples.hold(walletId, 3n);
        await storage.ledger.hold(hold);
        await storage.ledger.post(samples.post(hold, 2n));
      }),
    );
    expect(await copy()).toMatchObject({ outcome: 'done', audit: { findings: [] } });
    await writing;
    expect(readdirSync(folder).filter((name) => name.startsWith('made'))).toEqual(['made.backup']);
  });

  test('is no database to be opened by mistake', async () => {
    await copy();
    expect(whyNot(() => prepareFile(file(), 50, ALL_MIGRATIONS))).toBe('backup');
  });

  test('becomes a database again, without the key in it', async () => {
    const walletId = await samples.wallet(1_000n);
    await copy();
    const path = join(folder, 'restored.db');
    expect(unpackBackup(file(), path, 9)).toEqual({ madeAtMs: 7, secretKey: KEY });
    expect(readFileSync(path).includes(KEY)).toBe(false);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const restored = await openSqliteStorage({ path });
    expect(await restored.ledger.balance(walletId)).toEqual({ availableTicks: 1_000n, heldTicks: 0n });
    expect(await restored.settings.get('restored')).toBe('{"restoredAtMs":9,"madeAtMs":7}');
    await restored.close();
  });

  test('that is damaged, cut off, newer or foreign is refused, and leaves no file behind', async () => {
    for (let count = 0; count < 300; count += 1) await samples.wallet(5n);
    await copy();
    const sound = readFileSync(file());
    const path = join(folder, 'restored.db');
    const cases: readonly (readonly [string, () => void])[] = [
      ['damaged', () => writeFileSync(file(), flipped(sound, sound.length - 30_000))],
      ['damaged', () => writeFileSync(file(), sound.subarray(0, sound.length - 8_192))],
      ['not-a-database', () => writeFileSync(file(), sound.subarray(0, 0).toString() + 'x'.repeat(9_000))],
      ['newer', () => edit(sound, `INSERT INTO migrations VALUES (999, 'later', '', 0)`)],
      ['changed', () => edit(sound, `UPDATE migrations SET checksum = 'other' WHERE number = 1`)],
      ['not-ours', () => edit(sound, 'PRAGMA application_id = 5')],
    ];
    for (const [reason, spoil] of cases) {
      spoil();
      expect(whyNot(() => unpackBackup(file(), path, 9))).toBe(reason);
      expect(readdirSync(folder).filter((name) => name.startsWith('restored'))).toEqual([]);
    }
  });

  test('of a damaged database is refused', async () => {
    for (let count = 0; count < 300; count += 1) await samples.wallet(5n);
    await storage.close();
    const path = join(folder, 'turnpike.db');
    writeFileSync(path, flipped(readFileSync(path), statSync(path).size - 30_000));
    storage = await openSqliteStorage({ path, checkedUpToBytes: 0 });
    expect(await copy()).toEqual({ outcome: 'damaged' });
  });

  test('where nothing can be written says so', async () => {
    expect(await copy(join(folder, 'missing', 'x'))).toMatchObject({ outcome: 'not-written' });
  });

  /** A page's worth of nonsense in the middle: one bit may hit unused space. */
  function flipped(bytes: Buffer, at: number): Buffer {
    const spoiled = Buffer.from(bytes);
    spoiled.fill(0x5a, at, at + 12_288);
    return spoiled;
  }

  function edit(sound: Buffer, sql: string): void {
    writeFileSync(file(), sound);
    const database = new Database(file());
    database.run(sql);
    database.close();
  }
});
