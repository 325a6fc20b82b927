import { createHash } from 'node:crypto';

/**
 * One step of the schema. Once released it is never edited: what was applied is known by its checksum, and a
 * program refuses a file with a step that it does not know.
 */
export interface Migration {
  /** 1, 2, 3 … without gaps. */
  readonly number: number;
  readonly name: string;
  /** Statements that run in one transaction. */
  readonly sql: string;
}

export function checksum(migration: Migration): string {
  return createHash('sha256').update(migration.sql).digest('hex');
}
