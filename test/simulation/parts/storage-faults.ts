import type { FaultKind } from '../plan/plan.ts';
import type { SeededRandom } from '../seeded-random.ts';

/** What becomes of one call to storage. */
export interface StorageFate {
  readonly waitMs: number;
  readonly outcome:
    | 'answered'
    | 'not-done' // it fails and was not carried out
    | 'unknown' // it fails and was carried out
    | 'late'; // it fails and is carried out afterwards
  /** How long after the failure. */
  readonly lateMs: number;
}

/** A call that storage gave up on is carried out no later than this: an engine keeps nothing in line for longer. */
const LATEST_EFFECT_MS = 9_000;

/** Draws what becomes of calls to storage, for one world; calm once its faults are over. */
export class StorageFaults {
  readonly #random: SeededRandom;
  readonly #kinds: ReadonlySet<FaultKind>;
  #away: { readonly untilMs: number; readonly isCarriedOut: boolean } | undefined;
  isCalm = false;

  constructor(random: SeededRandom, kinds: ReadonlySet<FaultKind>) {
    this.#random = random;
    this.#kinds = kinds;
  }

  goAway(untilMs: number, isCarriedOut: boolean): void {
    this.#away = { untilMs, isCarriedOut };
  }

  isAway(nowMs: number): boolean {
    return this.#away !== undefined && nowMs < this.#away.untilMs && !this.isCalm;
  }

  fate(nowMs: number): StorageFate {
    const random = this.#random;
    const isSlow = this.#has('ledger-slow') && random.chance(0.3);
    const waitMs = isSlow ? random.whole(20, 6_000) : random.pick([0, 0, 1, 3]);
    const lateMs = random.whole(0, LATEST_EFFECT_MS);
    if (this.isAway(nowMs)) {
      return {
        waitMs,
        lateMs,
        outcome: this.#away?.isCarriedOut && random.chance(0.3) ? 'unknown' : 'not-done',
      };
    }
    if (this.#has('ledger-refuses') && random.chance(0.12)) return { waitMs, lateMs, outcome: 'not-done' };
    if (this.#has('commit-unknown') && random.chance(0.12)) return { waitMs, lateMs, outcome: 'unknown' };
    if (this.#has('late-effect') && random.chance(0.08)) return { waitMs, lateMs, outcome: 'late' };
    return { waitMs, lateMs, outcome: 'answered' };
  }

  /** Looking up keys and prices fails in a way of its own: nothing is changed by it. */
  readFate(nowMs: number): StorageFate {
    const fails = this.isAway(nowMs) || (this.#has('keys-away') && this.#random.chance(0.15));
    return { waitMs: this.#random.pick([0, 0, 2]), lateMs: 0, outcome: fails ? 'not-done' : 'answered' };
  }

  #has(kind: FaultKind): boolean {
    return !this.isCalm && this.#kinds.has(kind);
  }
}
