import type { Migration } from './migration.ts';

/**
 * Whether a person made their account themselves. Whoever did may have named somebody else's address, so what such an
 * account has is dropped when the address is proven. Everybody until now was made by an operator.
 */
export const selfMadePeople: Migration = {
  number: 13,
  name: 'self-made-people',
  sql: `ALTER TABLE "user" ADD COLUMN "selfMade" integer;`,
};
