import type { Migration } from '../sql/migration.ts';
import { StorageNotOpened } from '../storage-error.ts';
import { makePool, run } from './connection.ts';
import { migrate } from './migrate.ts';

/** Lower ones lack what the schema or the statements use; 13 is the oldest that is still in wide use. */
const LEAST_VERSION = 130_000;

/** A step of the schema may rewrite a large table. */
const MIGRATION_TIMEOUT_MS = 600_000;

/**
 * Makes the database ready: makes sure that it can be reached, is one of ours or empty, and not newer than this
 * program, and brings its schema up to date. Rejects with `StorageNotOpened`; no message of it has the address.
 */
export async function prepareDatabase(url: string, migrations: readonly Migration[]): Promise<void> {
  const pool = makePool(url, { statementTimeoutMs: MIGRATION_TIMEOUT_MS, connections: 1 });
  try {
    using connection = await pool.reserve();
    const { rows } = await run(
      connection,
      `SELECT current_setting('server_version_num')::bigint AS version, current_setting('server_encoding') AS encoding,
        pg_is_in_recovery() OR current_setting('default_transaction_read_only')::boolean AS is_readonly`,
    );
    assertUsable(rows[0] ?? {});
    await migrate(connection, migrations);
  } catch (error) {
    throw asNotOpened(error);
  } finally {
    await pool.close({ timeout: 0 });
  }
}

function assertUsable({ version, encoding, is_readonly }: Readonly<Record<string, unknown>>): void {
  if (Number(version) < LEAST_VERSION) {
    throw new StorageNotOpened('too-old', 'The PostgreSQL server is older than version 13. Use a newer one.');
  }
  if (encoding !== 'UTF8') {
    throw new StorageNotOpened(
      'wrong-encoding',
      `The database stores its texts as ${encoding}. Make one with ENCODING 'UTF8' TEMPLATE template0.`,
    );
  }
  if (is_readonly === 1n) {
    throw new StorageNotOpened(
      'read-only',
      'The database can be read but not written: it is a standby or set so. Name the primary server.',
    );
  }
}

/** Says in clear words why a database could not be opened. */
function asNotOpened(error: unknown): Error {
  if (error instanceof StorageNotOpened) return error;
  if (!(error instanceof Bun.SQL.PostgresError))
    return error instanceof Error ? error : new Error(String(error));
  const { errno, code } = error;
  if (errno?.startsWith('28')) {
    return new StorageNotOpened('no-access', 'The database server refuses this user or password.', error);
  }
  if (errno === '3D000') {
    return new StorageNotOpened(
      'no-database',
      'The database server has no database of that name. Make it.',
      error,
    );
  }
  if (errno === '42501') {
    return new StorageNotOpened(
      'read-only',
      'The user may not create tables in the database. Grant it.',
      error,
    );
  }
  if (errno === '55P03') {
    return new StorageNotOpened(
      'locked',
      'Another process is changing the database. Start again later.',
      error,
    );
  }
  if (errno === undefined || /^(?:08|57P|53)/.test(errno)) {
    const advice = 'Check its address, and that it runs and takes connections.';
    return new StorageNotOpened(
      'unreachable',
      `The database server cannot be reached (${errno ?? code}). ${advice}`,
      error,
    );
  }
  return error;
}
