import type { Migration } from '../../sql/migration.ts';

/** As the SQLite engine's step of this name. */
export const openRequests: Migration = {
  number: 12,
  name: 'open-requests',
  sql: `
DROP INDEX sign_up_requests;
CREATE INDEX sign_up_open_requests ON sign_up_invitations (email, expires_at_ms)
  WHERE origin = 'request' AND used_at_ms IS NULL;
`,
};
