import { type Refusal, refuse } from '../domain/refusal.ts';
import type { AuditReport } from '../storage/ledger-store.ts';
import { type CopiedTable, CopyFailed, copyFromSqlite } from '../storage/postgres/copy-from-sqlite.ts';
import { openPostgresStorage } from '../storage/postgres/storage.ts';
import type { Storage } from '../storage/storage.ts';
import { StorageNotOpened } from '../storage/storage-error.ts';
import { type DatabasePlace, databaseFile, isPostgresUrl, shownDatabase } from './database-place.ts';

export interface DatabaseCopy {
  /** As it may be shown. */
  readonly database: string;
  readonly tables: readonly CopiedTable[];
  /** The audit of the copy, which is that of the source. */
  readonly audit: AuditReport;
}

/**
 * Copies the data folder's database, which nobody writes, to an empty PostgreSQL database. Both sides are audited and
 * must come to the same; the source stays as it is.
 */
export async function copyDatabase(
  from: DatabasePlace,
  source: Storage,
  toUrl: string,
): Promise<DatabaseCopy | Refusal> {
  if (from.databaseUrl !== undefined) return refuse('copy-has-no-source');
  if (!isPostgresUrl(toUrl)) return refuse('bad-database-address');
  const database = shownDatabase(toUrl);
  // It waits until the ledger's journal is in the tables, which are what is copied.
  const before = await source.ledger.audit(undefined);
  if (before.findings.length > 0) return refuse('books-not-in-order', { findings: before.findings.length });
  let target: Storage;
  try {
    target = await openPostgresStorage({ url: toUrl });
  } catch (error) {
    if (!(error instanceof StorageNotOpened)) throw error;
    return refuse('database-not-opened', { database, reason: error.reason });
  }
  try {
    const tables = await copyFromSqlite(databaseFile(from.dataDir), toUrl);
    const audit = await target.ledger.audit(undefined);
    return sameBooks(before, audit) ? { database, tables, audit } : refuse('copy-differs', { database });
  } catch (error) {
    if (!(error instanceof CopyFailed)) throw error;
    return error.reason === 'not-empty'
      ? refuse('database-not-empty', { database })
      : refuse('copy-not-made', { database, why: error.message });
  } finally {
    await target.close();
  }
}

function sameBooks(left: AuditReport, right: AuditReport): boolean {
  const figures = ({ totals, estimated, findings, transactions, entries, wallets, lostHolds }: AuditReport) =>
    [
      ...[findings.length, transactions, entries, wallets, lostHolds],
      ...[...Object.values(totals), ...Object.values(estimated)],
    ].join();
  return figures(left) === figures(right);
}
