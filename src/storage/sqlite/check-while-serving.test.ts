import { afterEach, beforeEach, expect, test } from 'bun:test';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { failureOf, Samples } from '../../../test/conformance/samples.ts';
import type { Storage } from '../storage.ts';
import { openSqliteStorage } from './storage.ts';

/** A file too large to be checked at the start: here every file is. */
const ALL_TOO_LARGE = { checkedUpToBytes: 0 };

let folder: string;
let path: string;
let storage: Storage;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'turnpike-large-'));
  path = join(folder, 'turnpike.db');
  storage = await openSqliteStorage({ path });
  const samples = new Samples(storage, 'large');
  for (let count = 0; count < 300; count += 1) await samples.wallet(5n);
  await storage.close();
});
afterEach(async () => {
  await storage.close();
  rmSync(folder, { recursive: true, force: true });
});

test('damage that the start did not look for is found while it serves, and the storage is not ready', async () => {
  const bytes = readFileSync(path);
  const page = Math.floor(bytes.length / 4_096) - 8;
  // The kind of a page, in one bit.
  bytes[page * 4_096] = (bytes[page * 4_096] ?? 0) ^ 0b0100_0000;
  writeFileSync(path, bytes);
  await new Promise<void>((resolve, reject) => {
    openSqliteStorage({ path, ...ALL_TOO_LARGE, onDamage: resolve })
      .then((opened) => {
        storage = opened;
      })
      .catch(reject);
  });
  expect(await failureOf(storage.check())).toMatchObject({ name: 'StorageUnavailable', reason: 'damaged' });
  // A start that looks first refuses the same file.
  await storage.close();
  expect(await failureOf(openSqliteStorage({ path }))).toMatchObject({ reason: 'damaged' });
});

test('a sound file stays ready', async () => {
  let isDamaged = false;
  storage = await openSqliteStorage({
    path,
    ...ALL_TOO_LARGE,
    onDamage: () => {
      isDamaged = true;
    },
  });
  // A copy reads the whole file too and begins later, so the check has ended before it.
  await storage.upkeep?.copy({
    path: join(folder, 'copy'),
    madeAtMs: 0,
    secretKey: null,
    liveProcessId: undefined,
  });
  await storage.check();
  expect(isDamaged).toBe(false);
});
