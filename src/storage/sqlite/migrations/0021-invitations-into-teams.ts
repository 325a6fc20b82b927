import type { Migration } from './migration.ts';

/**
 * Invitations that the owners of a team make for one address. SQLite changes no check of a table that is there, so the
 * table is made anew.
 */
export const invitationsIntoTeams: Migration = {
  number: 21,
  name: 'invitations-into-teams',
  sql: `
CREATE TABLE invitations_with_teams (
  sequence INTEGER NOT NULL PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  hash TEXT NOT NULL UNIQUE CHECK (length(hash) = 64),
  origin TEXT NOT NULL CHECK (origin IN ('operator', 'request', 'team')),
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
  CHECK ((used_at_ms IS NULL) = (used_by IS NULL)),
  CHECK (origin <> 'team' OR (email IS NOT NULL AND organization_id IS NOT NULL))
) STRICT;
INSERT INTO invitations_with_teams (sequence, id, hash, origin, email, organization_id, team_role, expires_at_ms,
  created_at_ms, created_by, ended_at_ms, used_at_ms, used_by)
  SELECT sequence, id, hash, origin, email, organization_id, team_role, expires_at_ms,
  created_at_ms, created_by, ended_at_ms, used_at_ms, used_by FROM sign_up_invitations;
DROP TABLE sign_up_invitations;
ALTER TABLE invitations_with_teams RENAME TO sign_up_invitations;
CREATE INDEX sign_up_requests ON sign_up_invitations (email) WHERE origin = 'request';
CREATE INDEX team_invitations ON sign_up_invitations (organization_id) WHERE origin = 'team';
CREATE INDEX team_invitations_of_a_person ON sign_up_invitations (email) WHERE origin = 'team';
`,
};
