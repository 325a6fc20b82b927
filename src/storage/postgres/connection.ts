import { type ReservedSQL, SQL } from 'bun';
import { bound, type Row, readRow } from './row-values.ts';

/**
 * What each connection is opened with. The server ends a statement that runs too long, gives up on a lock that others
 * keep, and closes a transaction whose client has stopped speaking: nobody else's work waits for a process that hangs.
 */
const STATEMENT_TIMEOUT_MS = 8_000;
const LOCK_TIMEOUT_MS = 5_000;
const IDLE_IN_TRANSACTION_TIMEOUT_MS = 10_000;
const CONNECT_TIMEOUT_S = 5;

export interface ServerLimits {
  readonly statementTimeoutMs?: number;
  readonly connections: number;
}

/** Opens no connection yet. Throws for an address that is not one of PostgreSQL. */
export function makePool(url: string, { statementTimeoutMs, connections }: ServerLimits): SQL {
  const database = decodeURIComponent(new URL(url).pathname.slice(1));
  return new SQL(url, {
    adapter: 'postgres',
    // Said again, because a variable of the environment would win over the address otherwise.
    ...(database === '' ? {} : { database }),
    max: connections,
    bigint: true,
    connectionTimeout: CONNECT_TIMEOUT_S,
    connection: {
      application_name: 'turnpike',
      statement_timeout: statementTimeoutMs ?? STATEMENT_TIMEOUT_MS,
      lock_timeout: LOCK_TIMEOUT_MS,
      idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_TIMEOUT_MS,
      // A reader of another zone or style must not change what a date looks like.
      timezone: 'UTC',
      client_encoding: 'UTF8',
    },
  });
}

export interface Result {
  readonly rows: readonly Row[];
  /** Rows that an INSERT, UPDATE or DELETE has written. */
  readonly changes: number;
  /** `COMMIT`, or `ROLLBACK` where the server could not. */
  readonly command: string | null;
}

/** Runs a statement on a pool or one of its connections. Starts at once, so that several go out together. */
export function run(sql: SQL, text: string, parameters: readonly unknown[] = []): Promise<Result> {
  return sql.unsafe<Row[]>(text, parameters.map(bound)).then(resultOf);
}

/** As templates: a statement by `unsafe` and without parameters is sent alone, and what comes after it waits. */
export function begin(sql: SQL): Promise<Result> {
  return sql`BEGIN`.then(resultOf);
}

export function commit(sql: SQL): Promise<Result> {
  return sql`COMMIT`.then(resultOf);
}

function resultOf(result: Row[] & SQL.ResultMetadata): Result {
  return { rows: result.map(readRow), changes: result.affectedRows, command: result.command };
}

/** Waits for all, so that no failure is left behind; then throws the first one. */
export async function all<const Promises extends readonly Promise<unknown>[]>(
  promises: Promises,
): Promise<{ -readonly [Index in keyof Promises]: Awaited<Promises[Index]> }> {
  await Promise.allSettled(promises);
  return (await Promise.all(promises)) as { -readonly [Index in keyof Promises]: Awaited<Promises[Index]> };
}

/** Takes a connection out of the pool for a transaction, or rejects when there is none in time. */
export function reserve(sql: SQL, deadlineMs: number): Promise<ReservedSQL> {
  return sql.reserve({ signal: AbortSignal.timeout(deadlineMs) });
}
