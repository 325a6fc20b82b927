import type { Database } from 'bun:sqlite';
import { StorageNotOpened } from '../storage-error.ts';
import { checksum, type Migration } from './migrations/migration.ts';

/**
 * Applies the steps that the file does not have yet, each in one transaction that also notes it: a process that
 * dies on the way leaves the file at the end of some step. The lock is taken before the list is read, so two
 * processes that start at once do not apply a step twice.
 */
export function migrate(database: Database, applicationId: bigint, migrations: readonly Migration[]): void {
  for (const migration of migrations) {
    database
      .transaction(() => {
        const applied = readApplied(database);
        assertKnown(applied, migrations);
        if (applied.has(migration.number)) return;
        if (applied.size === 0) begin(database, applicationId);
        database.run(migration.sql);
        note(database, migration);
        const broken = database.query('PRAGMA foreign_key_check').values().length;
        if (broken > 0) throw new Error(`migration ${migration.name} left ${broken} broken references`);
      })
      .immediate();
  }
}

function begin(database: Database, applicationId: bigint): void {
  database.run(`PRAGMA application_id = ${applicationId}`);
  database.run(`CREATE TABLE migrations (
    number INTEGER NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    checksum TEXT NOT NULL,
    applied_at_ms INTEGER NOT NULL
  ) STRICT`);
}

function note(database: Database, migration: Migration): void {
  database
    .query('INSERT INTO migrations (number, name, checksum, applied_at_ms) VALUES (?, ?, ?, ?)')
    .run(migration.number, migration.name, checksum(migration), Date.now());
}

interface Applied {
  readonly name: string;
  readonly checksum: string;
}

function readApplied(database: Database): Map<number, Applied> {
  const table = database
    .query(`SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'migrations'`)
    .values();
  if (table.length === 0) return new Map();
  const rows = database
    .query<Applied & { number: bigint }, []>('SELECT number, name, checksum FROM migrations')
    .all();
  return new Map(rows.map((row) => [Number(row.number), row]));
}

/** Refuses a file that a newer program, or a program with another history, has written. */
function assertKnown(applied: ReadonlyMap<number, Applied>, migrations: readonly Migration[]): void {
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
