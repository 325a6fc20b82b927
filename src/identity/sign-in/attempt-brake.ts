import type { Clock } from '../../ports/clock.ts';

export interface BrakeLimits {
  /** Failures within a window; the next attempt waits for its end. */
  readonly mostFailures: number;
  readonly windowMs: number;
  /** Of so many accounts or addresses at once; the one that is oldest is forgotten for another. */
  readonly mostRemembered: number;
}

interface Count {
  failures: number;
  readonly endsAtMs: number;
}

/**
 * Slows whoever guesses. An attempt counts as failed when it begins and is taken back when it went well, so that a
 * hundred at once are no more than a hundred in a row.
 */
export class AttemptBrake {
  readonly #clock: Pick<Clock, 'monotonicMs'>;
  readonly #limits: BrakeLimits;
  readonly #counts = new Map<string, Count>();

  constructor(clock: Pick<Clock, 'monotonicMs'>, limits: BrakeLimits) {
    this.#clock = clock;
    this.#limits = limits;
  }

  /** Begins an attempt; if it may not be made, how long to wait. */
  begin(subject: string): { readonly waitMs: number } {
    const nowMs = this.#clock.monotonicMs();
    let count = this.#counts.get(subject);
    if (count === undefined || count.endsAtMs <= nowMs) {
      this.#counts.delete(subject);
      count = { failures: 0, endsAtMs: nowMs + this.#limits.windowMs };
      this.#makeRoom();
      this.#counts.set(subject, count);
    }
    if (count.failures >= this.#limits.mostFailures) return { waitMs: count.endsAtMs - nowMs };
    count.failures += 1;
    return { waitMs: 0 };
  }

  /** The attempt that began went well. */
  succeeded(subject: string): void {
    const count = this.#counts.get(subject);
    if (count !== undefined && count.failures > 0) count.failures -= 1;
  }

  get remembered(): number {
    return this.#counts.size;
  }

  #makeRoom(): void {
    if (this.#counts.size < this.#limits.mostRemembered) return;
    for (const oldest of this.#counts.keys()) {
      this.#counts.delete(oldest);
      return;
    }
  }
}
