import { createHash } from 'node:crypto';
import { StorageNotOpened } from '../storage-error.ts';

/**
 * One step of the schema. Once released it is never edited: what was applied is known by its checksum, and a
 * program refuses a database with a step that it does not know.
 */
export interface Migration {
  /** 1, 2, 3 … without gaps. */
  readonly number: number;
  readonly name: string;
  /** Statements that run in one transaction. */
  readonly sql: string;
}

/** A step as a database remembers it. */
export interface AppliedMigration {
  readonly name: string;
  readonly checksum: string;
}

export function checksum(migration: Migration): string {
  return createHash('sha256').update(migration.sql).digest('hex');
}

/** Refuses a database that a newer program, or a program with another history, has written. */
export function assertKnown(
  applied: ReadonlyMap<number, AppliedMigration>,
  migrations: readonly Migration[],
): void {
  for (const [number, { name, checksum: stored }] of applied) {
    const known = migrations.find((migration) => migration.number === number);
    if (known === undefined) {
      throw new StorageNotOpened(
        'newer',
        `The database was written by a newer Turnpike (it has step ${number}, ${name}). Install that version, or restore a backup made before it.`,
      );
    }
    if (checksum(known) !== stored) {
      throw new StorageNotOpened(
        'changed',
        `Step ${number} (${name}) of the database differs from this program's. Install the Turnpike that wrote it.`,
      );
    }
  }
}
