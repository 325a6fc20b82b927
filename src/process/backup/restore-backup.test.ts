import { Database } from 'bun:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'bun:test';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isRefusal } from '../../domain/refusal.ts';
import { openSqliteStorage } from '../../storage/sqlite/storage.ts';
import { openSecretBox } from '../secret-box.ts';
import { type Restored, restoreBackup } from './restore-backup.ts';
import { writeBackup } from './write-backup.ts';

const NOW_MS = Date.UTC(2026, 10, 22, 12);

let root: string;
let source: string;
let dataDir: string;
let backupPath: string;
let sealed: string;

/** A backup of one installation, and the folder of another that is there already. */
beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'turnpike-restore-'));
  source = join(root, 'source');
  dataDir = join(root, 'data');
  backupPath = join(root, 'made.backup');
  mkdirSync(source);
  mkdirSync(dataDir);
  sealed = openSecretBox(source).seal('of the backup');
  await makeInstallation(source, 'backed up');
  openSecretBox(dataDir);
  await makeInstallation(dataDir, 'of before');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

async function makeInstallation(folder: string, whose: string): Promise<void> {
  const storage = await openSqliteStorage({ path: join(folder, 'turnpike.db') });
  await storage.settings.set('whose', whose);
  if (folder === source) {
    const { upkeep } = storage;
    const order = { dataDir: folder, upkeep, engine: 'sqlite', path: backupPath, nowMs: NOW_MS };
    expect(isRefusal(await writeBackup({ ...order, liveProcessId: undefined }))).toBe(false);
  }
  await storage.close();
}

function whose(path: string): unknown {
  // A reader would leave its log beside the file; whoever may write takes it away again.
  const database = new Database(path, { readwrite: true });
  try {
    return database.query(`SELECT value FROM settings WHERE name = 'whose'`).values()[0]?.[0];
  } finally {
    database.close();
  }
}

function restore(replace: boolean): Restored {
  const restored = restoreBackup({ dataDir, backupPath, replace, nowMs: NOW_MS });
  if (isRefusal(restored)) throw new Error(restored.code);
  return restored;
}

function expectRestored(): void {
  expect(whose(join(dataDir, 'turnpike.db'))).toBe('backed up');
  expect(openSecretBox(dataDir).open(sealed)).toBe('of the backup');
  const left = readdirSync(dataDir).filter((name) => !name.startsWith('before-restore-'));
  expect(left.sort()).toEqual(['secret.key', 'turnpike.db']);
}

describe('a restore over an installation', () => {
  test('is refused unless it may replace it, and then changes nothing', () => {
    expect(() => restore(false)).toThrow('folder-has-database');
    expect(whose(join(dataDir, 'turnpike.db'))).toBe('of before');
  });

  test('keeps database, log and key of before, together', () => {
    const key = readFileSync(join(dataDir, 'secret.key'));
    writeFileSync(join(dataDir, 'turnpike.db-wal'), 'the log of before');
    writeFileSync(join(dataDir, 'turnpike.db-commands-7'), 'the journal of before');
    const { setAside } = restore(true);
    expectRestored();
    expect(readdirSync(setAside ?? '').sort()).toEqual([
      'secret.key',
      'turnpike.db',
      'turnpike.db-commands-7',
      'turnpike.db-wal',
    ]);
    expect(readFileSync(join(setAside ?? '', 'secret.key')).equals(key)).toBe(true);
    rmSync(join(setAside ?? '', 'turnpike.db-wal'));
    expect(whose(join(setAside ?? '', 'turnpike.db'))).toBe('of before');
  });

  test('that died at any step is ended by the same command, and nothing of before is lost', () => {
    const aside = join(dataDir, 'before-restore-first');
    const move = (name: string) => {
      mkdirSync(aside, { recursive: true });
      renameSync(join(dataDir, name), join(aside, name));
    };
    const steps: readonly (() => void)[] = [
      () => copyFileSync(backupPath, join(dataDir, 'turnpike.db.unfinished')),
      () => renameSync(join(dataDir, 'turnpike.db.unfinished'), join(dataDir, 'turnpike.db.restored')),
      () => move('turnpike.db'),
      () => move('secret.key'),
      () => copyFileSync(join(source, 'secret.key'), join(dataDir, 'secret.key')),
    ];
    for (let died = 1; died <= steps.length; died += 1) {
      const spare = join(root, `spare-${died}`);
      mkdirSync(spare);
      for (const name of ['turnpike.db', 'secret.key']) copyFileSync(join(dataDir, name), join(spare, name));
      for (const step of steps.slice(0, died)) step();
      // Until the marker is there, nothing was touched and the first rule holds.
      restore(died === 1);
      expectRestored();
      const kept = readdirSync(dataDir).filter((name) => name.startsWith('before-restore-'));
      const found = kept.flatMap((name) =>
        readdirSync(join(dataDir, name)).map((file) => join(dataDir, name, file)),
      );
      expect(found.filter((file) => file.endsWith('.db')).map(whose)).toEqual(['of before']);
      const key = readFileSync(join(spare, 'secret.key'));
      expect(found.some((file) => file.endsWith('.key') && readFileSync(file).equals(key))).toBe(true);

      rmSync(dataDir, { recursive: true });
      renameSync(spare, dataDir);
    }
  });
});

test('a folder without a database needs no leave, whatever else is in it', () => {
  rmSync(join(dataDir, 'turnpike.db'));
  rmSync(join(dataDir, 'secret.key'));
  writeFileSync(join(dataDir, 'notes.txt'), 'mine');
  expect(restore(false)).toEqual({ madeAtMs: NOW_MS, hasKey: true, setAside: null });
  expect(existsSync(join(dataDir, 'notes.txt'))).toBe(true);
});
