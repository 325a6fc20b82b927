import { Database } from 'bun:sqlite';
import { expect, test } from 'bun:test';
import { NO_USAGE } from '../../domain/usage.ts';
import type { RequestRecord } from '../usage-store.ts';
import { ALL_MIGRATIONS } from './migrations/all-migrations.ts';
import { RequestWriter } from './request-writer.ts';

const RECORD: Omit<RequestRecord, 'requestId' | 'atMs'> = {
  organizationId: 'team',
  userId: 'person',
  keyId: 'key',
  model: 'grok-beta',
  channel: 'simulator',
  upstreamModel: 'simulated',
  streamed: false,
  simulated: true,
  endpoint: 'chat',
  outcome: 'completed',
  httpStatus: 200,
  failureCode: null,
  usage: NO_USAGE,
  estimated: false,
  reported: null,
  pricedFromMs: null,
  costTicks: 0n,
  uncollectedTicks: 0n,
  queuedMs: 0,
  timeToFirstTokenMs: null,
  durationMs: 1,
  gatewayMs: 1,
};

test('a writer that starts anew does not turn back when a key was last used', () => {
  const database = new Database(':memory:');
  for (const { sql } of ALL_MIGRATIONS) database.run(sql);
  database.run(`INSERT INTO api_keys (id, hash, redacted, name, organization_id, user_id, acls, limits, disabled,
    created_at_ms, modified_at_ms, modified_by)
    VALUES ('key', '${'0'.repeat(64)}', '', '', 'team', 'person', '[]', '{}', 0, 0, 0, '')`);
  const lastUsed = () => database.query('SELECT last_used_at_ms AS ms FROM api_keys').get();
  new RequestWriter(database).write({ ...RECORD, requestId: '1', atMs: 500_000 });
  new RequestWriter(database).write({ ...RECORD, requestId: '2', atMs: 100_000 });
  expect(lastUsed()).toEqual({ ms: 500_000 });
  new RequestWriter(database).write({ ...RECORD, requestId: '3', atMs: 500_001 });
  expect(lastUsed()).toEqual({ ms: 500_001 });
});
