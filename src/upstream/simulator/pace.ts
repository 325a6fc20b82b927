import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Clock, sleep } from '../../ports/clock.ts';
import type { Speed } from './settings.ts';

/** Tokens that may be written without a pause before everybody else in the process gets a turn. */
const TOKENS_PER_TURN = 64;

/** Says when a token is due. Aborting the signal rejects a wait that is under way. */
export class Pace {
  readonly #clock: Clock;
  readonly #speed: Speed;
  readonly #signal: AbortSignal;
  readonly #startedMs: number;
  #sinceTurn = 0;

  constructor(clock: Clock, speed: Speed, signal: AbortSignal) {
    this.#clock = clock;
    this.#speed = speed;
    this.#signal = signal;
    this.#startedMs = clock.monotonicMs();
  }

  /** Waits until the token of this number (from 0) is due. A reader who is late gets what is due at once. */
  async untilToken(number: number): Promise<void> {
    const { firstTokenMs, tokensPerSecond } = this.#speed;
    const afterMs = firstTokenMs + (tokensPerSecond === 0 ? 0 : (number * 1_000) / tokensPerSecond);
    const delayMs = this.#startedMs + afterMs - this.#clock.monotonicMs();
    this.#signal.throwIfAborted();
    if (delayMs > 0) {
      this.#sinceTurn = 0;
      await sleep(this.#clock, delayMs, this.#signal);
      return;
    }
    this.#sinceTurn += 1;
    if (this.#sinceTurn < TOKENS_PER_TURN) return;
    this.#sinceTurn = 0;
    await nextTurn();
  }
}
