import type { Migration } from './migration.ts';

/**
 * Where a key may be used, what it may spend, which key it follows, and when it was last used. What a key has spent
 * is not stored again: it is the charges of its days and its open holds, which the index finds.
 */
export const keysForRealLife: Migration = {
  number: 2,
  name: 'keys-for-real-life',
  sql: `
ALTER TABLE api_keys ADD COLUMN allowed_networks TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(allowed_networks));
ALTER TABLE api_keys ADD COLUMN spend_per_day_ticks INTEGER CHECK (spend_per_day_ticks > 0);
ALTER TABLE api_keys ADD COLUMN spend_per_month_ticks INTEGER CHECK (spend_per_month_ticks > 0);
ALTER TABLE api_keys ADD COLUMN follows_key_id TEXT;
ALTER TABLE api_keys ADD COLUMN last_used_at_ms INTEGER;
CREATE INDEX holds_open_of_key ON holds (key_id, at_ms, held_ticks) WHERE state = 'held';
`,
};
