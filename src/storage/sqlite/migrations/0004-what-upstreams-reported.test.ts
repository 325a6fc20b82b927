import { Database } from 'bun:sqlite';
import { afterEach, beforeEach, expect, test } from 'bun:test';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate } from '../migrate.ts';
import { APPLICATION_ID } from '../prepare-file.ts';
import { openSqliteStorage } from '../storage.ts';
import { ALL_MIGRATIONS } from './all-migrations.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'turnpike-upgrade-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('an installation of before is brought up to date: its bills are what they were, and no finding', async () => {
  const path = join(folder, 'turnpike.db');
  const before = new Database(path, { create: true, readwrite: true });
  migrate(before, APPLICATION_ID, ALL_MIGRATIONS.slice(0, 2));
  before.run(`
    INSERT INTO wallets VALUES (1, 'team', 940, 0, 1);
    INSERT INTO ledger_transactions VALUES (1, 'welcome', 'grant', 1, NULL, '', 1),
      (2, 'request:r:hold', 'hold', 1, 'r', NULL, 2), (3, 'request:r:end', 'post', 1, 'r', NULL, 3);
    INSERT INTO ledger_entries VALUES (1, 0, 'operator:credit', NULL, 'grant', -1000), (1, 1, 'wallet', 1, 'grant', 1000),
      (2, 0, 'wallet', 1, 'hold', -100), (2, 1, 'held', 1, 'hold', 100),
      (3, 0, 'held', 1, 'charge', -60), (3, 1, 'operator:revenue', NULL, 'charge', 60),
      (3, 2, 'held', 1, 'release', -40), (3, 3, 'wallet', 1, 'release', 40);
    INSERT INTO holds (id, wallet_number, process_id, organization_id, user_id, key_id, model, channel, upstream_model,
      streamed, simulated, at_ms, state, held_ticks, checkpoint_at_ms, charged_ticks, released_ticks)
      VALUES ('r', 1, 'p', 'team', 'person', 'key', 'grok-beta', 'xai', 'grok', 0, 0, 2, 'posted', 100, 2, 60, 40);
    INSERT INTO requests VALUES (1, 'r', 2, 'team', 'person', 'key', 'grok-beta', 'xai', 'grok', 0, 0, 'chat', 'completed',
      200, NULL, 10, 0, 0, 0, 5, 0, 0, 60, 0, 0, NULL, 1, 1);
    INSERT INTO usage_daily VALUES ('team', '1970-01-01', 'key', 'grok-beta', 1, 0, 10, 0, 0, 0, 5, 0, 60);
    INSERT INTO models VALUES ('grok-beta', '[]', '["text"]', '["text"]', 8192, 8192, '{}', 1, 'xai', 1);
    INSERT INTO model_prices VALUES ('grok-beta', 0, 7, 7, 7, 7, 7)`);
  before.close();

  const storage = await openSqliteStorage({ path });
  try {
    expect((await storage.ledger.audit(undefined)).findings).toEqual([]);
    const { rows } = await storage.usage.requests('team', { limit: 10 });
    expect(rows).toMatchObject([{ requestId: 'r', costTicks: 60n, reported: null, pricedFromMs: null }]);
  } finally {
    await storage.close();
  }
});
