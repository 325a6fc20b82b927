import { cost } from '../domain/price.ts';
import { CHECKPOINT_MS } from './deadlines.ts';
import type { PaidExchange } from './exchange.ts';
import type { Gateway } from './gateway.ts';
import { extendReservation, type Reservation, STREAM_STEP_TOKENS } from './reserve-credit.ts';

/**
 * Whether what a stream has written is paid for: by its hold, or not because the credit or the key's allowance is used
 * up, because the ledger did not say, or because the upstream writes on beyond what the caller asked for.
 */
export type Cover = 'paid' | 'credit-used-up' | 'spend-limit-reached' | 'ledger-lost' | 'beyond-limit';

/**
 * An upstream that has written this many times the caller's own limit does not keep to it. Up to there the difference
 * may be one of counting, since its tokens need not be those that are counted here.
 */
const BEYOND_LIMIT = 2;
const BEYOND_LIMIT_TOKENS = 64;

/** The credit of one running stream: its hold grows with what is written, and is noted for the case of a crash. */
export class StreamCredit {
  readonly #gateway: Gateway;
  readonly #exchange: PaidExchange;
  /** Beyond it the upstream does not keep to the caller's limit. */
  readonly #limitTokens: number;
  #reservation: Reservation;
  #checkpointMs: number;

  constructor(gateway: Gateway, exchange: PaidExchange) {
    this.#gateway = gateway;
    this.#exchange = exchange;
    this.#reservation = exchange.reservation;
    const { mayGrow, cappedBy, outputTokens } = exchange.reservation;
    // Where credit sets the cap, going beyond it is a matter of credit too.
    this.#limitTokens =
      mayGrow || cappedBy !== undefined
        ? Number.POSITIVE_INFINITY
        : outputTokens * BEYOND_LIMIT + BEYOND_LIMIT_TOKENS;
    this.#checkpointMs = gateway.clock.monotonicMs();
  }

  /** True when there is nothing to count and nothing to extend: the common case, told without waiting. */
  get isCovered(): boolean {
    return !this.#exchange.meter.mustCount && !this.#isOver();
  }

  /** Extends the hold until it covers what is written. An answer that `isFinished` needs no more than it has. */
  async cover(isFinished: boolean): Promise<Cover> {
    const { meter } = this.#exchange;
    if (meter.mustCount) await meter.count();
    if (!this.#isOver()) return 'paid';
    await meter.count();
    while (!isFinished && this.#isOver()) {
      if (meter.outputAtMost() > this.#limitTokens) return 'beyond-limit';
      try {
        const cover = await this.#extend();
        if (cover !== 'paid') return cover;
      } catch {
        this.#gateway.log.error('ledger-unavailable', { request: this.#exchange.id, command: 'extend' });
        return 'ledger-lost';
      }
    }
    return 'paid';
  }

  /** Notes what was used, so that a crash loses no more than what came after. Nobody waits for it. */
  checkpointWhenDue(): void {
    const { clock, ledger, log } = this.#gateway;
    if (clock.monotonicMs() - this.#checkpointMs < CHECKPOINT_MS) return;
    this.#checkpointMs = clock.monotonicMs();
    const { meter, id } = this.#exchange;
    const { sheet } = this.#reservation;
    Promise.resolve(meter.read())
      .then(({ usage }) =>
        ledger.checkpoint({ holdId: id, usage, costTicks: cost(sheet, usage), atMs: clock.nowMs() }),
      )
      .catch(() => log.warn('checkpoint-failed', { request: id }));
  }

  /** A stream that may grow does so when its hold is used up; one with a limit only beyond it. */
  #isOver(): boolean {
    const output = this.#exchange.meter.outputAtMost();
    const { outputTokens, mayGrow } = this.#reservation;
    return output > this.#limitTokens || (mayGrow ? output >= outputTokens : output > outputTokens);
  }

  /** By what is missing and another step, or by what there is. Otherwise it says what is used up. */
  async #extend(): Promise<Cover> {
    const { meter, chat } = this.#exchange;
    const missing = Math.max(0, meter.outputAtMost() - this.#reservation.outputTokens);
    const tokens = missing + STREAM_STEP_TOKENS * chat.choices;
    const { usage } = await meter.read();
    const extended = await extendReservation(this.#gateway, this.#reservation, tokens, usage);
    if (typeof extended === 'string') return extended;
    this.#reservation = extended;
    return 'paid';
  }
}
