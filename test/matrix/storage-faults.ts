import type { MatrixRow } from './matrix-row.ts';

/** Of the database, of counters, and of what happens at one moment. */
export const STORAGE_FAULTS: readonly MatrixRow[] = [
  {
    id: 'F27',
    fault: 'The database is down when a call is let in.',
    outcome: 'closed',
    tests: [
      {
        file: 'test/gateway/ledger-away.test.ts',
        title: 'at the hold: no paid call is made, and the caller is told to come back',
      },
      {
        file: 'test/gateway/ledger-away.test.ts',
        title: 'a key store that does not answer is a 503 and never a wrong key',
      },
      {
        file: 'test/conformance/postgres-process.test.ts',
        title:
          'a machine that is gone without a word: nobody waits longer than the deadline, and new connections are made',
      },
      {
        file: 'test/conformance/postgres-process.test.ts',
        title: 'connections that the server ends are made anew, for money and everything else',
      },
    ],
  },
  {
    id: 'F28',
    fault: 'The database is down when the bill is written.',
    outcome: 'posted',
    tests: [
      {
        file: 'test/end-to-end/database-away-at-the-bill.test.ts',
        title: 'an answer whose bill nobody could write in time is charged when the database is back',
      },
      {
        file: 'test/end-to-end/database-away-at-the-bill.test.ts',
        title: 'a stream that ends while the database is away for a moment is charged once',
      },
      {
        file: 'test/gateway/ledger-away.test.ts',
        title: 'gets what it missed, although its caller has long gone: charged once, nothing stays held',
      },
      {
        file: 'test/gateway/ledger-away.test.ts',
        title: 'at the end, for good: the hold stays for the next start and nobody is charged twice',
      },
      {
        file: 'test/conformance/postgres-process.test.ts',
        title: 'connections that the server ends are made anew, for money and everything else',
      },
    ],
  },
  {
    id: 'F29',
    fault: 'The database takes five seconds for everything.',
    outcome: 'bounded',
    tests: [
      {
        file: 'src/storage/sqlite/worker-link.test.ts',
        title: 'nobody waits longer than the deadline, whether sent or still waiting',
      },
      {
        file: 'src/storage/sqlite/journal/journal.test.ts',
        title: 'lets nobody wait longer than the deadline, and takes only so much',
      },
    ],
  },
  {
    id: 'F30',
    fault: 'Nobody knows whether a commit was carried out.',
    outcome: 'replayed',
    tests: [
      {
        file: 'test/gateway/ledger-away.test.ts',
        title: 'releases a hold whose answer was lost, whoever has waited',
      },
      {
        file: 'test/conformance/ledger.test.ts',
        title: 'the same command from 50 callers at once is carried out once',
      },
      {
        file: 'test/conformance/ledger.test.ts',
        title: 'a repeated hold answers what was held then, even after more was held and it ended',
      },
      {
        file: 'test/conformance/idempotency.test.ts',
        title: 'the same claim again is no second one: its first answer may have been lost',
      },
      {
        file: 'test/conformance/sqlite-process.test.ts',
        title: 'what was answered and had not reached the tables is there after the next start',
      },
    ],
  },
  {
    id: 'F31',
    fault: "Two transactions stand in each other's way.",
    outcome: 'retried',
    tests: [
      {
        file: 'test/conformance/postgres-sharing.test.ts',
        title: 'one settles while others end its holds: each has one end, and the books balance',
      },
    ],
  },
  {
    id: 'F32',
    fault: 'Another process keeps the database file locked.',
    outcome: 'works',
    tests: [
      {
        file: 'src/storage/sqlite/group-commit.test.ts',
        title: 'a database that is locked fails the batch at once, and the next one goes through',
      },
      {
        file: 'test/conformance/sqlite-process.test.ts',
        title: 'while another process locks the database the ledger goes on, and the tables follow later',
      },
    ],
  },
  {
    id: 'F33',
    fault: 'A replica that lost the last commits becomes the database.',
    outcome: 'halted',
    later: 'a start on PostgreSQL that holds what the data folder last saw of it against what is there',
  },
  {
    id: 'F34',
    fault: 'More is sent to the database than it can take.',
    outcome: 'bounded',
    tests: [
      { file: 'src/storage/sqlite/worker-link.test.ts', title: 'more than may wait is turned away at once' },
      {
        file: 'test/conformance/postgres-process.test.ts',
        title: 'more than may wait is turned away at once, and nothing of it was done',
      },
    ],
  },
  {
    id: 'F35',
    fault: 'The counter server is down.',
    outcome: 'degraded',
    later: 'counters that several servers share',
  },
  {
    id: 'F36',
    fault: 'The counter server takes a second.',
    outcome: 'bounded',
    later: 'counters that several servers share',
  },
  {
    id: 'F37',
    fault: 'The counter server was emptied.',
    outcome: 'degraded',
    later: 'counters that several servers share',
  },
  {
    id: 'F38',
    fault: 'The counter server tells an old balance.',
    outcome: 'ignored',
    later: 'counters that several servers share',
  },
  {
    id: 'F39',
    fault: 'Two servers race for the last credit.',
    outcome: 'exact',
    tests: [
      {
        file: 'test/end-to-end/replicas.test.ts',
        title: '400 calls over both on credit for 10: exactly 10 are served',
      },
      {
        file: 'test/conformance/postgres-sharing.test.ts',
        title: '200 holds over two processes, on credit and on a key’s allowance for 10: exactly 10',
      },
    ],
  },
  {
    id: 'F40',
    fault: 'A thousand calls at once on credit for ten.',
    outcome: 'exact',
    tests: [
      {
        file: 'test/conformance/ledger.test.ts',
        title: '200 calls at once on credit for 10: exactly 10 are held',
      },
      {
        file: 'test/end-to-end/credit-race.test.ts',
        title: '200 parallel requests on credit for 10 answers of fixed length: exactly 10 are served',
      },
    ],
  },
  {
    id: 'F41',
    fault: 'Credit is granted and spent at one moment.',
    outcome: 'exact',
    tests: [
      { file: 'test/conformance/ledger.test.ts', title: 'grants and holds at one moment: the sum is exact' },
    ],
  },
  {
    id: 'F42',
    fault: 'A key is revoked while its stream runs.',
    outcome: 'partial',
    tests: [
      {
        file: 'test/gateway/streamed-answer.test.ts',
        title: 'a revoked key ends an open stream in words, charged for what was made',
      },
      {
        file: 'test/gateway/ended-early.test.ts',
        title: 'a key that is revoked while its call waits in line',
      },
    ],
  },
  {
    id: 'F43',
    fault: 'A price changes while a stream runs.',
    outcome: 'posted',
    tests: [
      {
        file: 'test/gateway/changed-in-mid-stream.test.ts',
        title:
          'a price that changes is for the next request: this one pays what was in force when it was let in',
      },
    ],
  },
  {
    id: 'F44',
    fault: 'An account is closed while its stream runs.',
    outcome: 'partial',
    tests: [{ file: 'test/gateway/changed-in-mid-stream.test.ts', title: 'an account that is closed' }],
    later: 'deleting accounts',
  },
  {
    id: 'F45',
    fault: 'The balances that are kept beside the entries are lost.',
    outcome: 'works',
    tests: [
      {
        file: 'src/storage/sqlite/rebuild.test.ts',
        title: 'balances and days that were lost are computed anew, equal to what they were',
      },
      {
        file: 'src/storage/postgres/rebuild.test.ts',
        title: 'balances and days that were lost are computed anew, equal to what they were',
      },
    ],
  },
];
