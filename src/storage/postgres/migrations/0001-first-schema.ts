import type { Migration } from '../../sql/migration.ts';

/**
 * The tables of the SQLite engine's step of this name, column by column, with PostgreSQL's types. better-auth's tables
 * are as it makes them itself on PostgreSQL: flags are booleans and dates timestamps; our own keep the conventions of
 * every engine: times are milliseconds since the epoch, flags 0 or 1, money whole ticks, lists and records JSON text.
 *
 * Texts are compared by their bytes, whatever the database's own locale is: days and ids are ordered as everywhere. The
 * rows that are written most often have room beside them, so that a change stays on its page and touches no index.
 */
export const firstSchema: Migration = {
  number: 1,
  name: 'first-schema',
  sql: `
CREATE TABLE "user" (
  "id" text COLLATE "C" NOT NULL PRIMARY KEY,
  "name" text COLLATE "C" NOT NULL,
  "email" text COLLATE "C" NOT NULL UNIQUE,
  "emailVerified" boolean NOT NULL,
  "image" text COLLATE "C",
  "createdAt" timestamptz NOT NULL,
  "updatedAt" timestamptz NOT NULL,
  "role" text COLLATE "C",
  "banned" boolean,
  "banReason" text COLLATE "C",
  "banExpires" timestamptz,
  "twoFactorEnabled" boolean
);

CREATE TABLE "session" (
  "id" text COLLATE "C" NOT NULL PRIMARY KEY,
  "expiresAt" timestamptz NOT NULL,
  "token" text COLLATE "C" NOT NULL UNIQUE,
  "createdAt" timestamptz NOT NULL,
  "updatedAt" timestamptz NOT NULL,
  "ipAddress" text COLLATE "C",
  "userAgent" text COLLATE "C",
  "userId" text COLLATE "C" NOT NULL REFERENCES "user" ("id") ON DELETE CASCADE,
  "activeOrganizationId" text COLLATE "C",
  "impersonatedBy" text COLLATE "C"
);
CREATE INDEX "session_userId_idx" ON "session" ("userId");

CREATE TABLE "account" (
  "id" text COLLATE "C" NOT NULL PRIMARY KEY,
  "accountId" text COLLATE "C" NOT NULL,
  "providerId" text COLLATE "C" NOT NULL,
  "userId" text COLLATE "C" NOT NULL REFERENCES "user" ("id") ON DELETE CASCADE,
  "accessToken" text COLLATE "C",
  "refreshToken" text COLLATE "C",
  "idToken" text COLLATE "C",
  "accessTokenExpiresAt" timestamptz,
  "refreshTokenExpiresAt" timestamptz,
  "scope" text COLLATE "C",
  "password" text COLLATE "C",
  "createdAt" timestamptz NOT NULL,
  "updatedAt" timestamptz NOT NULL
);
CREATE INDEX "account_userId_idx" ON "account" ("userId");

CREATE TABLE "verification" (
  "id" text COLLATE "C" NOT NULL PRIMARY KEY,
  "identifier" text COLLATE "C" NOT NULL,
  "value" text COLLATE "C" NOT NULL,
  "expiresAt" timestamptz NOT NULL,
  "createdAt" timestamptz NOT NULL,
  "updatedAt" timestamptz NOT NULL
);
CREATE INDEX "verification_identifier_idx" ON "verification" ("identifier");

-- "personal" and "blocked" are ours.
CREATE TABLE "organization" (
  "id" text COLLATE "C" NOT NULL PRIMARY KEY,
  "name" text COLLATE "C" NOT NULL,
  "slug" text COLLATE "C" NOT NULL UNIQUE,
  "logo" text COLLATE "C",
  "createdAt" timestamptz NOT NULL,
  "metadata" text COLLATE "C",
  "personal" boolean NOT NULL DEFAULT false,
  "blocked" boolean NOT NULL DEFAULT false
);

CREATE TABLE "member" (
  "id" text COLLATE "C" NOT NULL PRIMARY KEY,
  "organizationId" text COLLATE "C" NOT NULL REFERENCES "organization" ("id") ON DELETE CASCADE,
  "userId" text COLLATE "C" NOT NULL REFERENCES "user" ("id") ON DELETE CASCADE,
  "role" text COLLATE "C" NOT NULL,
  "createdAt" timestamptz NOT NULL
);
CREATE INDEX "member_organizationId_idx" ON "member" ("organizationId");
CREATE INDEX "member_userId_idx" ON "member" ("userId");
-- Ours: a person is a member of a team once.
CREATE UNIQUE INDEX "member_once" ON "member" ("organizationId", "userId");

CREATE TABLE "invitation" (
  "id" text COLLATE "C" NOT NULL PRIMARY KEY,
  "organizationId" text COLLATE "C" NOT NULL REFERENCES "organization" ("id") ON DELETE CASCADE,
  "email" text COLLATE "C" NOT NULL,
  "role" text COLLATE "C",
  "status" text COLLATE "C" NOT NULL,
  "expiresAt" timestamptz NOT NULL,
  "createdAt" timestamptz NOT NULL,
  "inviterId" text COLLATE "C" NOT NULL REFERENCES "user" ("id") ON DELETE CASCADE
);
CREATE INDEX "invitation_organizationId_idx" ON "invitation" ("organizationId");
CREATE INDEX "invitation_email_idx" ON "invitation" ("email");

CREATE TABLE "twoFactor" (
  "id" text COLLATE "C" NOT NULL PRIMARY KEY,
  "secret" text COLLATE "C" NOT NULL,
  "backupCodes" text COLLATE "C" NOT NULL,
  "userId" text COLLATE "C" NOT NULL REFERENCES "user" ("id") ON DELETE CASCADE,
  "verified" boolean,
  "failedVerificationCount" integer,
  "lockedUntil" timestamptz
);
CREATE INDEX "twoFactor_secret_idx" ON "twoFactor" ("secret");
CREATE INDEX "twoFactor_userId_idx" ON "twoFactor" ("userId");

CREATE TABLE api_keys (
  id text COLLATE "C" NOT NULL PRIMARY KEY,
  hash text COLLATE "C" NOT NULL UNIQUE CHECK (length(hash) = 64),
  redacted text COLLATE "C" NOT NULL,
  name text COLLATE "C" NOT NULL,
  organization_id text COLLATE "C" NOT NULL REFERENCES "organization" ("id") ON DELETE CASCADE,
  user_id text COLLATE "C" NOT NULL REFERENCES "user" ("id") ON DELETE CASCADE,
  acls text COLLATE "C" NOT NULL CHECK (acls::json IS NOT NULL),
  limits text COLLATE "C" NOT NULL CHECK (limits::json IS NOT NULL),
  expires_at_ms bigint,
  disabled bigint NOT NULL CHECK (disabled IN (0, 1)),
  revoked_at_ms bigint,
  created_at_ms bigint NOT NULL,
  modified_at_ms bigint NOT NULL,
  modified_by text COLLATE "C" NOT NULL
);
CREATE INDEX api_keys_organization ON api_keys (organization_id, created_at_ms);
CREATE INDEX api_keys_user ON api_keys (user_id);

-- Available and held are projections: the fold of the wallet's transactions. The number keeps the ledger's rows short.
CREATE TABLE wallets (
  number bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  id text COLLATE "C" NOT NULL UNIQUE,
  available_ticks bigint NOT NULL DEFAULT 0 CHECK (available_ticks >= 0),
  held_ticks bigint NOT NULL DEFAULT 0 CHECK (held_ticks >= 0),
  created_at_ms bigint NOT NULL
) WITH (fillfactor = 50);

-- A hold is named after its request. The usage and checkpoint columns are its last checkpoint.
CREATE TABLE holds (
  id text COLLATE "C" NOT NULL PRIMARY KEY,
  wallet_number bigint NOT NULL REFERENCES wallets (number),
  process_id text COLLATE "C" NOT NULL,
  organization_id text COLLATE "C" NOT NULL,
  user_id text COLLATE "C" NOT NULL,
  key_id text COLLATE "C" NOT NULL,
  model text COLLATE "C" NOT NULL,
  channel text COLLATE "C" NOT NULL,
  upstream_model text COLLATE "C" NOT NULL,
  streamed bigint NOT NULL CHECK (streamed IN (0, 1)),
  simulated bigint NOT NULL CHECK (simulated IN (0, 1)),
  at_ms bigint NOT NULL,
  state text COLLATE "C" NOT NULL CHECK (state = 'held' OR state = 'posted' OR state = 'voided' OR state = 'expired'),
  held_ticks bigint NOT NULL CHECK (held_ticks >= 0),
  input_tokens bigint NOT NULL DEFAULT 0 CHECK (input_tokens >= 0),
  cached_input_tokens bigint NOT NULL DEFAULT 0 CHECK (cached_input_tokens >= 0),
  image_input_tokens bigint NOT NULL DEFAULT 0 CHECK (image_input_tokens >= 0),
  audio_input_tokens bigint NOT NULL DEFAULT 0 CHECK (audio_input_tokens >= 0),
  output_tokens bigint NOT NULL DEFAULT 0 CHECK (output_tokens >= 0),
  reasoning_tokens bigint NOT NULL DEFAULT 0 CHECK (reasoning_tokens >= 0),
  checkpoint_cost_ticks bigint NOT NULL DEFAULT 0 CHECK (checkpoint_cost_ticks >= 0),
  checkpoint_at_ms bigint NOT NULL,
  last_step bigint NOT NULL DEFAULT 0 CHECK (last_step >= 0),
  charged_ticks bigint NOT NULL DEFAULT 0 CHECK (charged_ticks >= 0),
  released_ticks bigint NOT NULL DEFAULT 0 CHECK (released_ticks >= 0),
  uncollected_ticks bigint NOT NULL DEFAULT 0 CHECK (uncollected_ticks >= 0),
  CHECK (state <> 'held' OR (charged_ticks = 0 AND released_ticks = 0 AND uncollected_ticks = 0)),
  CHECK (state = 'held' OR charged_ticks + released_ticks >= held_ticks)
);
CREATE INDEX holds_open ON holds (process_id) WHERE state = 'held';

CREATE TABLE requests (
  sequence bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  id text COLLATE "C" NOT NULL UNIQUE,
  at_ms bigint NOT NULL,
  organization_id text COLLATE "C" NOT NULL,
  user_id text COLLATE "C" NOT NULL,
  key_id text COLLATE "C" NOT NULL,
  model text COLLATE "C" NOT NULL,
  channel text COLLATE "C" NOT NULL,
  upstream_model text COLLATE "C" NOT NULL,
  streamed bigint NOT NULL CHECK (streamed IN (0, 1)),
  simulated bigint NOT NULL CHECK (simulated IN (0, 1)),
  endpoint text COLLATE "C" NOT NULL,
  outcome text COLLATE "C" NOT NULL,
  http_status bigint NOT NULL,
  failure_code text COLLATE "C",
  input_tokens bigint NOT NULL CHECK (input_tokens >= 0),
  cached_input_tokens bigint NOT NULL CHECK (cached_input_tokens >= 0),
  image_input_tokens bigint NOT NULL CHECK (image_input_tokens >= 0),
  audio_input_tokens bigint NOT NULL CHECK (audio_input_tokens >= 0),
  output_tokens bigint NOT NULL CHECK (output_tokens >= 0),
  reasoning_tokens bigint NOT NULL CHECK (reasoning_tokens >= 0),
  estimated bigint NOT NULL CHECK (estimated IN (0, 1)),
  cost_ticks bigint NOT NULL CHECK (cost_ticks >= 0),
  uncollected_ticks bigint NOT NULL CHECK (uncollected_ticks >= 0),
  queued_ms double precision NOT NULL,
  time_to_first_token_ms double precision,
  duration_ms double precision NOT NULL,
  gateway_ms double precision NOT NULL
);
CREATE INDEX requests_organization ON requests (organization_id, sequence);

CREATE TABLE usage_daily (
  organization_id text COLLATE "C" NOT NULL,
  day text COLLATE "C" NOT NULL CHECK (length(day) = 10),
  key_id text COLLATE "C" NOT NULL,
  model text COLLATE "C" NOT NULL,
  requests bigint NOT NULL,
  failed_requests bigint NOT NULL,
  input_tokens bigint NOT NULL,
  cached_input_tokens bigint NOT NULL,
  image_input_tokens bigint NOT NULL,
  audio_input_tokens bigint NOT NULL,
  output_tokens bigint NOT NULL,
  reasoning_tokens bigint NOT NULL,
  cost_ticks bigint NOT NULL,
  PRIMARY KEY (organization_id, day, key_id, model)
) WITH (fillfactor = 50);

CREATE TABLE models (
  id text COLLATE "C" NOT NULL PRIMARY KEY,
  aliases text COLLATE "C" NOT NULL CHECK (aliases::json IS NOT NULL),
  input_modalities text COLLATE "C" NOT NULL CHECK (input_modalities::json IS NOT NULL),
  output_modalities text COLLATE "C" NOT NULL CHECK (output_modalities::json IS NOT NULL),
  context_tokens bigint NOT NULL CHECK (context_tokens > 0),
  maximum_output_tokens bigint NOT NULL CHECK (maximum_output_tokens > 0),
  limits text COLLATE "C" NOT NULL CHECK (limits::json IS NOT NULL),
  created_at_ms bigint NOT NULL,
  owned_by text COLLATE "C" NOT NULL,
  enabled bigint NOT NULL CHECK (enabled IN (0, 1))
);

CREATE TABLE model_prices (
  model_id text COLLATE "C" NOT NULL REFERENCES models (id) ON DELETE CASCADE,
  valid_from_ms bigint NOT NULL,
  input_ticks_per_token bigint NOT NULL CHECK (input_ticks_per_token >= 0),
  cached_input_ticks_per_token bigint NOT NULL CHECK (cached_input_ticks_per_token >= 0),
  image_input_ticks_per_token bigint NOT NULL CHECK (image_input_ticks_per_token >= 0),
  audio_input_ticks_per_token bigint NOT NULL CHECK (audio_input_ticks_per_token >= 0),
  output_ticks_per_token bigint NOT NULL CHECK (output_ticks_per_token >= 0),
  PRIMARY KEY (model_id, valid_from_ms)
);

CREATE TABLE channels (
  id text COLLATE "C" NOT NULL PRIMARY KEY,
  name text COLLATE "C" NOT NULL UNIQUE,
  kind text COLLATE "C" NOT NULL,
  base_url text COLLATE "C" NOT NULL,
  sealed_key text COLLATE "C",
  models text COLLATE "C" NOT NULL CHECK (models::json IS NOT NULL),
  input_modalities text COLLATE "C" NOT NULL CHECK (input_modalities::json IS NOT NULL),
  context_tokens bigint,
  enabled bigint NOT NULL CHECK (enabled IN (0, 1)),
  created_at_ms bigint NOT NULL
);

CREATE TABLE settings (
  name text COLLATE "C" NOT NULL PRIMARY KEY,
  value text COLLATE "C" NOT NULL
);

-- Written by the health check: only a write shows that the database can be written.
CREATE TABLE heartbeat (
  id bigint NOT NULL PRIMARY KEY CHECK (id = 1),
  beats bigint NOT NULL
);

-- Who is alive, by the database's own clock; see process-registry.ts. Only this engine may have several processes.
CREATE TABLE processes (
  id text COLLATE "C" NOT NULL PRIMARY KEY,
  seen_at timestamptz NOT NULL
);

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% of % is refused: it never changes', TG_OP, TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER holds_end_once BEFORE UPDATE ON holds
  FOR EACH ROW WHEN (OLD.state <> 'held') EXECUTE FUNCTION refuse_change();
CREATE TRIGGER holds_never_go BEFORE DELETE ON holds FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER holds_never_go_together BEFORE TRUNCATE ON holds EXECUTE FUNCTION refuse_change();

-- Every process that serves hears of what another one changed; see change-feed.ts. The argument is the change's kind.
CREATE FUNCTION tell_of_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('turnpike_changes', TG_ARGV[0] || ':' || coalesce(NEW.id, OLD.id));
  RETURN NULL;
END $$;
-- When a key was last used is no change: it is written every minute.
CREATE TRIGGER api_keys_changed_first AFTER DELETE OR UPDATE OF hash, name, organization_id, user_id, acls, limits,
  expires_at_ms, disabled, revoked_at_ms ON api_keys FOR EACH ROW EXECUTE FUNCTION tell_of_change('key');
CREATE TRIGGER user_changed AFTER UPDATE OR DELETE ON "user" FOR EACH ROW EXECUTE FUNCTION tell_of_change('user');
CREATE TRIGGER organization_changed AFTER UPDATE OR DELETE ON "organization"
  FOR EACH ROW EXECUTE FUNCTION tell_of_change('organization');
CREATE TRIGGER models_changed AFTER INSERT OR UPDATE OR DELETE ON models
  FOR EACH ROW EXECUTE FUNCTION tell_of_change('model');
CREATE TRIGGER channels_changed AFTER INSERT OR UPDATE OR DELETE ON channels
  FOR EACH ROW EXECUTE FUNCTION tell_of_change('channel');
-- A sheet is only ever added to a model.
CREATE FUNCTION tell_of_price() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('turnpike_changes', 'model:' || NEW.model_id);
  RETURN NULL;
END $$;
CREATE TRIGGER model_prices_added AFTER INSERT ON model_prices FOR EACH ROW EXECUTE FUNCTION tell_of_price();
`,
};
