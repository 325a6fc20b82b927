import { Database } from 'bun:sqlite';
import { expect, test } from 'bun:test';
import type { BetterAuthOptions } from 'better-auth';
import { getMigrations } from 'better-auth/db/migration';
import { admin, organization, twoFactor } from 'better-auth/plugins';
import { ALL_MIGRATIONS } from './migrations/all-migrations.ts';

function planFor(database: Database) {
  const options = {
    database,
    secret: 'only-for-this-test-only-for-this-test',
    baseURL: 'http://127.0.0.1',
    plugins: [organization(), admin(), twoFactor()],
  };
  return getMigrations(options as unknown as BetterAuthOptions);
}

function migrated(): Database {
  const database = new Database(':memory:');
  for (const { sql } of ALL_MIGRATIONS) database.run(sql);
  return database;
}

const INDEXES = `SELECT tbl_name, name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL`;
const TABLES = `SELECT name FROM sqlite_schema WHERE type = 'table'`;

test('better-auth finds nothing to create or add', async () => {
  const plan = await planFor(migrated());
  expect([plan.toBeCreated, plan.toBeAdded]).toEqual([[], []]);
});

test('better-auth would say what it misses', async () => {
  const database = migrated();
  database.run('ALTER TABLE "user" DROP COLUMN "banReason"');
  database.run('DROP TABLE "twoFactor"');
  const plan = await planFor(database);
  expect([plan.toBeCreated.length, plan.toBeAdded.length]).toEqual([1, 1]);
});

test('its tables are as it makes them itself: every column, reference and index', async () => {
  const itsOwn = new Database(':memory:');
  await (await planFor(itsOwn)).runMigrations();
  const ours = migrated();
  expect(ours.query(INDEXES).values()).toEqual(expect.arrayContaining(itsOwn.query(INDEXES).values()));
  const tables = itsOwn.query<{ name: string }, []>(TABLES).all();
  expect(tables.length).toBeGreaterThanOrEqual(8);
  for (const { name } of tables) {
    for (const part of ['table_info', 'foreign_key_list']) {
      const read = (database: Database) => database.query(`SELECT * FROM pragma_${part}('${name}')`).all();
      expect(read(ours)).toEqual(expect.arrayContaining(read(itsOwn)));
    }
  }
});
