import type { Clock } from '../../../src/ports/clock.ts';
import type { Parked, Scheduler } from '../scheduler.ts';

/** Noon of a day in the middle of a month, so that a run may or may not cross midnight. */
export const WORLD_BEGAN_MS = Date.UTC(2026, 10, 22, 12);

/**
 * The clock of one process. Its wall clock may be wrong and may jump; its monotonic time is the world's. It dies with
 * its process: no timer rings after that.
 */
export class ReplicaClock implements Clock {
  readonly #scheduler: Scheduler;
  readonly #owner: string;
  readonly #timers = new Set<Parked>();
  #isStopped = false;
  /** What the wall clock is ahead by. */
  wallOffsetMs: number;

  constructor(scheduler: Scheduler, owner: string, wallOffsetMs: number) {
    this.#scheduler = scheduler;
    this.#owner = owner;
    this.wallOffsetMs = wallOffsetMs;
  }

  get liveTimers(): number {
    return this.#timers.size;
  }

  nowMs(): number {
    return Math.floor(WORLD_BEGAN_MS + this.#scheduler.nowMs + this.wallOffsetMs);
  }

  monotonicMs(): number {
    return this.#scheduler.nowMs;
  }

  after(delayMs: number, run: () => void): () => void {
    if (this.#isStopped) return () => {};
    const timer = this.#scheduler.park(delayMs, { owner: this.#owner, request: '', what: 'timer' }, () => {
      this.#timers.delete(timer);
      run();
      return 'rang';
    });
    this.#timers.add(timer);
    return () => {
      this.#timers.delete(timer);
      this.#scheduler.cancel(timer);
    };
  }

  stop(): void {
    this.#isStopped = true;
    for (const timer of this.#timers) this.#scheduler.cancel(timer);
    this.#timers.clear();
  }
}
