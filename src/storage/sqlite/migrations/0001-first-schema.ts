import type { Migration } from './migration.ts';

/**
 * The tables of better-auth 1.7 (core with the plugins organization, admin and twoFactor) as it would make them
 * itself, and our own. Conventions of ours: times are milliseconds since the epoch, flags 0 or 1, money whole ticks,
 * lists and records JSON text. better-auth's columns keep its own conventions (dates as ISO text).
 *
 * On the hot path's tables a closed list is checked with OR: SQLite builds a table for each evaluation of a longer IN,
 * which made an entry five times as expensive.
 *
 * The books (wallets, holds, ledger, requests) refer to people, teams and keys by id only: they outlive them.
 */
export const firstSchema: Migration = {
  number: 1,
  name: 'first-schema',
  sql: `
CREATE TABLE "user" (
  "id" text NOT NULL PRIMARY KEY,
  "name" text NOT NULL,
  "email" text NOT NULL UNIQUE,
  "emailVerified" integer NOT NULL,
  "image" text,
  "createdAt" date NOT NULL,
  "updatedAt" date NOT NULL,
  "role" text,
  "banned" integer,
  "banReason" text,
  "banExpires" date,
  "twoFactorEnabled" integer
);

CREATE TABLE "session" (
  "id" text NOT NULL PRIMARY KEY,
  "expiresAt" date NOT NULL,
  "token" text NOT NULL UNIQUE,
  "createdAt" date NOT NULL,
  "updatedAt" date NOT NULL,
  "ipAddress" text,
  "userAgent" text,
  "userId" text NOT NULL REFERENCES "user" ("id") ON DELETE CASCADE,
  "activeOrganizationId" text,
  "impersonatedBy" text
);
CREATE INDEX "session_userId_idx" ON "session" ("userId");

CREATE TABLE "account" (
  "id" text NOT NULL PRIMARY KEY,
  "accountId" text NOT NULL,
  "providerId" text NOT NULL,
  "userId" text NOT NULL REFERENCES "user" ("id") ON DELETE CASCADE,
  "accessToken" text,
  "refreshToken" text,
  "idToken" text,
  "accessTokenExpiresAt" date,
  "refreshTokenExpiresAt" date,
  "scope" text,
  "password" text,
  "createdAt" date NOT NULL,
  "updatedAt" date NOT NULL
);
CREATE INDEX "account_userId_idx" ON "account" ("userId");

CREATE TABLE "verification" (
  "id" text NOT NULL PRIMARY KEY,
  "identifier" text NOT NULL,
  "value" text NOT NULL,
  "expiresAt" date NOT NULL,
  "createdAt" date NOT NULL,
  "updatedAt" date NOT NULL
);
CREATE INDEX "verification_identifier_idx" ON "verification" ("identifier");

-- "personal" and "blocked" are ours.
CREATE TABLE "organization" (
  "id" text NOT NULL PRIMARY KEY,
  "name" text NOT NULL,
  "slug" text NOT NULL UNIQUE,
  "logo" text,
  "createdAt" date NOT NULL,
  "metadata" text,
  "personal" integer NOT NULL DEFAULT 0 CHECK ("personal" IN (0, 1)),
  "blocked" integer NOT NULL DEFAULT 0 CHECK ("blocked" IN (0, 1))
);

CREATE TABLE "member" (
  "id" text NOT NULL PRIMARY KEY,
  "organizationId" text NOT NULL REFERENCES "organization" ("id") ON DELETE CASCADE,
  "userId" text NOT NULL REFERENCES "user" ("id") ON DELETE CASCADE,
  "role" text NOT NULL,
  "createdAt" date NOT NULL
);
CREATE INDEX "member_organizationId_idx" ON "member" ("organizationId");
CREATE INDEX "member_userId_idx" ON "member" ("userId");
-- Ours: a person is a member of a team once.
CREATE UNIQUE INDEX "member_once" ON "member" ("organizationId", "userId");

CREATE TABLE "invitation" (
  "id" text NOT NULL PRIMARY KEY,
  "organizationId" text NOT NULL REFERENCES "organization" ("id") ON DELETE CASCADE,
  "email" text NOT NULL,
  "role" text,
  "status" text NOT NULL,
  "expiresAt" date NOT NULL,
  "createdAt" date NOT NULL,
  "inviterId" text NOT NULL REFERENCES "user" ("id") ON DELETE CASCADE
);
CREATE INDEX "invitation_organizationId_idx" ON "invitation" ("organizationId");
CREATE INDEX "invitation_email_idx" ON "invitation" ("email");

CREATE TABLE "twoFactor" (
  "id" text NOT NULL PRIMARY KEY,
  "secret" text NOT NULL,
  "backupCodes" text NOT NULL,
  "userId" text NOT NULL REFERENCES "user" ("id") ON DELETE CASCADE,
  "verified" integer,
  "failedVerificationCount" integer,
  "lockedUntil" date
);
CREATE INDEX "twoFactor_secret_idx" ON "twoFactor" ("secret");
CREATE INDEX "twoFactor_userId_idx" ON "twoFactor" ("userId");

CREATE TABLE api_keys (
  id TEXT NOT NULL PRIMARY KEY,
  hash TEXT NOT NULL UNIQUE CHECK (length(hash) = 64),
  redacted TEXT NOT NULL,
  name TEXT NOT NULL,
  organization_id TEXT NOT NULL REFERENCES "organization" ("id") ON DELETE CASCADE,
  user_id TEXT NOT NULL REFERENCES "user" ("id") ON DELETE CASCADE,
  acls TEXT NOT NULL CHECK (json_valid(acls)),
  limits TEXT NOT NULL CHECK (json_valid(limits)),
  expires_at_ms INTEGER,
  disabled INTEGER NOT NULL CHECK (disabled IN (0, 1)),
  revoked_at_ms INTEGER,
  created_at_ms INTEGER NOT NULL,
  modified_at_ms INTEGER NOT NULL,
  modified_by TEXT NOT NULL
) STRICT;
CREATE INDEX api_keys_organization ON api_keys (organization_id, created_at_ms);
CREATE INDEX api_keys_user ON api_keys (user_id);

-- Available and held are projections: the fold of the wallet's entries. The number keeps the ledger's rows short.
CREATE TABLE wallets (
  number INTEGER NOT NULL PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  available_ticks INTEGER NOT NULL DEFAULT 0 CHECK (available_ticks >= 0),
  held_ticks INTEGER NOT NULL DEFAULT 0 CHECK (held_ticks >= 0),
  created_at_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE ledger_transactions (
  sequence INTEGER NOT NULL PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  command TEXT NOT NULL CHECK (
    command = 'grant' OR command = 'withdraw' OR command = 'hold' OR command = 'extend'
    OR command = 'post' OR command = 'void' OR command = 'expire'
  ),
  wallet_number INTEGER NOT NULL REFERENCES wallets (number),
  request_id TEXT,
  memo TEXT,
  at_ms INTEGER NOT NULL,
  CHECK ((command = 'grant' OR command = 'withdraw') = (request_id IS NULL))
) STRICT;

CREATE TABLE ledger_entries (
  transaction_sequence INTEGER NOT NULL REFERENCES ledger_transactions (sequence),
  position INTEGER NOT NULL CHECK (position BETWEEN 0 AND 15),
  account TEXT NOT NULL CHECK (
    account = 'wallet' OR account = 'held'
    OR account = 'operator:credit' OR account = 'operator:revenue' OR account = 'operator:uncollected'
  ),
  wallet_number INTEGER REFERENCES wallets (number),
  kind TEXT NOT NULL CHECK (
    kind = 'grant' OR kind = 'withdrawal' OR kind = 'hold'
    OR kind = 'charge' OR kind = 'release' OR kind = 'uncollected'
  ),
  amount_ticks INTEGER NOT NULL CHECK (amount_ticks <> 0),
  PRIMARY KEY (transaction_sequence, position),
  CHECK ((account = 'wallet' OR account = 'held') = (wallet_number IS NOT NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX ledger_entries_wallet ON ledger_entries (wallet_number, transaction_sequence, position)
  WHERE wallet_number IS NOT NULL;

CREATE TRIGGER ledger_transactions_never_change BEFORE UPDATE ON ledger_transactions
  BEGIN SELECT RAISE(ABORT, 'ledger transactions never change'); END;
CREATE TRIGGER ledger_transactions_never_go BEFORE DELETE ON ledger_transactions
  BEGIN SELECT RAISE(ABORT, 'ledger transactions are never deleted'); END;
CREATE TRIGGER ledger_entries_never_change BEFORE UPDATE ON ledger_entries
  BEGIN SELECT RAISE(ABORT, 'ledger entries never change'); END;
CREATE TRIGGER ledger_entries_never_go BEFORE DELETE ON ledger_entries
  BEGIN SELECT RAISE(ABORT, 'ledger entries are never deleted'); END;

-- A hold is named after its request. The usage and checkpoint columns are its last checkpoint.
CREATE TABLE holds (
  id TEXT NOT NULL PRIMARY KEY,
  wallet_number INTEGER NOT NULL REFERENCES wallets (number),
  process_id TEXT NOT NULL,
  organization_id TEXT NOT NULL,
  user_id TEXT NOT NULL,
  key_id TEXT NOT NULL,
  model TEXT NOT NULL,
  channel TEXT NOT NULL,
  upstream_model TEXT NOT NULL,
  streamed INTEGER NOT NULL CHECK (streamed IN (0, 1)),
  simulated INTEGER NOT NULL CHECK (simulated IN (0, 1)),
  at_ms INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state = 'held' OR state = 'posted' OR state = 'voided' OR state = 'expired'),
  held_ticks INTEGER NOT NULL CHECK (held_ticks >= 0),
  input_tokens INTEGER NOT NULL DEFAULT 0 CHECK (input_tokens >= 0),
  cached_input_tokens INTEGER NOT NULL DEFAULT 0 CHECK (cached_input_tokens >= 0),
  image_input_tokens INTEGER NOT NULL DEFAULT 0 CHECK (image_input_tokens >= 0),
  audio_input_tokens INTEGER NOT NULL DEFAULT 0 CHECK (audio_input_tokens >= 0),
  output_tokens INTEGER NOT NULL DEFAULT 0 CHECK (output_tokens >= 0),
  reasoning_tokens INTEGER NOT NULL DEFAULT 0 CHECK (reasoning_tokens >= 0),
  checkpoint_cost_ticks INTEGER NOT NULL DEFAULT 0 CHECK (checkpoint_cost_ticks >= 0),
  checkpoint_at_ms INTEGER NOT NULL,
  last_step INTEGER NOT NULL DEFAULT 0 CHECK (last_step >= 0),
  charged_ticks INTEGER NOT NULL DEFAULT 0 CHECK (charged_ticks >= 0),
  released_ticks INTEGER NOT NULL DEFAULT 0 CHECK (released_ticks >= 0),
  uncollected_ticks INTEGER NOT NULL DEFAULT 0 CHECK (uncollected_ticks >= 0),
  CHECK (state <> 'held' OR (charged_ticks = 0 AND released_ticks = 0 AND uncollected_ticks = 0)),
  CHECK (state = 'held' OR charged_ticks + released_ticks >= held_ticks)
) STRICT;
CREATE INDEX holds_open ON holds (process_id) WHERE state = 'held';

CREATE TRIGGER holds_end_once BEFORE UPDATE ON holds WHEN OLD.state <> 'held'
  BEGIN SELECT RAISE(ABORT, 'an ended hold never changes'); END;
CREATE TRIGGER holds_never_go BEFORE DELETE ON holds
  BEGIN SELECT RAISE(ABORT, 'holds are never deleted'); END;

CREATE TABLE requests (
  sequence INTEGER NOT NULL PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  at_ms INTEGER NOT NULL,
  organization_id TEXT NOT NULL,
  user_id TEXT NOT NULL,
  key_id TEXT NOT NULL,
  model TEXT NOT NULL,
  channel TEXT NOT NULL,
  upstream_model TEXT NOT NULL,
  streamed INTEGER NOT NULL CHECK (streamed IN (0, 1)),
  simulated INTEGER NOT NULL CHECK (simulated IN (0, 1)),
  endpoint TEXT NOT NULL,
  outcome TEXT NOT NULL,
  http_status INTEGER NOT NULL,
  failure_code TEXT,
  input_tokens INTEGER NOT NULL CHECK (input_tokens >= 0),
  cached_input_tokens INTEGER NOT NULL CHECK (cached_input_tokens >= 0),
  image_input_tokens INTEGER NOT NULL CHECK (image_input_tokens >= 0),
  audio_input_tokens INTEGER NOT NULL CHECK (audio_input_tokens >= 0),
  output_tokens INTEGER NOT NULL CHECK (output_tokens >= 0),
  reasoning_tokens INTEGER NOT NULL CHECK (reasoning_tokens >= 0),
  estimated INTEGER NOT NULL CHECK (estimated IN (0, 1)),
  cost_ticks INTEGER NOT NULL CHECK (cost_ticks >= 0),
  uncollected_ticks INTEGER NOT NULL CHECK (uncollected_ticks >= 0),
  queued_ms REAL NOT NULL,
  time_to_first_token_ms REAL,
  duration_ms REAL NOT NULL,
  gateway_ms REAL NOT NULL
) STRICT;
-- Every index ends with the sequence, the table's own key: a page reads only its own rows.
CREATE INDEX requests_organization ON requests (organization_id);

CREATE TABLE usage_daily (
  organization_id TEXT NOT NULL,
  day TEXT NOT NULL CHECK (length(day) = 10),
  key_id TEXT NOT NULL,
  model TEXT NOT NULL,
  requests INTEGER NOT NULL,
  failed_requests INTEGER NOT NULL,
  input_tokens INTEGER NOT NULL,
  cached_input_tokens INTEGER NOT NULL,
  image_input_tokens INTEGER NOT NULL,
  audio_input_tokens INTEGER NOT NULL,
  output_tokens INTEGER NOT NULL,
  reasoning_tokens INTEGER NOT NULL,
  cost_ticks INTEGER NOT NULL,
  PRIMARY KEY (organization_id, day, key_id, model)
) STRICT, WITHOUT ROWID;

CREATE TABLE models (
  id TEXT NOT NULL PRIMARY KEY,
  aliases TEXT NOT NULL CHECK (json_valid(aliases)),
  input_modalities TEXT NOT NULL CHECK (json_valid(input_modalities)),
  output_modalities TEXT NOT NULL CHECK (json_valid(output_modalities)),
  context_tokens INTEGER NOT NULL CHECK (context_tokens > 0),
  maximum_output_tokens INTEGER NOT NULL CHECK (maximum_output_tokens > 0),
  limits TEXT NOT NULL CHECK (json_valid(limits)),
  created_at_ms INTEGER NOT NULL,
  owned_by TEXT NOT NULL,
  enabled INTEGER NOT NULL CHECK (enabled IN (0, 1))
) STRICT, WITHOUT ROWID;

CREATE TABLE model_prices (
  model_id TEXT NOT NULL REFERENCES models (id) ON DELETE CASCADE,
  valid_from_ms INTEGER NOT NULL,
  input_ticks_per_token INTEGER NOT NULL CHECK (input_ticks_per_token >= 0),
  cached_input_ticks_per_token INTEGER NOT NULL CHECK (cached_input_ticks_per_token >= 0),
  image_input_ticks_per_token INTEGER NOT NULL CHECK (image_input_ticks_per_token >= 0),
  audio_input_ticks_per_token INTEGER NOT NULL CHECK (audio_input_ticks_per_token >= 0),
  output_ticks_per_token INTEGER NOT NULL CHECK (output_ticks_per_token >= 0),
  PRIMARY KEY (model_id, valid_from_ms)
) STRICT, WITHOUT ROWID;

CREATE TABLE channels (
  id TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  base_url TEXT NOT NULL,
  sealed_key TEXT,
  models TEXT NOT NULL CHECK (json_valid(models)),
  input_modalities TEXT NOT NULL CHECK (json_valid(input_modalities)),
  context_tokens INTEGER,
  enabled INTEGER NOT NULL CHECK (enabled IN (0, 1)),
  created_at_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE settings (
  name TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Written by the health check: only a write shows that the database can be written.
CREATE TABLE heartbeat (
  id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
  beats INTEGER NOT NULL
) STRICT;
`,
};
