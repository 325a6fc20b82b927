import type { Migration } from '../../sql/migration.ts';

/** As the SQLite engine's step of this name. */
export const usageByTheHour: Migration = {
  number: 8,
  name: 'usage-by-the-hour',
  sql: `
CREATE TABLE usage_hourly (
  organization_id text COLLATE "C" NOT NULL,
  hour bigint NOT NULL,
  key_id text COLLATE "C" NOT NULL,
  model text COLLATE "C" NOT NULL,
  requests bigint NOT NULL,
  failed_requests bigint NOT NULL,
  input_tokens bigint NOT NULL,
  cached_input_tokens bigint NOT NULL,
  output_tokens bigint NOT NULL,
  reasoning_tokens bigint NOT NULL,
  cost_ticks bigint NOT NULL,
  PRIMARY KEY (organization_id, hour, key_id, model)
) WITH (fillfactor = 50);

CREATE TABLE channel_hourly (
  hour bigint NOT NULL,
  channel text COLLATE "C" NOT NULL,
  model text COLLATE "C" NOT NULL,
  requests bigint NOT NULL,
  failed_requests bigint NOT NULL,
  input_tokens bigint NOT NULL,
  cached_input_tokens bigint NOT NULL,
  output_tokens bigint NOT NULL,
  reasoning_tokens bigint NOT NULL,
  cost_ticks bigint NOT NULL,
  PRIMARY KEY (hour, channel, model)
) WITH (fillfactor = 50);

INSERT INTO usage_hourly
  SELECT organization_id, at_ms / 3600000, key_id, model, count(*),
    count(*) FILTER (WHERE outcome IN ('upstream-broke', 'failed', 'refused', 'shut-down', 'interrupted')),
    sum(input_tokens), sum(cached_input_tokens), sum(output_tokens), sum(reasoning_tokens), sum(cost_ticks)
  FROM requests GROUP BY 1, 2, 3, 4;

INSERT INTO channel_hourly
  SELECT at_ms / 3600000, channel, model, count(*),
    count(*) FILTER (WHERE outcome IN ('upstream-broke', 'failed', 'refused', 'shut-down', 'interrupted')),
    sum(input_tokens), sum(cached_input_tokens), sum(output_tokens), sum(reasoning_tokens), sum(cost_ticks)
  FROM requests GROUP BY 1, 2, 3;

CREATE INDEX requests_key ON requests (organization_id, key_id, sequence);
CREATE INDEX ledger_transactions_credit ON ledger_transactions (wallet_number, sequence) WHERE grant_id IS NOT NULL;
`,
};
