import { Database } from 'bun:sqlite';
import { statSync } from 'node:fs';
import type { BackupContents, CopyAnswer, CopyRequest } from '../upkeep.ts';
import { auditDatabase } from './audit.ts';
import { openConnection } from './connection.ts';

/** `TPKB`, in the file's header: a backup of ours, which no server opens by mistake. */
export const BACKUP_ID = 0x54504b42n;

/**
 * Writes a whole copy of the database as it is in one moment, adds what else a restore needs, and holds the copy
 * against itself. Others write on meanwhile. A copy is a database of one file, without a write-ahead log.
 */
export function copyDatabase(database: Database, request: CopyRequest): CopyAnswer {
  const { path } = request;
  try {
    database.query('VACUUM INTO ?').run(path);
    const rows = addContents(path, request);
    const copy = openConnection(path, { readonly: true, busyTimeoutMs: 0 });
    try {
      if (copy.query('PRAGMA quick_check(1)').values()[0]?.[0] !== 'ok') return { outcome: 'damaged' };
      const audit = auditDatabase(copy, request.liveProcessId);
      return { outcome: 'done', sizeBytes: statSync(path).size, rows, audit };
    } finally {
      copy.close();
    }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (/^SQLITE_(?:CORRUPT|NOTADB)/.test(code)) return { outcome: 'damaged' };
    if (code.startsWith('SQLITE_FULL') || code === 'ENOSPC') return { outcome: 'disk-full' };
    if (/^(?:SQLITE_(?:IOERR|CANTOPEN|READONLY|PERM)|E[A-Z]+$)/.test(code))
      return { outcome: 'not-written', code };
    throw error;
  }
}

/** Answers how many rows the copy has, those of its own not counted. */
function addContents(path: string, { madeAtMs, secretKey }: BackupContents): number {
  const copy = new Database(path, { readwrite: true, strict: true });
  try {
    const tables = copy
      .query<{ name: string }, []>(
        `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`,
      )
      .all();
    const rows = tables.reduce(
      (sum, { name }) => sum + Number(copy.query(`SELECT count(*) FROM "${name}"`).values()[0]?.[0] ?? 0),
      0,
    );
    copy.transaction(() => {
      copy.run('CREATE TABLE backup (made_at_ms INTEGER NOT NULL, secret_key BLOB) STRICT');
      copy.query('INSERT INTO backup VALUES (?, ?)').run(madeAtMs, secretKey);
      copy.run(`PRAGMA application_id = ${BACKUP_ID}`);
    })();
    return rows;
  } finally {
    copy.close();
  }
}
