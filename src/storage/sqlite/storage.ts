import { statSync } from 'node:fs';
import type { CompiledQuery } from 'kysely';
import type { AuditReport } from '../ledger-store.ts';
import { SqlAccountStore } from '../sql/account-store.ts';
import { SqlActivityStore } from '../sql/activity-store.ts';
import { SqlAlertLetterStore } from '../sql/alert-letter-store.ts';
import { SqlAuthStore } from '../sql/auth-store.ts';
import { SqlCatalogueStore } from '../sql/catalogue-store.ts';
import { SqlChannelStore } from '../sql/channel-store.ts';
import { SqlChatStore } from '../sql/chat-store.ts';
import { SqlCodeStore } from '../sql/code-store.ts';
import { SqlDirectoryStore } from '../sql/directory-store.ts';
import { SqlIdempotencyStore } from '../sql/idempotency-store.ts';
import { SqlKeyStore } from '../sql/key-store.ts';
import { postingKysely } from '../sql/posting-dialect.ts';
import { SqlReportStore } from '../sql/report-store.ts';
import { SqlSettingStore } from '../sql/setting-store.ts';
import { SqlSignUpStore } from '../sql/sign-up-store.ts';
import type { SqlEngine } from '../sql/sql-engine.ts';
import { SqlUsageStore } from '../sql/usage-store.ts';
import type { Storage } from '../storage.ts';
import { StorageUnavailable } from '../storage-error.ts';
import type { CopyAnswer } from '../upkeep.ts';
import { LedgerLookups } from './book/ledger-lookups.ts';
import { BUSY_TIMEOUT_MS } from './connection.ts';
import { DurableBook } from './durable-book.ts';
import { errorOf } from './fault.ts';
import type { JournalLimits, JournalPosition } from './journal/journal.ts';
import { createSegment, deleteSegments } from './journal/segment.ts';
import { SqliteLedgerStore } from './ledger-store.ts';
import { LookupConnection } from './lookup-connection.ts';
import { ALL_MIGRATIONS } from './migrations/all-migrations.ts';
import { CHECKED_UP_TO_BYTES, prepareFile } from './prepare-file.ts';
import type { GroupAnswer, PostedStatement } from './statement-group.ts';
import { type LinkLimits, WorkerLink, type WorkerStart } from './worker-link.ts';

export interface SqliteOptions {
  /** The database file; made if it is missing, in a folder that exists. */
  readonly path: string;
  /** How long to wait for another process's lock. */
  readonly busyTimeoutMs?: number;
  /** Replaces the limits of the writer's queue. */
  readonly writerLimits?: Partial<LinkLimits>;
  /** Replaces the limits of the ledger's journal. */
  readonly journalLimits?: Partial<JournalLimits>;
  /** Told once, if a file too large to be checked at the start is found damaged while it serves. */
  readonly onDamage?: () => void;
  /** Replaces the size up to which the start itself checks the file. */
  readonly checkedUpToBytes?: number;
}

/** A frame of this many effects is written within milliseconds; a segment is a second or two of a busy server. */
const JOURNAL_LIMITS: JournalLimits = {
  maximumWaiting: 8_192,
  deadlineMs: 10_000,
  firstSegmentBytes: 256 * 1024,
  segmentBytes: 4 * 1024 * 1024,
};

/** A batch of this size is committed within milliseconds; a queue this long is a second or two of work. */
const WRITER_LIMITS: LinkLimits = { maximumWaiting: 8_192, maximumBatch: 512, deadlineMs: 10_000 };

/** Reads go one by one: an answer that is ready must not wait for the next one's scan. */
const READER_LIMITS: LinkLimits = { maximumWaiting: 256, maximumBatch: 1, deadlineMs: 10_000 };

/**
 * What reads everything has a worker of its own. Ten million rows take a minute or two; six hours are enough for any
 * file that one machine should have, and what takes longer has got stuck.
 */
const AUDIT_LIMITS: LinkLimits = { maximumWaiting: 1, maximumBatch: 1, deadlineMs: 6 * 3_600_000 };

/**
 * Opens a database file and brings its schema up to date. Rejects with `StorageNotOpened` and a reason in words when
 * the file is not ours, newer than this program, damaged, locked or not writable.
 */
export async function openSqliteStorage(options: SqliteOptions): Promise<Storage> {
  const { path, busyTimeoutMs = BUSY_TIMEOUT_MS } = options;
  const position = prepareFile(path, busyTimeoutMs, ALL_MIGRATIONS, options.checkedUpToBytes);
  const limits = { ...JOURNAL_LIMITS, ...options.journalLimits };
  const firstSegment = await createSegment(path, position.segment, limits.firstSegmentBytes);
  const start = { path, busyTimeoutMs };
  const writer = await WorkerLink.start(WRITER, start, { ...WRITER_LIMITS, ...options.writerLimits });
  const reader = await WorkerLink.start(READER, start, READER_LIMITS).catch(async (error) => {
    await writer.close();
    throw error;
  });
  const lookups = new LookupConnection(path);

  const ledgerLookups = new LedgerLookups(lookups);
  const book = new DurableBook({
    position,
    firstSegment,
    createSegment: (number, roomBytes) => createSegment(path, number, roomBytes),
    limits,
    lookups: ledgerLookups,
    apply: async (upTo: JournalPosition) => (await writer.call('applyJournal', upTo)) as number,
  });
  const engine = sqlEngine(writer, reader, lookups, book);
  let closed = false;
  let damaged = false;
  // What was too large to be read before the start is read now.
  if (statSync(path).size > (options.checkedUpToBytes ?? CHECKED_UP_TO_BYTES)) {
    void isSound(start).then((sound) => {
      if (sound || closed) return;
      damaged = true;
      options.onDamage?.();
    });
  }
  // One after the other: each takes a thread, a cache and the disk, and whoever is impatient may ask for many at once.
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <Value>(run: () => Promise<Value>): Promise<Value> => {
    // What was answered is in it: the tables follow the ledger by a moment.
    const turn = last.then(() => book.tablesCaughtUp()).then(run);
    last = turn.catch(() => {});
    return turn;
  };
  const audit = async (liveProcessId: string | undefined) => {
    if (closed) throw new StorageUnavailable('closed', 'not-done', 'the storage is closed');
    return inTurn(() => auditOnce(start, liveProcessId));
  };
  const ledger = new SqliteLedgerStore(book, engine, ledgerLookups, audit);
  return {
    engine: 'sqlite',
    ledger,
    usage: new SqlUsageStore(engine, (record) => ledger.record(record)),
    reports: new SqlReportStore(engine),
    keys: new SqlKeyStore(engine),
    accounts: new SqlAccountStore(engine),
    auth: new SqlAuthStore(engine),
    directory: new SqlDirectoryStore(engine),
    catalogue: new SqlCatalogueStore(engine),
    channels: new SqlChannelStore(engine),
    settings: new SqlSettingStore(engine),
    activity: new SqlActivityStore(engine),
    chats: new SqlChatStore(engine),
    codes: new SqlCodeStore(engine),
    signUps: new SqlSignUpStore(engine),
    alertLetters: new SqlAlertLetterStore(engine),
    idempotency: new SqlIdempotencyStore(engine),
    upkeep: {
      copy: (request) => inTurn(() => upkeepOnce(start, 'copy', request)) as Promise<CopyAnswer>,
      isSound: () => isSound(start),
    },
    rebuild: async () => void (await inTurn(() => upkeepOnce(start, 'rebuild', null))),
    check: async () => {
      if (damaged) throw new StorageUnavailable('damaged', 'not-done', 'the database file is damaged');
      await check(engine);
    },
    close: async () => {
      if (closed) return;
      closed = true;
      await book.close();
      await reader.close();
      lookups.close();
      // Last: the connection that closes last empties the write-ahead log into the file.
      await writer.close();
      // What could not be brought to the tables, on a full disk, is for the next start.
      if (book.isInTables) deleteSegments(path, Number.POSITIVE_INFINITY);
    },
  };
}

const WRITER = new URL('./writer-worker.ts', import.meta.url);
const READER = new URL('./reader-worker.ts', import.meta.url);
const UPKEEP = new URL('./upkeep-worker.ts', import.meta.url);

async function auditOnce(start: WorkerStart, liveProcessId: string | undefined): Promise<AuditReport> {
  const auditor = await WorkerLink.start(READER, start, AUDIT_LIMITS);
  try {
    return (await auditor.call('audit', liveProcessId)) as AuditReport;
  } finally {
    await auditor.close();
  }
}

async function upkeepOnce(start: WorkerStart, name: string, argument: unknown): Promise<unknown> {
  const worker = await WorkerLink.start(UPKEEP, start, AUDIT_LIMITS);
  try {
    return await worker.call(name, argument);
  } finally {
    await worker.close();
  }
}

/** False only when damage was seen: a check that could not be finished says nothing. */
async function isSound(start: WorkerStart): Promise<boolean> {
  try {
    return (await upkeepOnce(start, 'isSound', null)) !== false;
  } catch (error) {
    return !/malformed|corrupt/i.test(error instanceof Error ? error.message : '');
  }
}

/** Writes and reads: a disk that is full can still be read. */
async function check(engine: SqlEngine): Promise<void> {
  await engine.database
    .insertInto('heartbeat')
    .values({ id: 1, beats: 1 })
    .onConflict((on) => on.column('id').doUpdateSet((row) => ({ beats: row('heartbeat.beats', '+', 1n) })))
    .execute();
  await engine.database.selectFrom('heartbeat').select('beats').executeTakeFirstOrThrow();
  await engine.lookups.selectFrom('heartbeat').select('beats').executeTakeFirstOrThrow();
}

function sqlEngine(
  writer: WorkerLink,
  reader: WorkerLink,
  lookups: LookupConnection,
  book: DurableBook,
): SqlEngine {
  const write = async (statements: readonly PostedStatement[]): Promise<GroupAnswer> => {
    const answer = (await writer.call('writeTogether', statements)) as GroupAnswer;
    if (answer.outcome === 'conflict') throw errorOf(answer.fault);
    return answer;
  };
  return {
    database: postingKysely(async (query) => {
      if (query.query.kind === 'SelectQueryNode') {
        await book.tablesReadable();
        return { rows: (await reader.call('query', posted(query))) as unknown[] };
      }
      const answer = await write([posted(query)]);
      const result = answer.outcome === 'done' ? answer.results[0] : undefined;
      return { rows: [...(result?.rows ?? [])], numAffectedRows: BigInt(result?.changes ?? 0) };
    }),
    lookups: postingKysely(async ({ sql, parameters }) => ({ rows: lookups.all(sql, parameters) })),
    writeTogether: async (statements) => {
      const answer = await write(statements.map(({ query, guarded }) => posted(query, guarded)));
      return answer.outcome === 'done' ? 'done' : 'stopped';
    },
  };
}

function posted({ sql, parameters }: CompiledQuery, guarded = false): PostedStatement {
  return { sql, parameters, guarded };
}
