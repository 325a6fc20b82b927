import type { Migration } from '../../sql/migration.ts';

/** As the SQLite engine's step of this name. */
export const invitationsIntoTeams: Migration = {
  number: 21,
  name: 'invitations-into-teams',
  sql: `
ALTER TABLE sign_up_invitations
  DROP CONSTRAINT sign_up_invitations_origin_check,
  ADD CONSTRAINT sign_up_invitations_origin_check CHECK (origin IN ('operator', 'request', 'team')),
  ADD CHECK (origin <> 'team' OR (email IS NOT NULL AND organization_id IS NOT NULL));
CREATE INDEX team_invitations ON sign_up_invitations (organization_id) WHERE origin = 'team';
CREATE INDEX team_invitations_of_a_person ON sign_up_invitations (email) WHERE origin = 'team';
`,
};
