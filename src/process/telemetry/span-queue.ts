import type { Clock } from '../../ports/clock.ts';
import type { Delivery } from './collector.ts';
import type { FinishedRequest } from './request-attributes.ts';

/** Finished requests that may wait for the collector; beyond it they are lost and counted. The standard's default. */
const WAITING_AT_MOST = 2_048;

/** Requests of one report. Writing so many takes about a millisecond, and nobody notices that. */
const BATCH = 100;

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;

export interface SpanQueueParts {
  readonly clock: Clock;
  /** From the first that waits to the report, unless a batch is full before. */
  readonly delayMs: number;
  /** Never rejects. */
  readonly send: (batch: readonly FinishedRequest[]) => Promise<Delivery>;
  readonly lose: (requests: number) => void;
}

/** Finished requests on their way to the collector. To add one is all that a request waits for. */
export class SpanQueue {
  readonly #parts: SpanQueueParts;
  readonly #waiting: FinishedRequest[] = [];
  #pauseMs = FIRST_PAUSE_MS;
  #isClosing = false;
  #cancelTimer: (() => void) | undefined;
  #sending: Promise<void> | undefined;
  /** The collector is away: a full batch is no reason to try before the pause is over. */
  #isAway = false;

  constructor(parts: SpanQueueParts) {
    this.#parts = parts;
  }

  add(request: FinishedRequest): void {
    if (this.#waiting.length >= WAITING_AT_MOST) {
      this.#parts.lose(1);
      return;
    }
    this.#waiting.push(request);
    if (this.#sending !== undefined || this.#isClosing) return;
    if (this.#waiting.length >= BATCH && !this.#isAway) this.#start();
    else if (this.#cancelTimer === undefined) this.#startAfter(this.#parts.delayMs);
  }

  /** Sends what waits, each batch once. */
  async close(): Promise<void> {
    this.#isClosing = true;
    await this.#sending;
    this.#start();
    await this.#sending;
    this.#parts.lose(this.#waiting.splice(0).length);
  }

  #startAfter(delayMs: number): void {
    this.#cancelTimer = this.#parts.clock.after(delayMs, () => this.#start());
  }

  #start(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    this.#sending = this.#sendWaiting().finally(() => {
      this.#sending = undefined;
      if (this.#waiting.length > 0 && !this.#isClosing)
        this.#startAfter(this.#isAway ? this.#pauseMs : this.#parts.delayMs);
    });
  }

  async #sendWaiting(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.slice(0, BATCH);
      const delivery = await this.#parts.send(batch);
      if (delivery === 'again') {
        this.#pauseMs = this.#isAway ? Math.min(this.#pauseMs * 2, LONGEST_PAUSE_MS) : FIRST_PAUSE_MS;
        this.#isAway = true;
        return;
      }
      this.#isAway = false;
      this.#waiting.splice(0, batch.length);
      if (delivery === 'refused') this.#parts.lose(batch.length);
    }
  }
}
