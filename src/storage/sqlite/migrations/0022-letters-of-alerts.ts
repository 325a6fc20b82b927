import type { Migration } from './migration.ts';

/** When an alert was last told by letter, and whether its line was left since. */
export const lettersOfAlerts: Migration = {
  number: 22,
  name: 'letters-of-alerts',
  sql: `
CREATE TABLE alert_letters (
  alert_id TEXT NOT NULL PRIMARY KEY,
  told_at_ms INTEGER NOT NULL,
  recovered_at_ms INTEGER
) STRICT;
`,
};
