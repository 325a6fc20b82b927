import type { Migration } from './migration.ts';

/**
 * Requests that are to run once. An answer is content of a caller: it is deleted with its key by the sweeper. The totals
 * are a projection, kept in the same transactions, so that a limit is looked up and not counted.
 */
export const idempotencyKeys: Migration = {
  number: 5,
  name: 'idempotency-keys',
  sql: `
CREATE TABLE idempotency_keys (
  organization_id TEXT NOT NULL,
  key_hash TEXT NOT NULL CHECK (length(key_hash) = 64),
  request_id TEXT NOT NULL,
  fingerprint TEXT NOT NULL CHECK (length(fingerprint) = 64),
  process_id TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('running', 'interrupted', 'not-kept', 'answered')),
  model TEXT,
  status INTEGER,
  headers TEXT CHECK (json_valid(headers)),
  body TEXT,
  body_bytes INTEGER NOT NULL DEFAULT 0 CHECK (body_bytes >= 0),
  PRIMARY KEY (organization_id, key_hash),
  CHECK ((model IS NOT NULL) = (state = 'answered')),
  CHECK ((status IS NOT NULL) = (state = 'answered')),
  CHECK ((headers IS NOT NULL) = (state = 'answered')),
  CHECK ((body IS NOT NULL) = (state = 'answered'))
) STRICT;
CREATE INDEX idempotency_keys_age ON idempotency_keys (at_ms);
CREATE INDEX idempotency_keys_running ON idempotency_keys (process_id) WHERE state = 'running';

CREATE TABLE idempotency_totals (
  organization_id TEXT NOT NULL PRIMARY KEY,
  keys INTEGER NOT NULL CHECK (keys >= 0),
  bytes INTEGER NOT NULL CHECK (bytes >= 0)
) STRICT, WITHOUT ROWID;
`,
};
