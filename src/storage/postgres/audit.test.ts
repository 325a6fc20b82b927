import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { DAMAGES, keepSoundBooks } from '../../../test/conformance/damages.ts';
import { NOON_MS } from '../../../test/conformance/samples.ts';
import { makeTestDatabase, postgresMissing, type TestDatabase } from '../../../test/fakes/postgres-server.ts';
import { auditDatabase } from './audit.ts';
import { makePool } from './connection.ts';
import { openPostgresStorage } from './storage.ts';

/** Everything that an audit reads. */
const BOOKS = [
  'wallets',
  'ledger_transactions',
  'holds',
  'requests',
  'usage_daily',
  'models',
  'model_prices',
];

/** So that an edit is stopped by nothing. */
const DROP_GUARDS = `DO $$
  DECLARE guard record;
  BEGIN
    FOR guard IN SELECT conname, conrelid::regclass AS tab FROM pg_constraint
      WHERE connamespace = 'public'::regnamespace AND contype IN ('c', 'f')
    LOOP EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', guard.tab, guard.conname); END LOOP;
    FOR guard IN SELECT tgname, tgrelid::regclass AS tab FROM pg_trigger WHERE NOT tgisinternal
    LOOP EXECUTE format('DROP TRIGGER %I ON %s', guard.tgname, guard.tab); END LOOP;
  END $$`;

const title = postgresMissing === undefined ? '' : ` (${postgresMissing})`;
describe.skipIf(postgresMissing !== undefined)(`the audit of PostgreSQL${title}`, () => {
  let database: TestDatabase;
  let pool: ReturnType<typeof makePool>;

  beforeAll(async () => {
    database = await makeTestDatabase();
    const storage = await openPostgresStorage({ url: database.url });
    await keepSoundBooks(storage);
    await storage.close();
    pool = makePool(database.url, { connections: 1 });
    await database.run(DROP_GUARDS);
    await database.run('CREATE SCHEMA sound');
    for (const table of BOOKS) await database.run(`CREATE TABLE sound.${table} AS SELECT * FROM ${table}`);
  });
  afterAll(async () => {
    await pool.close({ timeout: 0 });
    await database.drop();
  });

  const auditAfter = async (sql: string, liveProcessId?: string) => {
    for (const table of BOOKS) {
      await database.run(`DELETE FROM ${table}`);
      await database.run(`INSERT INTO ${table} SELECT * FROM sound.${table}`);
    }
    await database.run(sql);
    using connection = await pool.reserve();
    return await auditDatabase(connection, liveProcessId);
  };

  test('finds nothing in sound books, counts them, and tells live holds from lost ones', async () => {
    const sound = await auditAfter('SELECT 1', 'process');
    expect(sound).toEqual({
      findings: [],
      transactions: 4,
      entries: 10,
      wallets: 2,
      liveHolds: 1,
      lostHolds: 0,
      estimated: { interrupted: 0, unreported: 0, withoutPrompt: 0, beyondReport: 0 },
      totals: {
        availableTicks: 890n,
        heldTicks: 50n,
        grantedTicks: -1_000n,
        revenueTicks: 60n,
        uncollectedTicks: 0n,
      },
    });
    const lost = await auditAfter('SELECT 1', undefined);
    expect([lost.liveHolds, lost.lostHolds]).toEqual([0, 1]);
  });

  for (const { kind, how, sql } of DAMAGES) {
    test(`finds ${kind} when ${how}`, async () => {
      const { findings } = await auditAfter(sql);
      expect(findings.map((finding) => finding.kind)).toContain(kind);
      expect(findings.every(({ place }) => Object.values(place).some((value) => value !== undefined))).toBe(
        true,
      );
    });
  }

  test('a bill that says it was counted by us is explained, and no finding', async () => {
    const explained = await auditAfter('UPDATE requests SET estimated = 1, reported_output_tokens = 3');
    expect(explained.findings).toEqual([]);
    expect(explained.estimated.beyondReport).toBe(1);
  });

  test('a row of before is held against no price and no report', async () => {
    const old = await auditAfter(`UPDATE requests SET priced_from_ms = NULL, reported_input_tokens = NULL`);
    expect(old.findings).toEqual([]);
  });

  test('two seconds around a change of price, either price is right', async () => {
    const changed = await auditAfter(
      `INSERT INTO model_prices SELECT model_id, ${NOON_MS - 2_000}, 7, 7, 7, 7, 7 FROM model_prices`,
    );
    expect(changed.findings).toEqual([]);
  });
});
