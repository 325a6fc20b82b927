import type { AuditReport } from './ledger-store.ts';

/**
 * What an engine can do with its whole database that others have tools of their own for: PostgreSQL is copied with
 * `pg_dump`. Everything here takes as long as there is data, beside the serving, and has its own worker.
 */
export interface Upkeep {
  /** Writes a whole copy, as of one moment, and holds the copy against itself. Others write on meanwhile. */
  copy(request: CopyRequest): Promise<CopyAnswer>;
  /** Reads the whole file. False when it is damaged. */
  isSound(): Promise<boolean>;
}

/** What a backup holds besides the database. */
export interface BackupContents {
  readonly madeAtMs: number;
  /** Opens the sealed secrets of the database; null when there was none. */
  readonly secretKey: Uint8Array | null;
}

export interface CopyRequest extends BackupContents {
  /** A place with nothing, or with an empty file that keeps its rights. */
  readonly path: string;
  /** The process whose open holds are requests under way; see `LedgerStore.audit`. */
  readonly liveProcessId: string | undefined;
}

export type CopyAnswer =
  | {
      readonly outcome: 'done';
      readonly sizeBytes: number;
      readonly rows: number;
      readonly audit: AuditReport;
    }
  /** The database is damaged, or the copy is. */
  | { readonly outcome: 'damaged' }
  | { readonly outcome: 'disk-full' }
  | { readonly outcome: 'not-written'; readonly code: string };
