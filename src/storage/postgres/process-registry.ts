import type { Database } from './database.ts';

/**
 * A process that was not seen for so long, by the database's clock, is dead: its open holds are ended. Many times the
 * interval of its signs of life, so that a slow moment of the network or the database kills nobody; a process that
 * cannot reach the database for longer cannot charge anything either.
 */
const DEAD_AFTER_S = 60;

/** Says of a row `h`, which has a `process_id`, that its process is alive. */
export const IS_ALIVE = `EXISTS (
    SELECT 1 FROM processes p
    WHERE p.id = h.process_id AND p.seen_at > clock_timestamp() - interval '${DEAD_AFTER_S} seconds'
  )`;

/** Which processes of those that share the database are alive. */
export class ProcessRegistry {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** A sign of life; the first one enters the process. It must come before the process's first hold. */
  async see(processId: string): Promise<void> {
    await this.#database.run(
      `INSERT INTO processes (id, seen_at) VALUES ($1, clock_timestamp())
        ON CONFLICT (id) DO UPDATE SET seen_at = excluded.seen_at`,
      [processId],
    );
  }

  /** Takes the process out, when it has ended its calls: what it has left open may be ended at once. */
  async remove(processId: string): Promise<void> {
    await this.#database.run('DELETE FROM processes WHERE id = $1', [processId]);
  }

  /** Up to `limit` open holds of processes that are dead, with none of the named one. */
  async lostHolds(liveProcessId: string, limit: number): Promise<readonly string[]> {
    const { rows } = await this.#database.run(
      `SELECT h.id FROM holds h WHERE h.state = 'held' AND h.process_id <> $1 AND NOT ${IS_ALIVE} LIMIT $2`,
      [liveProcessId, limit],
    );
    return rows.map((row) => row.id as string);
  }

  /** Marks the running claims of processes that are dead, with none of the named one; answers how many. */
  async interruptLostClaims(liveProcessId: string): Promise<number> {
    const { changes } = await this.#database.run(
      `UPDATE idempotency_keys h SET state = 'interrupted'
        WHERE h.state = 'running' AND h.process_id <> $1 AND NOT ${IS_ALIVE}`,
      [liveProcessId],
    );
    return changes;
  }

  /** Forgets the dead that have left nothing open. */
  async forgetDead(): Promise<void> {
    await this.#database.run(
      `DELETE FROM processes p WHERE p.seen_at < clock_timestamp() - interval '${DEAD_AFTER_S} seconds'
        AND NOT EXISTS (SELECT 1 FROM holds h WHERE h.state = 'held' AND h.process_id = p.id)`,
    );
  }
}
