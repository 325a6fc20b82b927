import { Database as SqliteFile } from 'bun:sqlite';
import type { SQL } from 'bun';
import { makePool, run } from './connection.ts';
import { boundRows } from './row-values.ts';

/** Rows that one statement writes: a few megabytes. */
const ROWS_TOGETHER = 2_000;

/** For each statement. A large table is many statements. */
const COPY_TIMEOUT_MS = 600_000;

/** What an engine notes about itself. */
const OWN_TABLES = ['migrations', 'turnpike_migrations', 'processes', 'journal_position'];

/** What was copied: every table, with the rows that both sides have. */
export interface CopiedTable {
  readonly table: string;
  readonly rows: number;
}

/** The copy was not made, and the database is as it was. The message names tables and counts, never values. */
export class CopyFailed extends Error {
  override readonly name = 'CopyFailed';
  readonly reason: 'not-empty' | 'differs';

  constructor(reason: 'not-empty' | 'differs', message: string) {
    super(message);
    this.reason = reason;
  }
}

/**
 * Copies every row of a SQLite database that nobody writes to, and whose journal is in its tables, to a PostgreSQL database of the same schema without rows, in
 * one transaction: whatever goes wrong, the target is empty afterwards. Before it commits, the tables are counted and
 * every balance is compared on both sides.
 */
export async function copyFromSqlite(path: string, url: string): Promise<readonly CopiedTable[]> {
  const source = new SqliteFile(path, { readonly: true, safeIntegers: true, strict: true });
  const pool = makePool(url, { statementTimeoutMs: COPY_TIMEOUT_MS, connections: 1 });
  try {
    // One snapshot of the source, for as long as it takes.
    source.run('BEGIN');
    using connection = await pool.reserve();
    await run(connection, 'BEGIN');
    const tables = await tablesOfBoth(source, connection);
    await assertEmpty(connection, tables);
    for (const table of tables) await copyTable(source, connection, table);
    await continueNumbers(connection);
    const copied = await compareCounts(source, connection, tables);
    await compareBalances(source, connection);
    await run(connection, 'COMMIT');
    return copied;
  } finally {
    source.close();
    await pool.close({ timeout: 0 });
  }
}

interface Table {
  readonly name: string;
  readonly columns: readonly string[];
}

/** Both schemas must tell the same: a table or column that only one side has would be lost without a word. */
async function tablesOfBoth(source: SqliteFile, connection: SQL): Promise<readonly Table[]> {
  const theirs = columnsByTable(
    source
      .query<{ tab: string; col: string }, []>(
        `SELECT m.name AS tab, c.name AS col FROM sqlite_schema m JOIN pragma_table_info(m.name) c
          WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%'`,
      )
      .all(),
  );
  const { rows } = await run(
    connection,
    `SELECT table_name AS tab, column_name AS col FROM information_schema.columns WHERE table_schema = current_schema()`,
  );
  const ours = columnsByTable(rows as unknown as { tab: string; col: string }[]);
  for (const name of new Set([...theirs.keys(), ...ours.keys()])) {
    const [left, right] = [theirs.get(name), ours.get(name)];
    if (left?.toSorted().join() !== right?.toSorted().join())
      throw new CopyFailed('differs', `the schemas differ in the table ${name}`);
  }
  const order = await referencedFirst(connection);
  return [...ours]
    .map(([name, columns]) => ({ name, columns }))
    .sort((a, b) => (order.get(a.name) ?? 0) - (order.get(b.name) ?? 0));
}

function columnsByTable(rows: readonly { tab: string; col: string }[]): Map<string, string[]> {
  const tables = new Map<string, string[]>();
  for (const { tab, col } of rows) {
    if (!OWN_TABLES.includes(tab)) tables.set(tab, [...(tables.get(tab) ?? []), col]);
  }
  return tables;
}

/** How far a table is from those that refer to nothing. */
async function referencedFirst(connection: SQL): Promise<ReadonlyMap<string, number>> {
  const { rows } = await run(
    connection,
    `WITH RECURSIVE reference AS (
      SELECT r.relname::text AS tab, t.relname::text AS target FROM pg_constraint c
      JOIN pg_class r ON r.oid = c.conrelid JOIN pg_class t ON t.oid = c.confrelid
      WHERE c.contype = 'f' AND c.connamespace = current_schema()::regnamespace
    ), depth (tab, level) AS (
      SELECT tab, 1 FROM reference
      UNION SELECT reference.tab, depth.level + 1 FROM reference JOIN depth ON depth.tab = reference.target
    )
    SELECT tab, max(level)::bigint AS level FROM depth GROUP BY tab`,
  );
  return new Map(rows.map((row) => [row.tab as string, Number(row.level)]));
}

async function assertEmpty(connection: SQL, tables: readonly Table[]): Promise<void> {
  for (const { name } of tables) {
    // Whoever starts a server on the target in the meantime waits, and finds the copy.
    await run(connection, `LOCK TABLE ${quoted(name)} IN SHARE ROW EXCLUSIVE MODE`);
    const { rows } = await run(connection, `SELECT 1 FROM ${quoted(name)} LIMIT 1`);
    if (rows.length > 0) throw new CopyFailed('not-empty', `the table ${name} has rows`);
  }
}

async function copyTable(source: SqliteFile, connection: SQL, { name, columns }: Table): Promise<void> {
  const list = columns.map(quoted).join(', ');
  const insert = `INSERT INTO ${quoted(name)} (${list})
    SELECT ${list} FROM json_populate_recordset(NULL::${quoted(name)}, $1::text::json)`;
  let rows: object[] = [];
  const flush = async () => {
    if (rows.length > 0) await run(connection, insert, [boundRows(rows)]);
    rows = [];
  };
  for (const row of source.query<object, []>(`SELECT ${list} FROM ${quoted(name)}`).iterate()) {
    rows.push(row);
    if (rows.length === ROWS_TOGETHER) await flush();
  }
  await flush();
}

/** The next number is above all that were copied. */
async function continueNumbers(connection: SQL): Promise<void> {
  const { rows } = await run(
    connection,
    `SELECT table_name AS tab, column_name AS col FROM information_schema.columns
      WHERE table_schema = current_schema() AND is_identity = 'YES'`,
  );
  for (const { tab, col } of rows as unknown as { tab: string; col: string }[]) {
    await run(
      connection,
      `SELECT setval(pg_get_serial_sequence($1, $2), coalesce(max(${quoted(col)}), 0) + 1, false) FROM ${quoted(tab)}`,
      [tab, col],
    );
  }
}

async function compareCounts(
  source: SqliteFile,
  connection: SQL,
  tables: readonly Table[],
): Promise<readonly CopiedTable[]> {
  const copied: CopiedTable[] = [];
  for (const { name } of tables) {
    const count = `SELECT count(*) AS rows FROM ${quoted(name)}`;
    const there = source.query<{ rows: bigint }, []>(count).get()?.rows;
    const here = (await run(connection, count)).rows[0]?.rows;
    if (there !== here) throw new CopyFailed('differs', `${name} has ${there} rows, its copy ${here}`);
    copied.push({ table: name, rows: Number(there) });
  }
  return copied;
}

/** Wallet by wallet, the stored balances of both sides and the copied ones against the copied entries. */
async function compareBalances(source: SqliteFile, connection: SQL): Promise<void> {
  const text = 'SELECT id, available_ticks, held_ticks FROM wallets';
  const here = new Map((await run(connection, text)).rows.map((row) => [row.id, row]));
  for (const there of source.query<Record<string, unknown>, []>(text).iterate()) {
    const copy = here.get(there.id);
    if (copy?.available_ticks !== there.available_ticks || copy?.held_ticks !== there.held_ticks)
      throw new CopyFailed('differs', 'a wallet differs from its copy');
  }
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
