import type { Clock } from '../ports/clock.ts';

/** How late a timer may ring at most. */
const SLOT_MS = 1_000;

interface Timer {
  readonly run: () => void;
}

/**
 * Timers for long waits, nearly all of which are cancelled long before they ring: the deadlines of requests. Setting
 * and cancelling one is an entry in a set, which costs a small part of a timer of the system, because all that are due
 * within the same second ring together. Never early, and late by a second at most.
 */
export class LongTimers {
  readonly #clock: Pick<Clock, 'monotonicMs' | 'after'>;
  /** By the second in which they ring. Empty slots are dropped, so there is no more here than is waited for. */
  readonly #slots = new Map<number, Set<Timer>>();
  #isTicking = false;

  /** `clock` has the timer that ticks for all of them. */
  constructor(clock: Pick<Clock, 'monotonicMs' | 'after'>) {
    this.#clock = clock;
  }

  after(delayMs: number, run: () => void): () => void {
    const slot = Math.ceil((this.#clock.monotonicMs() + delayMs) / SLOT_MS);
    let timers = this.#slots.get(slot);
    if (timers === undefined) {
      timers = new Set();
      this.#slots.set(slot, timers);
    }
    // The same function may be set twice; each has to be cancelled for itself.
    const timer = { run };
    const own = timers.add(timer);
    if (!this.#isTicking) this.#tickLater();
    return () => {
      if (own.delete(timer) && own.size === 0 && this.#slots.get(slot) === own) this.#slots.delete(slot);
    };
  }

  /** One timer of the system for all of them, and none when nobody waits. */
  #tickLater(): void {
    this.#isTicking = true;
    this.#clock.after(SLOT_MS - (this.#clock.monotonicMs() % SLOT_MS), () => this.#tick());
  }

  #tick(): void {
    const slot = Math.floor(this.#clock.monotonicMs() / SLOT_MS);
    for (const [due, timers] of this.#slots) {
      if (due > slot) continue;
      this.#slots.delete(due);
      for (const timer of timers) {
        // In a turn of its own: one that throws keeps no other from ringing, and one that was cancelled by another of
        // its second does not ring.
        this.#clock.after(0, () => timers.has(timer) && timer.run());
      }
    }
    this.#isTicking = false;
    if (this.#slots.size > 0) this.#tickLater();
  }
}
