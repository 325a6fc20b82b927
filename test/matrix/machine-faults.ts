import type { MatrixRow } from './matrix-row.ts';

/** Of the process, the machine under it and its clock. */
export const MACHINE_FAULTS: readonly MatrixRow[] = [
  {
    id: 'F1',
    fault: 'The server is killed before a hold is written.',
    outcome: 'voided',
    tests: [{ file: 'test/process/kill-under-load.ts', title: 'kill -9 under …, … times, on …' }],
  },
  {
    id: 'F2',
    fault: 'The server is killed between the hold and the call of the upstream.',
    outcome: 'reaped',
    tests: [
      {
        file: 'test/end-to-end/idempotency.test.ts',
        title: 'an answer is repeated; a request that the crash interrupted is told so and never run again',
      },
      {
        file: 'test/conformance/expire.test.ts',
        title:
          'are charged what their last checkpoint shows, released otherwise, and recorded as interrupted',
      },
      { file: 'test/process/kill-under-load.ts', title: 'kill -9 under …, … times, on …' },
    ],
  },
  {
    id: 'F3',
    fault: 'The server is killed after the upstream has accepted, before its first byte.',
    outcome: 'reaped',
    tests: [{ file: 'test/process/kill-under-load.ts', title: 'kill -9 under …, … times, on …' }],
  },
  {
    id: 'F4',
    fault: 'The server is killed in the middle of a stream.',
    outcome: 'reaped',
    tests: [
      {
        file: 'test/conformance/expire.test.ts',
        title:
          'are charged what their last checkpoint shows, released otherwise, and recorded as interrupted',
      },
      { file: 'test/process/kill-under-load.ts', title: 'kill -9 under …, … times, on …' },
    ],
  },
  {
    id: 'F5',
    fault: 'The server is killed after the last byte, before the bill is written.',
    outcome: 'reaped',
    tests: [
      {
        file: 'test/conformance/expire.test.ts',
        title: 'end exactly once, many of them too, and holds of the live process stay',
      },
      { file: 'test/process/kill-under-load.ts', title: 'kill -9 under …, … times, on …' },
      {
        file: 'test/process/power-cut.test.ts',
        title: 'a power cut under load takes no bill that a caller holds…',
      },
    ],
  },
  {
    id: 'F6',
    fault: 'The server is killed after the bill is written, before anybody hears of it.',
    outcome: 'replayed',
    tests: [
      {
        file: 'test/conformance/sqlite-process.test.ts',
        title:
          'kill -9 in the middle of commits: what was acknowledged is there, once, and the books balance',
      },
      { file: 'test/process/kill-under-load.ts', title: 'kill -9 under …, … times, on …' },
      {
        file: 'test/conformance/sqlite-process.test.ts',
        title: 'what was answered and had not reached the tables is there after the next start',
      },
    ],
  },
  {
    id: 'F7',
    fault: "The server is killed while it brings the database's schema up to date.",
    outcome: 'resumed',
    tests: [
      {
        file: 'src/storage/sqlite/prepare-file.test.ts',
        title: 'a step that fails leaves the file as it was before it',
      },
      {
        file: 'src/storage/sqlite/prepare-file.test.ts',
        title: 'applies only the steps that are missing, and keeps what is there',
      },
      {
        file: 'test/process/kill-while-starting.test.ts',
        title: 'kill -9 of … starts, first on nothing, then on … holds, on …',
      },
    ],
  },
  {
    id: 'F8',
    fault: 'The server is killed while it ends the holds of a dead one.',
    outcome: 'reaped',
    tests: [
      {
        file: 'test/conformance/expire.test.ts',
        title: 'end exactly once, many of them too, and holds of the live process stay',
      },
      {
        file: 'test/process/kill-while-starting.test.ts',
        title: 'kill -9 of … starts, first on nothing, then on … holds, on …',
      },
    ],
  },
  {
    id: 'F9',
    fault: 'SIGTERM while streams are open.',
    outcome: 'drained',
    tests: [
      {
        file: 'test/end-to-end/shut-down.test.ts',
        title: 'is finished within the grace time; nobody new is let in; the exit is clean',
      },
      {
        file: 'test/process/drain.test.ts',
        title: 'SIGTERM: short streams are finished within the grace time, long ones end in words',
      },
    ],
  },
  {
    id: 'F10',
    fault: 'The grace time is over, or a second SIGTERM comes.',
    outcome: 'partial',
    tests: [
      {
        file: 'test/end-to-end/shut-down.test.ts',
        title: 'that is longer is ended in words, charged, and leaves nothing for the next start',
      },
      {
        file: 'test/process/drain.test.ts',
        title: 'a second SIGTERM ends the grace time: what is still open ends in words, charged to the piece',
      },
    ],
  },
  {
    id: 'F11',
    fault: 'An old and a new version serve from one database at once.',
    outcome: 'works',
    tests: [
      {
        file: 'test/conformance/postgres-process.test.ts',
        title: 'what cannot be used is refused in words, and left as it was',
      },
    ],
    later: 'an older server that still runs while a newer one brings the schema of PostgreSQL up to date',
  },
  {
    id: 'F12',
    fault: 'The version before is installed again after the schema was brought up to date.',
    outcome: 'works',
    tests: [
      {
        file: 'src/storage/sqlite/prepare-file.test.ts',
        title: 'refuses a database that a newer program wrote',
      },
    ],
    later: 'a released version to go back to',
  },
  {
    id: 'F13',
    fault: 'The system kills the server for its memory.',
    outcome: 'bounded',
    tests: [
      {
        file: 'test/regression/memory-grows-with-calls.long.test.ts',
        title: '100,000 calls leave the memory as 50,000 did',
      },
      { file: 'test/process/kill-under-load.ts', title: 'kill -9 under …, … times, on …' },
    ],
  },
  {
    id: 'F14',
    fault: 'The event loop stands still for two seconds.',
    outcome: 'bounded',
    tests: [
      {
        file: 'test/process/pause.long.test.ts',
        title:
          'a pause of twelve seconds ends no stream and no hold before its time, and charges nobody twice',
      },
    ],
  },
  {
    id: 'F15',
    fault: 'No file descriptor is left.',
    outcome: 'bounded',
    tests: [
      {
        file: 'test/process/no-more-files.test.ts',
        title:
          'without file descriptors open streams are finished, and new calls are served when there are some again…',
      },
    ],
  },
  {
    id: 'F16',
    fault: 'The disk is full when the ledger writes.',
    outcome: 'closed',
    tests: [
      {
        file: 'test/process/disk-full.test.ts',
        title:
          'a full disk refuses paid calls, answers readers, loses nothing, and serves again when there is room…',
      },
      {
        file: 'test/process/disk-full.long.test.ts',
        title: 'streams that end on a full disk are charged once, when there is room again…',
      },
      {
        file: 'src/storage/sqlite/journal/journal.test.ts',
        title: 'that meets a full disk says that nothing was done, and goes on from what is durable',
      },
    ],
  },
  {
    id: 'F17',
    fault: 'The disk is full when a log line or a record is written.',
    outcome: 'degraded',
    tests: [
      { file: 'test/process/log-without-room.test.ts', title: 'a log that finds no room costs no call…' },
    ],
  },
  {
    id: 'F18',
    fault: 'The database file becomes read-only, or may not be opened any more.',
    outcome: 'closed',
    tests: [
      { file: 'src/storage/sqlite/prepare-file.test.ts', title: 'refuses a database that it may not write' },
      {
        file: 'test/process/disk-fails.test.ts',
        title: 'a disk that fails costs no call and no bill; with the disk back the next start serves…',
      },
    ],
  },
  {
    id: 'F19',
    fault: 'Bits of the database file have flipped.',
    outcome: 'halted',
    tests: [{ file: 'src/storage/sqlite/prepare-file.test.ts', title: 'refuses a damaged database' }],
  },
  {
    id: 'F20',
    fault: "Last night's backup is restored.",
    outcome: 'degraded',
    tests: [
      {
        file: 'test/end-to-end/backup.test.ts',
        title: 'a backup under load is restored elsewhere, to the tick, with its keys',
      },
      {
        file: 'test/end-to-end/backup.test.ts',
        title: 'what is there is kept aside, and what is no sound backup changes nothing',
      },
      {
        file: 'src/storage/sqlite/backup-file.test.ts',
        title: 'becomes a database again, without the key in it',
      },
    ],
  },
  {
    id: 'F21',
    fault: 'The clock jumps an hour ahead.',
    outcome: 'works',
    tests: [
      { file: 'test/gateway/clock-jumps.test.ts', title: 'a clock that jumps %s' },
      {
        file: 'test/process/clock-moves.long.test.ts',
        title:
          'a clock that jumps an hour either way ends no stream and no hold, and the books keep their order…',
      },
    ],
  },
  {
    id: 'F22',
    fault: 'The clock jumps an hour back.',
    outcome: 'works',
    tests: [
      { file: 'test/gateway/clock-jumps.test.ts', title: 'a clock that jumps %s' },
      {
        file: 'test/process/clock-moves.long.test.ts',
        title:
          'a clock that jumps an hour either way ends no stream and no hold, and the books keep their order…',
      },
    ],
  },
  {
    id: 'F23',
    fault: 'The clocks of two servers differ by 90 seconds.',
    outcome: 'works',
    tests: [
      {
        file: 'test/conformance/postgres-sharing.test.ts',
        title: 'a living process keeps its holds; one that left or was silent for a minute does not',
      },
    ],
  },
  {
    id: 'F24',
    fault: 'A month ends, a day ends, summer time begins, within a spend limit.',
    outcome: 'exact',
    tests: [
      {
        file: 'src/domain/spend-limit.test.ts',
        title: 'a moment lies in its own UTC day and month, and the periods join without a gap',
      },
      {
        file: 'test/conformance/key-spend.test.ts',
        title:
          'a day begins anew at midnight UTC, a month at its first day; a call counts where it was let in',
      },
      { file: 'test/conformance/usage.test.ts', title: 'a day begins and ends at midnight UTC' },
    ],
  },
  {
    id: 'F25',
    fault: 'A bug of ours throws in one request.',
    outcome: 'masked',
    tests: [
      {
        file: 'src/http/server.test.ts',
        title: 'a broken assertion is reported, and its inside stays inside',
      },
      { file: 'test/gateway/ledger-away.test.ts', title: 'an assertion that breaks' },
      { file: 'test/attack/fuzzed-calls.test.ts', title: 'paths and methods of any kind' },
      { file: 'test/attack/fuzzed-calls.test.ts', title: 'bytes of any kind' },
    ],
  },
  {
    id: 'F26',
    fault: 'The books of one account contradict themselves.',
    outcome: 'halted',
    tests: [{ file: 'src/storage/sqlite/audit.test.ts', title: 'the audit' }],
    later: 'freezing an account whose books are wrong',
  },
];
