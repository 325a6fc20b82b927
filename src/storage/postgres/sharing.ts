import type { SQL } from 'bun';
import type { Member, Membership, Sharing } from '../sharing.ts';
import { ChangeFeed } from './change-feed.ts';
import { reserve, run } from './connection.ts';
import type { Connections } from './connections.ts';
import type { Database } from './database.ts';
import { errorOf } from './fault.ts';
import type { ProcessRegistry } from './process-registry.ts';

/** Signs of life; a dozen may be missed before a process counts as dead. */
const SIGN_OF_LIFE_MS = 5_000;

/** `TPKA`: whoever prepares the installation holds this lock of the database. */
const PREPARATION_LOCK = 0x54504b41;

/** How long to wait for a connection. */
const RESERVE_MS = 5_000;

export class PostgresSharing implements Sharing {
  readonly #openFeedPool: () => SQL;
  readonly #connections: Connections;
  readonly #database: Database;
  readonly #registry: ProcessRegistry;

  constructor(
    openFeedPool: () => SQL,
    connections: Connections,
    database: Database,
    registry: ProcessRegistry,
  ) {
    this.#openFeedPool = openFeedPool;
    this.#connections = connections;
    this.#database = database;
    this.#registry = registry;
  }

  async join({ processId, onChange }: Member): Promise<Membership> {
    await this.#registry.see(processId);
    const feed = new ChangeFeed(this.#openFeedPool, this.#database, onChange);
    try {
      await feed.start();
    } catch (error) {
      await feed.close();
      throw errorOf(error, 'not-sent');
    }
    const signs = setInterval(() => {
      // One that does not come through is followed by others, long before anybody takes this process for dead.
      this.#registry.see(processId).catch(() => {});
    }, SIGN_OF_LIFE_MS);
    return {
      leave: async () => {
        clearInterval(signs);
        await feed.close();
        await this.#registry.remove(processId);
      },
    };
  }

  async alone<T>(act: () => Promise<T>): Promise<T> {
    // The lock belongs to the connection: it ends with this process, however that dies.
    let connection: Awaited<ReturnType<typeof reserve>>;
    try {
      connection = await reserve(this.#connections.pool, RESERVE_MS);
      await run(connection, 'SELECT pg_advisory_lock($1::bigint)', [PREPARATION_LOCK]);
    } catch (error) {
      throw errorOf(error, 'not-sent');
    }
    try {
      return await act();
    } finally {
      await connection.close({ timeout: 0 });
    }
  }
}
