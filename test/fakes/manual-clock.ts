import type { Clock } from '../../src/ports/clock.ts';

/** A clock that stands still until a test moves it. Timers fire in the order of their moments. */
export class ManualClock implements Clock {
  #nowMs: number;
  #wallOffsetMs = 0;
  #timers: { atMs: number; order: number; run: () => void }[] = [];
  #order = 0;

  constructor(startMs = Date.UTC(2026, 10, 22, 12)) {
    this.#nowMs = startMs;
  }

  nowMs(): number {
    return this.#nowMs + this.#wallOffsetMs;
  }

  /** Sets the clock on the wall ahead or back, as people and time servers do. No time passes. */
  moveWall(byMs: number): void {
    this.#wallOffsetMs += byMs;
  }

  monotonicMs(): number {
    return this.#nowMs;
  }

  after(delayMs: number, run: () => void): () => void {
    const timer = { atMs: this.#nowMs + Math.max(0, delayMs), order: this.#order++, run };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  get pendingTimers(): number {
    return this.#timers.length;
  }

  /** Moves on by `durationMs`, firing what is due on the way and letting what waits for it run in between. */
  async advance(durationMs: number): Promise<void> {
    const untilMs = this.#nowMs + durationMs;
    await settled();
    for (;;) {
      const next = this.#timers
        .filter(({ atMs }) => atMs <= untilMs)
        .sort((a, b) => a.atMs - b.atMs || a.order - b.order)[0];
      if (next === undefined) break;
      this.#timers = this.#timers.filter((timer) => timer !== next);
      this.#nowMs = Math.max(this.#nowMs, next.atMs);
      next.run();
      await settled();
    }
    this.#nowMs = untilMs;
    await settled();
  }
}

/** Lets every promise that can settle now settle: a few turns of the event loop. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 6; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
