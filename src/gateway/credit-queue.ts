import { type Clock, sleep } from '../ports/clock.ts';

/** Calls of one wallet that may wait for credit; beyond it a call is refused at once. */
const WAITING_PER_WALLET = 1_000;

/**
 * Calls that wait because other open holds have their wallet's credit. Turns are given in the order of arrival:
 * only the first in line tries again when a hold of the wallet has ended.
 */
export class CreditQueue {
  readonly #clock: Clock;
  readonly #lines = new Map<string, (() => void)[]>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** A hold of the wallet ended, or credit was granted: the first in line tries again. */
  released(walletId: string): void {
    this.#lines.get(walletId)?.[0]?.();
  }

  isFull(walletId: string): boolean {
    return (this.#lines.get(walletId)?.length ?? 0) >= WAITING_PER_WALLET;
  }

  /**
   * Waits in line and calls `attempt` each time it is this call's turn, until it answers something or `waitMs`
   * are over; then `undefined`. Rejects when `signal` is aborted.
   */
  async inLine<T>(
    walletId: string,
    waitMs: number,
    signal: AbortSignal,
    attempt: () => Promise<T | undefined>,
  ): Promise<T | undefined> {
    const line = this.#lines.get(walletId) ?? [];
    this.#lines.set(walletId, line);
    const deadlineMs = this.#clock.monotonicMs() + waitMs;
    let wake = () => {};
    // Whoever is first tries at once: the last hold may have ended while this call was on its way here.
    let isWoken = line.length === 0;
    const place = () => {
      isWoken = true;
      wake();
    };
    line.push(place);
    try {
      for (;;) {
        const leftMs = deadlineMs - this.#clock.monotonicMs();
        if (leftMs <= 0) return undefined;
        if (!isWoken) {
          const timer = new AbortController();
          const woken = new Promise<void>((resolve) => {
            wake = resolve;
          });
          const either = AbortSignal.any([signal, timer.signal]);
          await Promise.race([woken, sleep(this.#clock, leftMs, either)]).finally(() => timer.abort());
        }
        if (!isWoken) continue;
        // The one turn there is may be somebody else's who is still there.
        signal.throwIfAborted();
        isWoken = false;
        const answer = await attempt();
        if (answer !== undefined) return answer;
      }
    } finally {
      const wasFirst = line[0] === place;
      line.splice(line.indexOf(place), 1);
      if (line.length === 0) this.#lines.delete(walletId);
      else if (wasFirst) line[0]?.();
    }
  }
}
