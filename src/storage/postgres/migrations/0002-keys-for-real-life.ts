import type { Migration } from '../../sql/migration.ts';

/** As the SQLite engine's step of this name. */
export const keysForRealLife: Migration = {
  number: 2,
  name: 'keys-for-real-life',
  sql: `
ALTER TABLE api_keys ADD COLUMN allowed_networks text COLLATE "C" NOT NULL DEFAULT '[]'
  CHECK (allowed_networks::json IS NOT NULL);
ALTER TABLE api_keys ADD COLUMN spend_per_day_ticks bigint CHECK (spend_per_day_ticks > 0);
ALTER TABLE api_keys ADD COLUMN spend_per_month_ticks bigint CHECK (spend_per_month_ticks > 0);
ALTER TABLE api_keys ADD COLUMN follows_key_id text COLLATE "C";
ALTER TABLE api_keys ADD COLUMN last_used_at_ms bigint;
CREATE INDEX holds_open_of_key ON holds (key_id, at_ms) INCLUDE (held_ticks) WHERE state = 'held';
CREATE TRIGGER api_keys_changed AFTER UPDATE OF allowed_networks, spend_per_day_ticks, spend_per_month_ticks ON api_keys
  FOR EACH ROW EXECUTE FUNCTION tell_of_change('key');
`,
};
