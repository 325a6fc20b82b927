import type { Migration } from './migration.ts';

/** Which of several channels is asked first. */
export const whichChannelFirst: Migration = {
  number: 23,
  name: 'which-channel-first',
  sql: `
ALTER TABLE channels ADD COLUMN priority INTEGER NOT NULL DEFAULT 0;
`,
};
