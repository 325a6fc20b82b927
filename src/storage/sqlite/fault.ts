import { type ConflictRule, StorageConflict, StorageUnavailable } from '../storage-error.ts';

/**
 * Why a worker could not carry out a command, as plain values: an error loses its class on the way to the main
 * thread. The detail names tables and columns, never values.
 */
export type Fault =
  | { readonly kind: 'conflict'; readonly rule: ConflictRule; readonly detail: string }
  | { readonly kind: 'locked' | 'broken' | 'bug'; readonly detail: string };

/** Reads what SQLite, or code of ours, has thrown. */
export function faultOf(error: unknown): Fault {
  const detail = error instanceof Error ? error.message : String(error);
  if (error instanceof StorageConflict) return { kind: 'conflict', rule: error.rule, detail };
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (/^SQLITE_CONSTRAINT_(UNIQUE|PRIMARYKEY|ROWID)/.test(code))
    return { kind: 'conflict', rule: 'unique', detail };
  if (code.startsWith('SQLITE_CONSTRAINT_FOREIGNKEY')) return { kind: 'conflict', rule: 'reference', detail };
  if (code.startsWith('SQLITE_CONSTRAINT')) return { kind: 'conflict', rule: 'other', detail };
  if (code.startsWith('SQLITE_BUSY')) return { kind: 'locked', detail };
  if (code.startsWith('SQLITE')) return { kind: 'broken', detail };
  return { kind: 'bug', detail };
}

/** The error that the caller of a store gets for a fault. */
export function errorOf(fault: Fault): Error {
  switch (fault.kind) {
    case 'conflict':
      return new StorageConflict(fault.rule, fault.detail);
    case 'locked':
      return new StorageUnavailable(
        'locked',
        'not-done',
        `another process keeps the database locked: ${fault.detail}`,
      );
    case 'broken':
      return new StorageUnavailable('broken', 'unknown', `the database failed: ${fault.detail}`);
    case 'bug':
      return new Error(`a storage command failed: ${fault.detail}`);
  }
}
