import { expect, test } from 'bun:test';
import type { BetterAuthOptions } from 'better-auth';
import { getMigrations } from 'better-auth/db/migration';
import { admin, organization, twoFactor } from 'better-auth/plugins';
import { makeTestDatabase, postgresMissing } from '../../../test/fakes/postgres-server.ts';
import { postingKysely } from '../sql/posting-dialect.ts';
import { makePool } from './connection.ts';
import { ALL_MIGRATIONS } from './migrations/all-migrations.ts';
import { prepareDatabase } from './prepare-database.ts';

/** As better-auth itself would see the database: nothing of ours maps its values. */
async function planFor(url: string) {
  const pool = makePool(url, { connections: 1 });
  const db = postingKysely(async ({ sql, parameters }) => {
    const result = await pool.unsafe(sql, [...parameters]);
    return { rows: [...result] };
  }, 'postgres');
  const options = {
    database: { db, type: 'postgres' },
    secret: 'only-for-this-test-only-for-this-test',
    baseURL: 'http://127.0.0.1',
    plugins: [organization(), admin(), twoFactor()],
  };
  const plan = await getMigrations(options as unknown as BetterAuthOptions);
  return { plan, close: () => pool.close({ timeout: 0 }) };
}

const COLUMNS = `SELECT table_name, column_name, data_type, is_nullable FROM information_schema.columns
  WHERE table_schema = 'public' ORDER BY table_name, column_name`;

const reason = postgresMissing === undefined ? '' : ` (${postgresMissing})`;

test.skipIf(postgresMissing !== undefined)(
  `better-auth finds nothing to create or add${reason}`,
  async () => {
    const database = await makeTestDatabase();
    try {
      await prepareDatabase(database.url, ALL_MIGRATIONS);
      const { plan, close } = await planFor(database.url);
      expect([plan.toBeCreated, plan.toBeAdded]).toEqual([[], []]);
      await close();
    } finally {
      await database.drop();
    }
  },
);

test.skipIf(postgresMissing !== undefined)(
  `its tables are as it makes them itself: every column, type and reference${reason}`,
  async () => {
    const [itsOwn, ours] = [await makeTestDatabase(), await makeTestDatabase()];
    try {
      await prepareDatabase(ours.url, ALL_MIGRATIONS);
      const { plan, close } = await planFor(itsOwn.url);
      await plan.runMigrations();
      await close();
      const columns = await itsOwn.run(COLUMNS);
      expect(columns.length).toBeGreaterThan(50);
      expect(await ours.run(COLUMNS)).toEqual(expect.arrayContaining([...columns]));
    } finally {
      await itsOwn.drop();
      await ours.drop();
    }
  },
);
