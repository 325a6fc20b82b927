import type { Database } from 'bun:sqlite';
import { closeSync, existsSync, openSync, statSync } from 'node:fs';
import { StorageNotOpened } from '../storage-error.ts';
import { BACKUP_ID } from './backup-file.ts';
import { openConnection } from './connection.ts';
import type { JournalPosition } from './journal/journal.ts';
import { migrate } from './migrate.ts';
import type { Migration } from './migrations/migration.ts';
import { replayJournal } from './tables/replay-journal.ts';

/** `TPKE`, in the file's header: this database is Turnpike's. */
export const APPLICATION_ID = 0x54504b45n;

/** Up to this size the whole file is checked on every start; a larger one is checked while it serves. */
export const CHECKED_UP_TO_BYTES = 32 * 1024 * 1024;

/**
 * A restored database just before it takes its place: while it is there, the files in the folder may be of two
 * installations.
 */
export function restoredFile(path: string): string {
  return `${path}.restored`;
}

/**
 * Makes the file ready: creates it (readable by its owner only), makes sure that it is a sound database of ours and
 * not newer than this program, brings its schema up to date and carries out what its journal holds. Answers where the
 * journal goes on. Throws `StorageNotOpened`.
 */
export function prepareFile(
  path: string,
  busyTimeoutMs: number,
  migrations: readonly Migration[],
  checkedUpToBytes = CHECKED_UP_TO_BYTES,
): JournalPosition {
  let database: Database | undefined;
  try {
    if (existsSync(restoredFile(path))) {
      throw new StorageNotOpened('half-restored', `A restore over ${path} was interrupted. Run it again.`);
    }
    closeSync(openSync(path, 'a', 0o600));
    database = openConnection(path, { readonly: false, busyTimeoutMs });
    assertOurs(database, path, checkedUpToBytes);
    database.run('PRAGMA journal_mode = WAL');
    // Steps that rebuild a table would otherwise trip over references to it; each step checks them at its end.
    database.run('PRAGMA foreign_keys = OFF');
    migrate(database, APPLICATION_ID, migrations);
    assertWritable(database);
    database.run('PRAGMA foreign_keys = ON');
    return replayJournal(database, path);
  } catch (error) {
    throw asNotOpened(path, error);
  } finally {
    database?.close();
  }
}

function assertOurs(database: Database, path: string, checkedUpToBytes: number): void {
  const tables = readPragma(database, 'SELECT count(*) FROM sqlite_schema');
  if (tables === 0n) return;
  const id = readPragma(database, 'PRAGMA application_id');
  if (id === BACKUP_ID) {
    throw new StorageNotOpened('backup', `${path} is a backup. Restore it instead of opening it.`);
  }
  if (id !== APPLICATION_ID) {
    throw new StorageNotOpened('not-ours', `${path} is a database of another program. Name another file.`);
  }
  if (statSync(path).size > checkedUpToBytes) return;
  const verdict = readPragma(database, 'PRAGMA quick_check(1)');
  if (verdict !== 'ok') throw damaged(path, verdict);
}

/** A file without steps to apply is not written above, and SQLite begins a transaction on one that it may only read. */
function assertWritable(database: Database): void {
  database.run('BEGIN IMMEDIATE');
  database.run(`PRAGMA application_id = ${APPLICATION_ID}`);
  database.run('ROLLBACK');
}

function readPragma(database: Database, sql: string): unknown {
  return database.query(sql).values()[0]?.[0];
}

export function damaged(path: string, cause: unknown): StorageNotOpened {
  const advice = 'Restore the last backup, and keep this file aside: much of it can usually be recovered.';
  return new StorageNotOpened('damaged', `The database ${path} is damaged. ${advice}`, cause);
}

/** Says in clear words why a file could not be opened. */
export function asNotOpened(path: string, error: unknown): Error {
  if (error instanceof StorageNotOpened) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code.startsWith('SQLITE_NOTADB')) {
    return new StorageNotOpened('not-a-database', `${path} is not a database. Name another file.`, error);
  }
  if (code.startsWith('SQLITE_CORRUPT')) return damaged(path, error);
  if (code.startsWith('SQLITE_BUSY')) {
    return new StorageNotOpened(
      'locked',
      `Another process keeps ${path} locked. Stop it and start again.`,
      error,
    );
  }
  if (code.startsWith('SQLITE_READONLY') || code === 'EROFS') {
    return new StorageNotOpened(
      'read-only',
      `${path} can be read but not written. Check its permissions.`,
      error,
    );
  }
  if (code.startsWith('SQLITE_CANTOPEN') || /^E[A-Z]+$/.test(code)) {
    const advice = 'Check that its folder exists and that this user may read and write it.';
    return new StorageNotOpened(
      'unreachable',
      `The database ${path} cannot be opened (${code}). ${advice}`,
      error,
    );
  }
  return error instanceof Error ? error : new Error(String(error));
}
