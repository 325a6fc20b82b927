import { Database } from 'bun:sqlite';
import { expect, test } from 'bun:test';
import { ALL_MIGRATIONS } from '../migrations/all-migrations.ts';
import { EffectStatements } from './effect-statements.ts';
import { KeyUses } from './key-uses.ts';

test('a writer that starts anew does not turn back when a key was last used', () => {
  const database = new Database(':memory:');
  for (const { sql } of ALL_MIGRATIONS) database.run(sql);
  database.run(`INSERT INTO api_keys (id, hash, redacted, name, organization_id, user_id, acls, limits, disabled,
    created_at_ms, modified_at_ms, modified_by)
    VALUES ('key', '${'0'.repeat(64)}', '', '', 'team', 'person', '[]', '{}', 0, 0, 0, '')`);
  const lastUsed = () => database.query('SELECT last_used_at_ms AS ms FROM api_keys').get();
  const note = (atMs: number) => new KeyUses(new EffectStatements(database)).note('key', atMs);
  note(500_000);
  note(100_000);
  expect(lastUsed()).toEqual({ ms: 500_000 });
  note(500_001);
  expect(lastUsed()).toEqual({ ms: 500_001 });
});
