import type { Migration } from '../../sql/migration.ts';
import { firstSchema } from './0001-first-schema.ts';
import { keysForRealLife } from './0002-keys-for-real-life.ts';

/** Every step of the schema, in order; numbers and names are those of the SQLite engine. */
export const ALL_MIGRATIONS: readonly Migration[] = [firstSchema, keysForRealLife];
