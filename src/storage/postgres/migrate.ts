import type { SQL } from 'bun';
import { type AppliedMigration, assertKnown, checksum, type Migration } from '../sql/migration.ts';
import { StorageNotOpened } from '../storage-error.ts';
import { run } from './connection.ts';

/** `TPKE`: whoever brings the schema up to date holds this lock of the database, so that two starts wait for each other. */
const MIGRATION_LOCK = 0x54504b45;

/**
 * Applies the steps that the database does not have yet, each in one transaction that also notes it: a process that
 * dies on the way leaves the database at the end of some step. The lock is taken before the list is read, so processes
 * that start at once do not apply a step twice.
 */
export async function migrate(connection: SQL, migrations: readonly Migration[]): Promise<void> {
  for (const migration of migrations) {
    await run(connection, 'BEGIN');
    try {
      await run(connection, 'SELECT pg_advisory_xact_lock($1::bigint)', [MIGRATION_LOCK]);
      const applied = await readApplied(connection);
      assertKnown(applied, migrations);
      if (!applied.has(migration.number)) {
        if (applied.size === 0) await begin(connection);
        await run(connection, migration.sql);
        await run(
          connection,
          'INSERT INTO turnpike_migrations (number, name, checksum) VALUES ($1::bigint, $2, $3)',
          [migration.number, migration.name, checksum(migration)],
        );
      }
      await run(connection, 'COMMIT');
    } catch (error) {
      await run(connection, 'ROLLBACK').catch(() => {});
      throw error;
    }
  }
}

/** The first step is taken in an empty schema only: somebody else's tables may have our names. */
async function begin(connection: SQL): Promise<void> {
  const { rows } = await run(
    connection,
    `SELECT count(*) AS tables FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p', 'v')`,
  );
  if (rows[0]?.tables !== 0n) {
    throw new StorageNotOpened(
      'not-ours',
      'The database has tables of another program. Name an empty database in TURNPIKE_DATABASE_URL.',
    );
  }
  await run(
    connection,
    `CREATE TABLE turnpike_migrations (
      number bigint NOT NULL PRIMARY KEY,
      name text NOT NULL,
      checksum text NOT NULL,
      applied_at timestamptz NOT NULL DEFAULT now()
    )`,
  );
}

async function readApplied(connection: SQL): Promise<Map<number, AppliedMigration>> {
  const { rows: tables } = await run(
    connection,
    `SELECT to_regclass('turnpike_migrations') IS NOT NULL AS there`,
  );
  if (tables[0]?.there !== 1n) return new Map();
  const { rows } = await run(connection, 'SELECT number, name, checksum FROM turnpike_migrations');
  return new Map(
    rows.map((row) => [Number(row.number), { name: String(row.name), checksum: String(row.checksum) }]),
  );
}
