import { Database } from 'bun:sqlite';
import { fillAccounts } from './fill-accounts.ts';
import { fillUsage } from './fill-usage.ts';

/** What a file is grown to. */
export interface Size {
  readonly keys: number;
  readonly rows: number;
}

/** One request with all that the ledger keeps of it, with its indexes; found by filling files. */
const BYTES_PER_ROW = 1_300;
const BYTES_PER_KEY = 600;

export function expectedBytes({ keys, rows }: Size): number {
  return rows * BYTES_PER_ROW + keys * BYTES_PER_KEY;
}

/**
 * Fills a Turnpike database that nobody serves with accounts and usage, all of it rows as the server would have
 * written them: `turnpike audit` finds nothing. Safe ways of writing are off meanwhile; a crash would cost a file of
 * the bench.
 */
export function growFile(path: string, { keys, rows }: Size, say: (line: string) => void): void {
  const database = new Database(path, { readwrite: true, strict: true });
  const nowMs = Date.now();
  try {
    for (const setting of [
      'journal_mode = OFF',
      'synchronous = OFF',
      'foreign_keys = OFF',
      'temp_store = MEMORY',
      'cache_size = -1000000',
    ]) {
      database.run(`PRAGMA ${setting}`);
    }
    database.run('BEGIN');
    if (keys > 1) fillAccounts(database, keys, nowMs);
    let said = nowMs;
    if (rows > 0) {
      fillUsage(database, rows, nowMs, (done) => {
        if (Date.now() - said < 10_000) return;
        said = Date.now();
        say(`  ${done.toLocaleString('en-US')} of ${rows.toLocaleString('en-US')} usage rows`);
      });
    }
    database.run('COMMIT');
    database.run('PRAGMA journal_mode = WAL');
  } finally {
    database.close();
  }
}
