import type { Migration } from '../../sql/migration.ts';

/** As the SQLite engine's step of this name. */
export const idempotencyKeys: Migration = {
  number: 5,
  name: 'idempotency-keys',
  sql: `
CREATE TABLE idempotency_keys (
  organization_id text COLLATE "C" NOT NULL,
  key_hash text COLLATE "C" NOT NULL CHECK (length(key_hash) = 64),
  request_id text COLLATE "C" NOT NULL,
  fingerprint text COLLATE "C" NOT NULL CHECK (length(fingerprint) = 64),
  process_id text COLLATE "C" NOT NULL,
  at_ms bigint NOT NULL,
  state text COLLATE "C" NOT NULL CHECK (state IN ('running', 'interrupted', 'not-kept', 'answered')),
  model text COLLATE "C",
  status bigint,
  headers text COLLATE "C" CHECK (headers::json IS NOT NULL OR headers IS NULL),
  body text COLLATE "C",
  body_bytes bigint NOT NULL DEFAULT 0 CHECK (body_bytes >= 0),
  PRIMARY KEY (organization_id, key_hash),
  CHECK ((model IS NOT NULL) = (state = 'answered')),
  CHECK ((status IS NOT NULL) = (state = 'answered')),
  CHECK ((headers IS NOT NULL) = (state = 'answered')),
  CHECK ((body IS NOT NULL) = (state = 'answered'))
);
CREATE INDEX idempotency_keys_age ON idempotency_keys (at_ms);
CREATE INDEX idempotency_keys_running ON idempotency_keys (process_id) WHERE state = 'running';

CREATE TABLE idempotency_totals (
  organization_id text COLLATE "C" NOT NULL PRIMARY KEY,
  keys bigint NOT NULL CHECK (keys >= 0),
  bytes bigint NOT NULL CHECK (bytes >= 0)
) WITH (fillfactor = 50);
`,
};
