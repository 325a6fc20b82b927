import type { Migration } from './migration.ts';

/**
 * What the pages keep: the log of changes, which only grows, and codes that give credit, of which only the SHA-256 is
 * kept. A team uses a code once, whoever of it types it in.
 */
export const consoleTables: Migration = {
  number: 9,
  name: 'console',
  sql: `
CREATE TABLE activity (
  sequence INTEGER NOT NULL PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  at_ms INTEGER NOT NULL,
  actor TEXT NOT NULL,
  action TEXT NOT NULL,
  subject TEXT NOT NULL,
  organization_id TEXT,
  changes TEXT NOT NULL CHECK (json_valid(changes))
) STRICT;
CREATE TRIGGER activity_never_changes BEFORE UPDATE ON activity
  BEGIN SELECT RAISE(ABORT, 'the log of changes never changes'); END;
CREATE TRIGGER activity_never_goes BEFORE DELETE ON activity
  BEGIN SELECT RAISE(ABORT, 'the log of changes is never deleted'); END;

CREATE TABLE credit_codes (
  sequence INTEGER NOT NULL PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  hash TEXT NOT NULL UNIQUE CHECK (length(hash) = 64),
  redacted TEXT NOT NULL,
  amount_ticks INTEGER NOT NULL CHECK (amount_ticks > 0),
  most_uses INTEGER NOT NULL CHECK (most_uses > 0),
  uses INTEGER NOT NULL DEFAULT 0 CHECK (uses >= 0 AND uses <= most_uses),
  memo TEXT NOT NULL,
  expires_at_ms INTEGER,
  ended_at_ms INTEGER,
  created_at_ms INTEGER NOT NULL,
  created_by TEXT NOT NULL
) STRICT;

CREATE TABLE credit_code_uses (
  code_id TEXT NOT NULL REFERENCES credit_codes (id),
  organization_id TEXT NOT NULL,
  user_id TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  granted INTEGER NOT NULL DEFAULT 0 CHECK (granted IN (0, 1)),
  PRIMARY KEY (code_id, organization_id)
) STRICT;
CREATE INDEX credit_code_uses_open ON credit_code_uses (at_ms) WHERE granted = 0;
`,
};
