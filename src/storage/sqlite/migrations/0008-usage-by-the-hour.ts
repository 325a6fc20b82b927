import type { Migration } from './migration.ts';

/**
 * What pages show by the hour, of a team and of a channel, as projections beside `usage_daily`: no page adds up
 * requests one by one. Hours are counted from the epoch. The index finds a key's requests among millions of its team's.
 */
export const usageByTheHour: Migration = {
  number: 8,
  name: 'usage-by-the-hour',
  sql: `
CREATE TABLE usage_hourly (
  organization_id TEXT NOT NULL,
  hour INTEGER NOT NULL,
  key_id TEXT NOT NULL,
  model TEXT NOT NULL,
  requests INTEGER NOT NULL,
  failed_requests INTEGER NOT NULL,
  input_tokens INTEGER NOT NULL,
  cached_input_tokens INTEGER NOT NULL,
  output_tokens INTEGER NOT NULL,
  reasoning_tokens INTEGER NOT NULL,
  cost_ticks INTEGER NOT NULL,
  PRIMARY KEY (organization_id, hour, key_id, model)
) STRICT, WITHOUT ROWID;

CREATE TABLE channel_hourly (
  hour INTEGER NOT NULL,
  channel TEXT NOT NULL,
  model TEXT NOT NULL,
  requests INTEGER NOT NULL,
  failed_requests INTEGER NOT NULL,
  input_tokens INTEGER NOT NULL,
  cached_input_tokens INTEGER NOT NULL,
  output_tokens INTEGER NOT NULL,
  reasoning_tokens INTEGER NOT NULL,
  cost_ticks INTEGER NOT NULL,
  PRIMARY KEY (hour, channel, model)
) STRICT, WITHOUT ROWID;

INSERT INTO usage_hourly
  SELECT organization_id, at_ms / 3600000, key_id, model, count(*),
    sum(outcome IN ('upstream-broke', 'failed', 'refused', 'shut-down', 'interrupted')), sum(input_tokens),
    sum(cached_input_tokens), sum(output_tokens), sum(reasoning_tokens), sum(cost_ticks)
  FROM requests GROUP BY 1, 2, 3, 4;

INSERT INTO channel_hourly
  SELECT at_ms / 3600000, channel, model, count(*),
    sum(outcome IN ('upstream-broke', 'failed', 'refused', 'shut-down', 'interrupted')), sum(input_tokens),
    sum(cached_input_tokens), sum(output_tokens), sum(reasoning_tokens), sum(cost_ticks)
  FROM requests GROUP BY 1, 2, 3;

CREATE INDEX requests_key ON requests (organization_id, key_id);
CREATE INDEX ledger_transactions_credit ON ledger_transactions (wallet_number) WHERE grant_id IS NOT NULL;
`,
};
