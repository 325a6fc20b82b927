import type { LedgerAudit } from '../../../src/http/api/wire/operator-installation.ts';

const count = (number: number, one: string, many: string) =>
  `${number.toLocaleString('en')} ${number === 1 ? one : many}`;

export const en = {
  title: 'Ledger',
  lead: 'The books checked against themselves, and backups of everything.',
  again: 'Try now',
  didNotWork: 'That did not work. Check the connection and try again.',
  audit: {
    title: 'Audit',
    text: 'Reads every entry and checks it against every balance and hold. The server goes on serving meanwhile.',
    loading: 'Loading the audit',
    failedToLoad: 'The audit could not be loaded.',
    start: 'Start an audit',
    starting: 'Starting…',
    running: 'Running…',
    states: {
      never: 'No audit since the server started',
      running: 'The audit is running',
      done: 'The books are in order',
      failed: 'The audit could not be finished',
    } satisfies Record<LedgerAudit['state'], string>,
    found: (number: number) => count(number, 'finding', 'findings'),
    began: (moment: string) => `began ${moment}`,
    ended: (moment: string) => `ended ${moment}`,
    read: (transactions: number, entries: number, wallets: number) =>
      `${count(transactions, 'transaction', 'transactions')}, ${count(entries, 'entry', 'entries')} and ${count(wallets, 'wallet', 'wallets')} were read.`,
    holds: (live: number, lost: number) =>
      `${count(live, 'hold', 'holds')} of running requests, ${lost.toLocaleString('en')} lost.`,
    granted: 'Granted',
    available: 'Available',
    held: 'Held',
    revenue: 'Charged',
    uncollected: 'Uncollected',
  },
  backups: {
    title: 'Backups',
    text: 'Copies of the database and its secrets, in the data folder. The owner can download one within an hour of signing in.',
    loading: 'Loading backups',
    failedToLoad: 'The backups could not be loaded.',
    start: 'Make a backup',
    starting: 'Starting…',
    running: 'A backup is being made.',
    failed: 'The last backup could not be made.',
    none: {
      title: 'No backup yet',
      text: 'A backup holds everything that is needed to start again elsewhere.',
    },
    name: 'Backup',
    made: 'Made',
    size: 'Size',
    actions: 'What can be done',
    download: 'Download',
    downloadOf: (name: string) => `Download ${name}`,
  },
};

export type LedgerWords = typeof en;
