import type { Failure } from '../domain/failure.ts';

/** Why a request is ended before its answer is whole. The first reason stays. */
export type EndReason = 'client-gone' | 'key-ended' | 'shut-down' | 'stalled';

/**
 * The end of one request, from its arrival on: the switch that brings it about, whether its money is settled, and
 * what is to be undone when it is over. Everything that waits for the request or its upstream listens to `signal`.
 */
export class Ending {
  readonly #controller = new AbortController();
  #reason: EndReason | undefined;
  #failure: Failure | undefined;
  #isSettled = false;
  #isCharged = false;
  #undoings: (() => void)[] | undefined = [];

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  get reason(): EndReason | undefined {
    return this.#reason;
  }

  /** What whoever ended the request wants its caller to be told. */
  get failure(): Failure | undefined {
    return this.#failure;
  }

  get isSettled(): boolean {
    return this.#isSettled;
  }

  /** It was settled with a charge, be it one of nothing: something was made for its caller. */
  get isCharged(): boolean {
    return this.#isCharged;
  }

  end(reason: EndReason, failure?: Failure): void {
    if (this.#reason !== undefined) return;
    this.#reason = reason;
    this.#failure = failure;
    this.#controller.abort();
  }

  /** Stops the upstream of an answer that is cut here; it is no reason of its own. */
  stopUpstream(): void {
    this.#controller.abort();
  }

  /** True the first time; an exchange is settled exactly once. */
  claimSettlement(isCharged: boolean): boolean {
    if (this.#isSettled) return false;
    this.#isSettled = true;
    this.#isCharged = isCharged;
    return true;
  }

  /** Has something undone when the request is over, or at once if it is. */
  onOver(undo: () => void): void {
    if (this.#undoings === undefined) undo();
    else this.#undoings.push(undo);
  }

  /** The request is over: nobody listens, waits or keeps anything for it any more. Happens once. */
  over(): void {
    const undoings = this.#undoings ?? [];
    this.#undoings = undefined;
    for (const undo of undoings) undo();
  }
}
