import { Database } from 'bun:sqlite';
import { join } from 'node:path';
import { SQL } from 'bun';
import { openPostgresStorage } from '../../src/storage/postgres/storage.ts';
import { openSqliteStorage } from '../../src/storage/sqlite/storage.ts';
import type { Storage } from '../../src/storage/storage.ts';
import { startTestPostgres } from '../../tools/test-postgres.mjs';
import {
  type Batch,
  DAY_MS,
  DAYS,
  type Dialect,
  projectionStatements,
  teamStatements,
  usageStatements,
} from './fill-rows.ts';

/** A database full of usage, served as the server serves it. */
export interface FilledEngine {
  readonly name: string;
  readonly storage: Storage;
  close(): Promise<void>;
}

export interface FillOrder {
  readonly rows: number;
  /** When the last request came. */
  readonly endMs: number;
  readonly say: (line: string) => void;
}

const BATCH_ROWS = 250_000;

/** A file in a folder of its own. Safe ways of writing are off while it is filled. */
export async function fillSqlite(folder: string, order: FillOrder): Promise<FilledEngine> {
  const path = join(folder, 'turnpike.db');
  await (await openSqliteStorage({ path })).close();
  const database = new Database(path, { readwrite: true });
  for (const setting of [
    'journal_mode = OFF',
    'synchronous = OFF',
    'foreign_keys = OFF',
    'cache_size = -1000000',
  ])
    database.run(`PRAGMA ${setting}`);
  const dialect: Dialect = {
    numbers: ({ first, rows }) =>
      `(WITH RECURSIVE n(i) AS (SELECT ${first} UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ${first + rows}) SELECT i FROM n) AS n`,
    now: "'2026-08-01T00:00:00.000Z'",
    off: '0',
  };
  database.run('BEGIN');
  await fill(order, dialect, "date(at_ms / 1000, 'unixepoch')", async (sql) => void database.run(sql));
  database.run('COMMIT');
  database.run('PRAGMA journal_mode = WAL');
  database.close();
  const storage = await openSqliteStorage({ path });
  return { name: 'SQLite', storage, close: () => storage.close() };
}

/** A database of a server that is started for it. Undefined when there is no PostgreSQL to start. */
export async function fillPostgres(order: FillOrder): Promise<FilledEngine | undefined> {
  const server = await startTestPostgres();
  if (server.url === undefined) return undefined;
  await (await openPostgresStorage({ url: server.url })).close();
  const connection = new SQL(server.url, { max: 1 });
  const dialect: Dialect = {
    numbers: ({ first, rows }) =>
      `(SELECT i::bigint FROM generate_series(${first}, ${first + rows - 1}) AS numbers (i)) AS n`,
    now: "'2026-08-01T00:00:00.000Z'",
    off: 'false',
  };
  await fill(
    order,
    dialect,
    "to_char(to_timestamp(at_ms / 1000) AT TIME ZONE 'UTC', 'YYYY-MM-DD')",
    async (sql) => {
      await connection.unsafe(sql);
    },
  );
  await connection.unsafe('VACUUM ANALYZE');
  await connection.close();
  const storage = await openPostgresStorage({ url: server.url });
  return {
    name: 'PostgreSQL',
    storage,
    close: async () => {
      await storage.close();
      await server.stop();
    },
  };
}

async function fill(
  { rows, endMs, say }: FillOrder,
  dialect: Dialect,
  day: string,
  run: (sql: string) => Promise<void>,
): Promise<void> {
  const beganMs = endMs - DAYS * DAY_MS;
  for (const sql of teamStatements(beganMs, rows, dialect)) await run(sql);
  for (let first = 0; first < rows; first += BATCH_ROWS) {
    const batch: Batch = {
      ...{ first, rows: Math.min(BATCH_ROWS, rows - first), beganMs },
      stepMs: (DAYS * DAY_MS) / rows,
    };
    for (const sql of usageStatements(batch, dialect)) await run(sql);
    say(`  ${(first + batch.rows).toLocaleString('en-US')} of ${rows.toLocaleString('en-US')} requests`);
  }
  for (const sql of projectionStatements(day)) await run(sql);
}
