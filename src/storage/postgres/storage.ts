import type { SQL } from 'bun';
import { SqlAccountStore } from '../sql/account-store.ts';
import { SqlActivityStore } from '../sql/activity-store.ts';
import { SqlAlertLetterStore } from '../sql/alert-letter-store.ts';
import { SqlAuthStore } from '../sql/auth-store.ts';
import { SqlCatalogueStore } from '../sql/catalogue-store.ts';
import { SqlChannelStore } from '../sql/channel-store.ts';
import { SqlChatStore } from '../sql/chat-store.ts';
import { SqlCodeStore } from '../sql/code-store.ts';
import { SqlDirectoryStore } from '../sql/directory-store.ts';
import { SqlKeyStore } from '../sql/key-store.ts';
import { postingKysely } from '../sql/posting-dialect.ts';
import { SqlReportStore } from '../sql/report-store.ts';
import { SqlSettingStore } from '../sql/setting-store.ts';
import { SqlSignUpStore } from '../sql/sign-up-store.ts';
import type { SqlEngine } from '../sql/sql-engine.ts';
import { SqlUsageStore } from '../sql/usage-store.ts';
import type { Storage } from '../storage.ts';
import { StorageUnavailable } from '../storage-error.ts';
import { auditDatabase } from './audit.ts';
import { makePool } from './connection.ts';
import { Connections } from './connections.ts';
import { Database, type DatabaseLimits } from './database.ts';
import { errorOf } from './fault.ts';
import { PostgresIdempotencyStore } from './idempotency-store.ts';
import { LedgerDesk } from './ledger-desk.ts';
import type { LedgerCommand } from './ledger-needs.ts';
import { LedgerQueue, type QueueLimits } from './ledger-queue.ts';
import { PostgresLedgerStore } from './ledger-store.ts';
import { ALL_MIGRATIONS } from './migrations/all-migrations.ts';
import { prepareDatabase } from './prepare-database.ts';
import { ProcessRegistry } from './process-registry.ts';
import { rebuildProjections } from './rebuild.ts';
import { PostgresSharing } from './sharing.ts';

export interface PostgresOptions {
  /** `postgres://user:password@host:port/database`. */
  readonly url: string;
  /** Replaces the limits of the ledger's queue. */
  readonly ledgerLimits?: Partial<QueueLimits>;
  /** Replaces the limits of everything else. */
  readonly databaseLimits?: Partial<DatabaseLimits>;
}

/** One for the ledger, the rest for everything else. Ten replicas fit into PostgreSQL's hundred. */
const CONNECTIONS = 9;

/** As the SQLite engine's writer: a batch is committed within milliseconds, a queue this long is a second or two. */
const LEDGER_LIMITS: QueueLimits = { maximumWaiting: 8_192, maximumBatch: 512, deadlineMs: 10_000 };

const DATABASE_LIMITS = { maximumWaiting: 256, deadlineMs: 10_000 };

/** What goes through everything has a connection of its own. */
const ASIDE_TIMEOUT_MS = 600_000;

/** What is under way when the storage is closed gets this long. */
const CLOSE_S = 5;

/**
 * Opens a database on a PostgreSQL server and brings its schema up to date. Rejects with `StorageNotOpened` and a reason
 * in words when it cannot be reached or used, is not ours, or newer than this program.
 */
export async function openPostgresStorage({
  url,
  ledgerLimits,
  databaseLimits,
}: PostgresOptions): Promise<Storage> {
  await prepareDatabase(url, ALL_MIGRATIONS);
  const connections = new Connections(() => makePool(url, { connections: CONNECTIONS }));
  const database = new Database(connections, { ...DATABASE_LIMITS, ...databaseLimits });
  const limits = { ...LEDGER_LIMITS, ...ledgerLimits };
  const desk = new LedgerDesk(connections, limits.deadlineMs);
  const queue = new LedgerQueue<LedgerCommand>({
    limits,
    carryOut: (commands) => desk.carryOut(commands),
    abandon: () => desk.abandon(),
  });
  const engine = sqlEngine(database);
  const registry = new ProcessRegistry(database);
  let closed = false;
  const aside = async <Answer>(act: (connection: SQL) => Promise<Answer>) => {
    if (closed) throw new StorageUnavailable('closed', 'not-done', 'the storage is closed');
    return await onceAside(url, act);
  };
  return {
    engine: 'postgres',
    ledger: new PostgresLedgerStore({
      queue,
      database,
      engine,
      registry,
      audit: (liveProcessId) => aside((connection) => auditDatabase(connection, liveProcessId)),
    }),
    usage: new SqlUsageStore(engine, async (command) => void (await queue.call({ name: 'record', command }))),
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
    idempotency: new PostgresIdempotencyStore(engine, registry),
    sharing: new PostgresSharing(() => makePool(url, { connections: 1 }), connections, database, registry),
    rebuild: () => aside(rebuildProjections),
    check: () => check(database),
    close: async () => {
      if (closed) return;
      closed = true;
      await queue.close();
      await desk.close();
      database.close();
      await connections.close(CLOSE_S);
    },
  };
}

async function onceAside<Answer>(url: string, act: (connection: SQL) => Promise<Answer>): Promise<Answer> {
  const pool = makePool(url, { statementTimeoutMs: ASIDE_TIMEOUT_MS, connections: 1 });
  try {
    using connection = await pool.reserve();
    return await act(connection);
  } catch (error) {
    throw errorOf(error, 'not-sent');
  } finally {
    await pool.close({ timeout: 0 });
  }
}

/** Writes and reads: a disk that is full can still be read. */
async function check(database: Database): Promise<void> {
  await database.run(
    'INSERT INTO heartbeat (id, beats) VALUES (1, 1) ON CONFLICT (id) DO UPDATE SET beats = heartbeat.beats + 1',
  );
}

function sqlEngine(database: Database): SqlEngine {
  const kysely = postingKysely(async ({ sql, parameters, query }) => {
    const { rows, changes } =
      query.kind === 'SelectQueryNode'
        ? await database.read(sql, parameters)
        : await database.run(sql, parameters);
    return { rows: [...rows], numAffectedRows: BigInt(changes) };
  }, 'postgres');
  return {
    database: kysely,
    lookups: kysely,
    writeTogether: (statements) => database.writeTogether(statements),
  };
}
