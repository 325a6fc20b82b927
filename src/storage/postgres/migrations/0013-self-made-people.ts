import type { Migration } from '../../sql/migration.ts';

/** As the SQLite engine's step of this name. */
export const selfMadePeople: Migration = {
  number: 13,
  name: 'self-made-people',
  sql: `ALTER TABLE "user" ADD COLUMN "selfMade" boolean;`,
};
