import type { Migration } from './migration.ts';

/**
 * Links by which people make themselves an account, of which only the SHA-256 is kept; the free credit that each asked
 * for, and what was decided; the mailboxes that had some; and how much of it every day gave away.
 */
export const signUp: Migration = {
  number: 10,
  name: 'sign-up',
  sql: `
CREATE TABLE sign_up_invitations (
  sequence INTEGER NOT NULL PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  hash TEXT NOT NULL UNIQUE CHECK (length(hash) = 64),
  origin TEXT NOT NULL CHECK (origin IN ('operator', 'request')),
  email TEXT,
  organization_id TEXT,
  team_role TEXT,
  expires_at_ms INTEGER NOT NULL,
  created_at_ms INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  ended_at_ms INTEGER,
  used_at_ms INTEGER,
  used_by TEXT,
  CHECK ((organization_id IS NULL) = (team_role IS NULL)),
  CHECK ((used_at_ms IS NULL) = (used_by IS NULL))
) STRICT;
CREATE INDEX sign_up_requests ON sign_up_invitations (email) WHERE origin = 'request';

CREATE TABLE sign_up_credits (
  user_id TEXT NOT NULL PRIMARY KEY,
  email_key TEXT NOT NULL,
  day TEXT NOT NULL,
  asked_ticks INTEGER NOT NULL CHECK (asked_ticks >= 0),
  daily_cap_ticks INTEGER NOT NULL CHECK (daily_cap_ticks >= 0),
  given_ticks INTEGER CHECK (given_ticks IN (0, asked_ticks))
) STRICT;

CREATE TABLE free_credit_mailboxes (
  email_key TEXT NOT NULL PRIMARY KEY,
  user_id TEXT NOT NULL
) STRICT;
INSERT INTO free_credit_mailboxes (email_key, user_id) SELECT lower("email"), min("id") FROM "user" GROUP BY lower("email");

CREATE TABLE free_credit_days (
  day TEXT NOT NULL PRIMARY KEY,
  given_ticks INTEGER NOT NULL CHECK (given_ticks >= 0)
) STRICT;
`,
};
