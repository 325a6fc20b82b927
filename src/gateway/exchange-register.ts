import { type Clock, within } from '../ports/clock.ts';
import type { Ending } from './ending.ts';

/** More requests at once than one process serves well; beyond it a caller is told to come back. */
const MAXIMUM_EXCHANGES = 20_000;

/** The requests under way, also those in line, so that a shut-down can wait for them and then end them in words. */
export class ExchangeRegister {
  readonly #open = new Set<Ending>();
  #closed = false;
  #onEmpty: (() => void) | undefined;

  get count(): number {
    return this.#open.size;
  }

  get isClosed(): boolean {
    return this.#closed;
  }

  isFull(): boolean {
    return this.#open.size >= MAXIMUM_EXCHANGES;
  }

  /** Counts a request until it is over. */
  add(ending: Ending): void {
    this.#open.add(ending);
    ending.onOver(() => {
      this.#open.delete(ending);
      if (this.#open.size === 0) this.#onEmpty?.();
    });
  }

  /**
   * Lets no new request in, waits `graceMs` for those under way, then ends them; they get `lastWordsMs` to be
   * charged and to say so. Answers how many were still there at the end.
   */
  async drain(clock: Clock, graceMs: number, lastWordsMs: number): Promise<number> {
    this.#closed = true;
    const empty = new Promise<void>((resolve) => {
      this.#onEmpty = resolve;
      if (this.#open.size === 0) resolve();
    });
    await within(clock, graceMs, empty);
    for (const ending of [...this.#open]) ending.end('shut-down');
    await within(clock, lastWordsMs, empty);
    return this.#open.size;
  }
}
