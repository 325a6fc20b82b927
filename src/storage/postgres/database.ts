import type { GroupStatement } from '../sql/sql-engine.ts';
import { StorageUnavailable } from '../storage-error.ts';
import { type Result, reserve, run } from './connection.ts';
import type { Connections } from './connections.ts';
import { errorOf, faultOf } from './fault.ts';

/** How much may wait for the pool, and how long anybody waits for an answer. */
export interface DatabaseLimits {
  readonly maximumWaiting: number;
  readonly deadlineMs: number;
}

/** A group that lost against another one, or a read that met a broken connection, is done anew so often. */
const ATTEMPTS = 5;

/** So that the pool learns which of its connections are broken. */
const PAUSE_MS = 25;

/** Everything but the ledger's commands: single statements and small groups of them, over the pool. */
export class Database {
  readonly #connections: Connections;
  readonly #limits: DatabaseLimits;
  #underWay = 0;
  #closed = false;

  constructor(connections: Connections, limits: DatabaseLimits) {
    this.#connections = connections;
    this.#limits = limits;
  }

  run(text: string, parameters: readonly unknown[] = []): Promise<Result> {
    return this.#bounded(() => run(this.#connections.pool, text, parameters));
  }

  /** What only reads may be asked again when the connection turned out to be broken. */
  read(text: string, parameters: readonly unknown[] = []): Promise<Result> {
    return this.#bounded(async () => {
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await run(this.#connections.pool, text, parameters);
        } catch (error) {
          if (faultOf(error) !== 'away' || attempt === ATTEMPTS) throw error;
          await Bun.sleep(attempt * PAUSE_MS);
        }
      }
    });
  }

  /** All of them or none. A guarded statement that changes no row takes the group back: `stopped`. */
  writeTogether(statements: readonly GroupStatement[]): Promise<'done' | 'stopped'> {
    return this.#bounded(async () => {
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await this.#writeOnce(statements);
        } catch (error) {
          if (faultOf(error) !== 'again' || attempt === ATTEMPTS) throw error;
        }
      }
    });
  }

  close(): void {
    this.#closed = true;
  }

  async #writeOnce(statements: readonly GroupStatement[]): Promise<'done' | 'stopped'> {
    const connection = await reserve(this.#connections.pool, this.#limits.deadlineMs);
    // Released inside an open transaction a connection is closed, and the server takes the transaction back.
    using _ = connection;
    await run(connection, 'BEGIN');
    for (const { query, guarded } of statements) {
      const { changes } = await run(connection, query.sql, query.parameters);
      if (guarded === true && changes === 0) {
        await run(connection, 'ROLLBACK');
        return 'stopped';
      }
    }
    await run(connection, 'COMMIT');
    return 'done';
  }

  async #bounded<T>(act: () => Promise<T>): Promise<T> {
    if (this.#closed) throw new StorageUnavailable('closed', 'not-done', 'the storage is closed');
    if (this.#underWay >= this.#limits.maximumWaiting) {
      throw new StorageUnavailable('overloaded', 'not-done', 'too much waits for the database');
    }
    this.#underWay += 1;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        reject(new StorageUnavailable('deadline', 'unknown', 'the database did not answer in time'));
        this.#connections.renewIfSilent(this.#limits.deadlineMs);
      }, this.#limits.deadlineMs);
    });
    // Whoever gives up leaves the statement to the server's own timeout; until then it counts as under way.
    const acting = act().finally(() => {
      this.#underWay -= 1;
    });
    try {
      const answer = await Promise.race([acting, late]);
      this.#connections.heard();
      return answer;
    } catch (error) {
      throw errorOf(error, 'sent');
    } finally {
      clearTimeout(timer);
    }
  }
}
