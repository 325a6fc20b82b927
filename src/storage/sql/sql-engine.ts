import type { CompiledQuery, Kysely } from 'kysely';
import type { Tables } from './tables.ts';

/** What an SQL engine gives the stores that all SQL engines share. */
export interface SqlEngine {
  /** For what may read many rows or write. */
  readonly database: Kysely<Tables>;
  /** For looking up single rows: never waits behind somebody's long read. */
  readonly lookups: Kysely<Tables>;
  /**
   * Runs statements as one atomic step. A guarded statement that changes no row stops the group: nothing of it is
   * kept, and the answer is `stopped`.
   */
  readonly writeTogether: (statements: readonly GroupStatement[]) => Promise<'done' | 'stopped'>;
}

export interface GroupStatement {
  readonly query: CompiledQuery;
  readonly guarded?: boolean;
}
