import type { Database, SQLQueryBindings } from 'bun:sqlite';
import { StorageUnavailable } from '../storage-error.ts';
import { MAIN_THREAD_BUSY_TIMEOUT_MS, openConnection } from './connection.ts';
import { errorOf, faultOf } from './fault.ts';

/**
 * The main thread's own connection, for look-ups of rows by their key: they take microseconds, less than a message to
 * a worker, and never wait behind somebody's long read. Nothing that may scan goes here.
 */
export class LookupConnection {
  readonly #database: Database;
  #closed = false;

  constructor(path: string) {
    this.#database = openConnection(path, { readonly: true, busyTimeoutMs: MAIN_THREAD_BUSY_TIMEOUT_MS });
  }

  /** `sql` is one of a few fixed texts: its compiled form is kept. */
  all<Row>(sql: string, parameters: readonly unknown[]): Row[] {
    if (this.#closed) throw new StorageUnavailable('closed', 'not-done', 'the storage is closed');
    try {
      // `all` runs a statement to its end; one left standing keeps the write-ahead log from being emptied.
      return this.#database.query<Row, SQLQueryBindings[]>(sql).all(...(parameters as SQLQueryBindings[]));
    } catch (error) {
      throw errorOf(faultOf(error));
    }
  }

  close(): void {
    this.#closed = true;
    this.#database.close();
  }
}
