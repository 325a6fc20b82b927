import type { Migration } from '../../sql/migration.ts';

/** As the SQLite engine's step of this name. */
export const whichChannelFirst: Migration = {
  number: 23,
  name: 'which-channel-first',
  sql: `
ALTER TABLE channels ADD COLUMN priority bigint NOT NULL DEFAULT 0;
`,
};
