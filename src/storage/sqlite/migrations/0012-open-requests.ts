import type { Migration } from './migration.ts';

/**
 * Requests that nobody has used are found by themselves: whoever asks for another looks through those alone, however
 * many people came by one before.
 */
export const openRequests: Migration = {
  number: 12,
  name: 'open-requests',
  sql: `
DROP INDEX sign_up_requests;
CREATE INDEX sign_up_open_requests ON sign_up_invitations (email, expires_at_ms)
  WHERE origin = 'request' AND used_at_ms IS NULL;
`,
};
