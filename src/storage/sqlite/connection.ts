import { Database } from 'bun:sqlite';

/**
 * How long a connection waits for another process's lock. Shorter than any deadline of ours, so that the answer is
 * "locked" and not silence. The main thread's connection waits less, because its waits stop everything else.
 */
export const BUSY_TIMEOUT_MS = 5_000;
export const MAIN_THREAD_BUSY_TIMEOUT_MS = 100;

/** A write-ahead log that grew beyond this is cut back when it is emptied. */
const JOURNAL_SIZE_LIMIT_BYTES = 64 * 1024 * 1024;

/** The writer keeps this much of the file in memory, so that busy pages are not read again for each commit. */
const WRITER_CACHE_KIB = 16 * 1024;

/**
 * The write-ahead log is emptied into the file when it has so many pages, 16 MiB. A page that changed many times in
 * between is written once, so four times SQLite's default costs a fifth less CPU on busy books with many wallets.
 */
const CHECKPOINT_PAGES = 4_000;

export interface ConnectionOptions {
  readonly readonly: boolean;
  readonly busyTimeoutMs: number;
}

/**
 * Opens the file with everything that SQLite keeps per connection and not in the file. Without `synchronous = FULL`
 * a power cut loses acknowledged commits; `foreign_keys` and `busy_timeout` are off unless set. Integers are read
 * as bigint, so that no tick is ever rounded.
 */
export function openConnection(path: string, { readonly, busyTimeoutMs }: ConnectionOptions): Database {
  const database = new Database(path, {
    ...(readonly ? { readonly } : { readwrite: true, create: true }),
    safeIntegers: true,
    strict: true,
  });
  database.run(`PRAGMA busy_timeout = ${busyTimeoutMs}`);
  database.run('PRAGMA foreign_keys = ON');
  if (readonly) return database;
  database.run('PRAGMA synchronous = FULL');
  database.run(`PRAGMA wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
  database.run(`PRAGMA cache_size = -${WRITER_CACHE_KIB}`);
  database.run(`PRAGMA journal_size_limit = ${JOURNAL_SIZE_LIMIT_BYTES}`);
  return database;
}

/** Closes the writing connection and leaves everything in the one file, so that a copy of it is whole. */
export function closeWriter(database: Database): void {
  database.run('PRAGMA wal_checkpoint(TRUNCATE)');
  database.close();
}
