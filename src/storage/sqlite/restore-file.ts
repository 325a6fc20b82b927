import { Database } from 'bun:sqlite';
import { closeSync, openSync, rmSync } from 'node:fs';
import { StorageNotOpened } from '../storage-error.ts';
import type { BackupContents } from '../upkeep.ts';
import { BACKUP_ID } from './backup-file.ts';
import { BUSY_TIMEOUT_MS } from './connection.ts';
import { ALL_MIGRATIONS } from './migrations/all-migrations.ts';
import { APPLICATION_ID, asNotOpened, damaged, prepareFile } from './prepare-file.ts';

/** Under this name in the settings: that the books were restored, when, and from when they are. */
export const RESTORED_SETTING = 'restored';

/** What was in a backup. A database that somebody copied by hand has neither a moment nor a key. */
export type UnpackedBackup = BackupContents | { readonly madeAtMs: null; readonly secretKey: null };

/**
 * Makes a database that can be served out of a backup (or out of a plain copy of a database of ours), at a path where
 * nothing is: whole, sound, with its schema up to date, and with the note that it was restored. The backup is only
 * read. Throws `StorageNotOpened` with what is wrong with it; then there is no file at the path.
 */
export function unpackBackup(backupPath: string, path: string, restoredAtMs: number): UnpackedBackup {
  try {
    copyOut(backupPath, path);
    const contents = takeContents(path, restoredAtMs);
    assertSound(path);
    prepareFile(path, BUSY_TIMEOUT_MS, ALL_MIGRATIONS);
    return contents;
  } catch (error) {
    for (const ending of ['', '-wal', '-shm', '-journal']) rmSync(path + ending, { force: true });
    throw asNotOpened(backupPath, error);
  }
}

/** A copy that reads every row, so that damage is seen here and not by whoever needs the row. */
function copyOut(backupPath: string, path: string): void {
  const backup = new Database(backupPath, { readonly: true, safeIntegers: true, strict: true });
  try {
    const id = backup.query('PRAGMA application_id').values()[0]?.[0];
    if (id !== BACKUP_ID && id !== APPLICATION_ID) {
      throw new StorageNotOpened('not-ours', `${backupPath} is no backup of Turnpike.`);
    }
    // The copy makes its indexes anew and would not notice damage to those of the backup, or to an empty table; where
    // there is some, nothing else of the file is to be believed either.
    const verdict = backup.query('PRAGMA quick_check(1)').values()[0]?.[0];
    if (verdict !== 'ok') throw damaged(backupPath, verdict);
    closeSync(openSync(path, 'wx', 0o600));
    backup.query('VACUUM INTO ?').run(path);
  } finally {
    backup.close();
  }
}

/** Takes out what a backup has and a database must not have, the key above all: nothing of it stays in the file. */
function takeContents(path: string, restoredAtMs: number): UnpackedBackup {
  const database = new Database(path, { readwrite: true, strict: true });
  try {
    database.run('PRAGMA secure_delete = ON');
    const isBackup = hasTable(database, 'backup');
    const row = isBackup
      ? database
          .query<{ made_at_ms: number; secret_key: Uint8Array | null }, []>('SELECT * FROM backup')
          .get()
      : null;
    const contents: UnpackedBackup =
      row === null
        ? { madeAtMs: null, secretKey: null }
        : { madeAtMs: row.made_at_ms, secretKey: row.secret_key };
    database.transaction(() => {
      if (isBackup) database.run('DROP TABLE backup');
      // A copy has all that its journal had; no file of another installation's journal may be taken for the rest of it.
      if (hasTable(database, 'journal_position'))
        database.run('UPDATE journal_position SET segment = segment + 1, bytes = 0');
      database.run(`PRAGMA application_id = ${APPLICATION_ID}`);
      database
        .query('INSERT INTO settings VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value')
        .run(RESTORED_SETTING, JSON.stringify({ restoredAtMs, madeAtMs: contents.madeAtMs }));
    })();
    return contents;
  } finally {
    database.close();
  }
}

/** False for a table that came with a later step. */
function hasTable(database: Database, name: string): boolean {
  return database.query('SELECT 1 FROM sqlite_schema WHERE name = ?').get(name) !== null;
}

/** All of it, however large: a restore is no start, and has the time. */
function assertSound(path: string): void {
  const database = new Database(path, { readonly: true });
  try {
    const verdict = database.query('PRAGMA integrity_check(1)').values()[0]?.[0];
    if (verdict !== 'ok') throw damaged(path, verdict);
  } finally {
    database.close();
  }
}
