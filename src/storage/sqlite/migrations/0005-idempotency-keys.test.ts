import { Database } from 'bun:sqlite';
import { expect, test } from 'bun:test';
import type { CompiledQuery } from 'kysely';
import { SqlIdempotencyStore } from '../../sql/idempotency-store.ts';
import { postingKysely } from '../../sql/posting-dialect.ts';
import type { GroupStatement } from '../../sql/sql-engine.ts';
import { ALL_MIGRATIONS } from './all-migrations.ts';

/** A database, a store on it, and how SQLite goes about each of the store's statements. */
function openPlanned() {
  const database = new Database(':memory:', { safeIntegers: true, strict: true });
  for (const { sql } of ALL_MIGRATIONS) database.run(sql);
  const plans: string[] = [];
  const run = ({ sql, parameters }: CompiledQuery) => {
    const plan = database.query<{ detail: string }, never[]>(`EXPLAIN QUERY PLAN ${sql}`);
    plans.push(...plan.all(...(parameters as never[])).map(({ detail }) => detail));
    const statement = database.query(sql);
    if (statement.columnNames.length > 0)
      return { rows: statement.all(...(parameters as never[])), numAffectedRows: 0n };
    const { changes } = statement.run(...(parameters as never[]));
    return { rows: [], numAffectedRows: BigInt(changes) };
  };
  const engine = {
    database: postingKysely(async (query) => run(query)),
    lookups: postingKysely(async (query) => run(query)),
    writeTogether: async (statements: readonly GroupStatement[]) => {
      for (const { query, guarded } of statements) {
        if (run(query).numAffectedRows === 0n && guarded) return 'stopped' as const;
      }
      return 'done' as const;
    },
  };
  return { store: new SqlIdempotencyStore(engine), plans, database };
}

const LIMITS = { organizationKeys: 10, organizationBytes: 1_000, allKeys: 10, allBytes: 1_000 };
const CLAIM = {
  organizationId: 'team',
  keyHash: '0'.repeat(64),
  requestId: 'request',
  fingerprint: '1'.repeat(64),
  processId: 'process',
  atMs: 1,
};

test('no step reads the keys of others, whatever their number', async () => {
  const { store, plans } = openPlanned();
  await store.claim(CLAIM, LIMITS);
  const answer = { model: 'm', status: 200, headers: {}, body: '{}', bodyBytes: 2 };
  await store.complete(CLAIM, answer, LIMITS);
  await store.release(CLAIM);
  await store.interruptClaimsOfOthers('live');
  await store.sweep(10, 5);
  expect(plans.length).toBeGreaterThan(5);
  // The totals have one row a team, and are looked through to add them up.
  expect(plans.filter((plan) => /SCAN/.test(plan) && !/all_totals/.test(plan))).toEqual([
    'SCAN idempotency_keys USING INDEX idempotency_keys_running',
  ]);
});

test('what cannot be is not kept', () => {
  const { database } = openPlanned();
  const insert = (columns: string, values: string) =>
    database.run(
      `INSERT INTO idempotency_keys (organization_id, key_hash, request_id, fingerprint, process_id, at_ms, ${columns})
       VALUES ('team', '${'0'.repeat(64)}', 'r', '${'1'.repeat(64)}', 'p', 1, ${values})`,
    );
  for (const [columns, values] of [
    ['state', "'answered'"],
    ['state, body', "'running', 'x'"],
    ['state', "'lost'"],
    ['state, body_bytes', "'running', -1"],
    ['state, headers', "'running', 'no json'"],
  ] as const)
    expect(() => insert(columns, values)).toThrow('CHECK');
});
