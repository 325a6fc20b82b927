import type { Migration } from '../../sql/migration.ts';

/** As the SQLite engine's step of this name. */
export const lettersOfAlerts: Migration = {
  number: 22,
  name: 'letters-of-alerts',
  sql: `
CREATE TABLE alert_letters (
  alert_id text COLLATE "C" NOT NULL PRIMARY KEY,
  told_at_ms bigint NOT NULL,
  recovered_at_ms bigint
);
`,
};
