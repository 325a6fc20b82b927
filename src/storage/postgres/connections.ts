import type { SQL } from 'bun';

/**
 * The pool of connections, and another pool when it has fallen silent. Connections to a machine that is gone stay open
 * without a word for a quarter of an hour; whoever has waited in vain asks for new ones.
 */
export class Connections {
  readonly #openPool: () => SQL;
  #pool: SQL;
  #heardAtMs = performance.now();

  constructor(openPool: () => SQL) {
    this.#openPool = openPool;
    this.#pool = openPool();
  }

  get pool(): SQL {
    return this.#pool;
  }

  /** An answer has come. */
  heard(): void {
    this.#heardAtMs = performance.now();
  }

  /** Breaks off what is under way and begins with new connections, if no answer has come for so long. */
  renewIfSilent(forMs: number): void {
    if (performance.now() - this.#heardAtMs < forMs) return;
    const silent = this.#pool;
    this.#pool = this.#openPool();
    this.heard();
    silent.close({ timeout: 0 }).catch(() => {});
  }

  /** What is under way gets so long. */
  async close(timeoutS: number): Promise<void> {
    await this.#pool.close({ timeout: timeoutS });
  }
}
