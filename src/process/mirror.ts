import { type Clock, sleep } from '../ports/clock.ts';

/** Until a read that failed is tried again; twice as long each time, up to the second figure. */
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;

/** A store, and what is to follow it. */
export interface MirrorParts<T> {
  readonly clock: Clock;
  readonly read: () => Promise<T>;
  /** Puts what was read in the place of what was known. */
  readonly show: (value: T) => void;
  readonly onFailure: () => void;
}

/**
 * Keeps what a store holds in memory up to date. It reads anew after every change, one read at a time: so the answer
 * that was asked for last is shown last, and none that is older. A read that fails is tried again until it succeeds
 * or the mirror is closed, because what is shown would stay wrong for ever otherwise.
 */
export class Mirror<T> {
  readonly #parts: MirrorParts<T>;
  readonly #closing = new AbortController();
  #isStale = false;
  #isReading = false;

  constructor(parts: MirrorParts<T>) {
    this.#parts = parts;
  }

  /** The store was changed. */
  refresh(): void {
    this.#isStale = true;
    // It rejects only when it is closed in the middle of a pause.
    if (!this.#isReading) this.#catchUp().catch(() => {});
  }

  close(): void {
    this.#closing.abort();
  }

  async #catchUp(): Promise<void> {
    const { clock, read, show, onFailure } = this.#parts;
    const { signal } = this.#closing;
    let pauseMs = FIRST_PAUSE_MS;
    this.#isReading = true;
    while (this.#isStale && !signal.aborted) {
      this.#isStale = false;
      try {
        show(await read());
        pauseMs = FIRST_PAUSE_MS;
      } catch {
        this.#isStale = true;
        onFailure();
        await sleep(clock, pauseMs, signal);
        pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
      }
    }
    // In the same breath as the last look: a change between the two would be forgotten.
    this.#isReading = false;
  }
}
