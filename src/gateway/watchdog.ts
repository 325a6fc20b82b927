import type { Clock } from '../ports/clock.ts';

/**
 * Barks when it watched for too long at a stretch, and again each time as long after that; the time in which it rests
 * is somebody else's. Watching and resting cost nothing: the timer is set anew only when it rings.
 */
export class Watchdog {
  readonly #clock: Clock;
  readonly #patienceMs: number;
  readonly #bark: () => void;
  #sinceMs: number;
  #watches = false;
  #cancel: () => void;

  constructor(clock: Clock, patienceMs: number, bark: () => void) {
    this.#clock = clock;
    this.#patienceMs = patienceMs;
    this.#bark = bark;
    this.#sinceMs = clock.monotonicMs();
    this.#cancel = clock.after(patienceMs, () => this.#ring());
  }

  watch(): void {
    this.#sinceMs = this.#clock.monotonicMs();
    this.#watches = true;
  }

  rest(): void {
    this.#watches = false;
  }

  stop(): void {
    this.#cancel();
  }

  #ring(): void {
    const watchedMs = this.#watches ? this.#clock.monotonicMs() - this.#sinceMs : 0;
    if (watchedMs < this.#patienceMs) {
      this.#cancel = this.#clock.after(this.#patienceMs - watchedMs, () => this.#ring());
      return;
    }
    this.#sinceMs = this.#clock.monotonicMs();
    this.#cancel = this.#clock.after(this.#patienceMs, () => this.#ring());
    this.#bark();
  }
}
