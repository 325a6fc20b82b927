import { Database } from 'bun:sqlite';
import { expect, test } from 'bun:test';
import { firstSchema } from './0001-first-schema.ts';
import { keysForRealLife } from './0002-keys-for-real-life.ts';

test('keys of before may be used from anywhere, spend what they like, and follow none', () => {
  const database = new Database(':memory:');
  database.run(firstSchema.sql);
  database.run(`INSERT INTO api_keys VALUES ('k', '${'0'.repeat(64)}', 'xai-...0000', 'laptop', 'team', 'person',
    '[]', '{}', NULL, 0, NULL, 1, 2, 'person')`);
  database.run(keysForRealLife.sql);
  expect(database.query('SELECT * FROM api_keys').get()).toMatchObject({
    id: 'k',
    modified_by: 'person',
    allowed_networks: '[]',
    spend_per_day_ticks: null,
    spend_per_month_ticks: null,
    follows_key_id: null,
    last_used_at_ms: null,
  });
  for (const wrong of ["allowed_networks = 'x'", 'spend_per_day_ticks = 0', 'spend_per_month_ticks = -1']) {
    expect(() => database.run(`UPDATE api_keys SET ${wrong}`)).toThrow('CHECK');
  }
});

test('what a key holds and was charged is found without reading the holds or requests of others', () => {
  const database = new Database(':memory:');
  database.run(firstSchema.sql + keysForRealLife.sql);
  const plan = database
    .query<{ detail: string }, []>(
      `EXPLAIN QUERY PLAN SELECT sum(held_ticks) FROM holds
        WHERE state = 'held' AND key_id = 'k' AND at_ms >= 1 AND at_ms < 2`,
    )
    .all();
  expect(plan.map(({ detail }) => detail)).toEqual([
    expect.stringContaining('USING COVERING INDEX holds_open_of_key (key_id=? AND at_ms>? AND at_ms<?)'),
  ]);
});
