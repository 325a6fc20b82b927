import type { Migration } from '../../sql/migration.ts';

/** As the SQLite engine's step of this name. */
export const whereAChangeCameFrom: Migration = {
  number: 20,
  name: 'where-a-change-came-from',
  sql: `
ALTER TABLE activity ADD COLUMN address text COLLATE "C";
CREATE INDEX activity_actor ON activity (actor, sequence);
`,
};
