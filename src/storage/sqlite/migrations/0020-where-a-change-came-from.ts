import type { Migration } from './migration.ts';

/** Where a change was asked from, and an index by which what one person changed is found. */
export const whereAChangeCameFrom: Migration = {
  number: 20,
  name: 'where-a-change-came-from',
  sql: `
ALTER TABLE activity ADD COLUMN address TEXT;
CREATE INDEX activity_actor ON activity (actor, sequence);
`,
};
