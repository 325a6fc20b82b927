import type { Database } from 'bun:sqlite';
import { type AppliedMigration, assertKnown, checksum, type Migration } from '../sql/migration.ts';

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

function readApplied(database: Database): Map<number, AppliedMigration> {
  const table = database
    .query(`SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'migrations'`)
    .values();
  if (table.length === 0) return new Map();
  const rows = database
    .query<AppliedMigration & { number: bigint }, []>('SELECT number, name, checksum FROM migrations')
    .all();
  return new Map(rows.map((row) => [Number(row.number), row]));
}
