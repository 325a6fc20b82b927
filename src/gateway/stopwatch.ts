import type { Clock } from '../ports/clock.ts';

/** Parts of a request's time, so that the gateway's own share can be told from everybody else's. */
export class Stopwatch {
  readonly #clock: Clock;
  readonly #startedMs: number;
  #lineMs = 0;
  #othersMs = 0;
  #firstTokenMs: number | null = null;

  constructor(clock: Clock, startedMs: number) {
    this.#clock = clock;
    this.#startedMs = startedMs;
  }

  /** Waits for a place in line (a limit, or credit that other calls hold). */
  async inLine<T>(wait: Promise<T>): Promise<T> {
    const fromMs = this.#clock.monotonicMs();
    try {
      return await wait;
    } finally {
      this.#lineMs += this.#clock.monotonicMs() - fromMs;
    }
  }

  /** Waits for the upstream or the reader. */
  async onOthers<T>(wait: Promise<T>): Promise<T> {
    const fromMs = this.#clock.monotonicMs();
    try {
      return await wait;
    } finally {
      this.#othersMs += this.#clock.monotonicMs() - fromMs;
    }
  }

  /** Time that passed between two moments of ours while somebody else was busy. */
  addOthers(durationMs: number): void {
    this.#othersMs += durationMs;
  }

  firstToken(): void {
    this.#firstTokenMs ??= this.#clock.monotonicMs() - this.#startedMs;
  }

  read(): { durationMs: number; queuedMs: number; gatewayMs: number; timeToFirstTokenMs: number | null } {
    const durationMs = this.#clock.monotonicMs() - this.#startedMs;
    return {
      durationMs,
      queuedMs: this.#lineMs,
      gatewayMs: Math.max(0, durationMs - this.#lineMs - this.#othersMs),
      timeToFirstTokenMs: this.#firstTokenMs,
    };
  }
}
