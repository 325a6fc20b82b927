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
  /** Between its being carried out and its being heard. */
  readonly answerMs: number;
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

  /** What is rare in a run fails more often, so that it does so in some. */
  fate(name: string, nowMs: number): StorageFate {
    const random = this.#random;
    const slowMs = random.whole(20, random.chance(0.5) ? 12_000 : 3_000);
    const isSlow = this.#has('ledger-slow') && random.chance(0.35);
    const waitsFirst = random.chance(0.5);
    const times = {
      waitMs: isSlow && waitsFirst ? slowMs : random.pick([0, 0, 1, 3]),
      answerMs: isSlow && !waitsFirst ? slowMs : random.pick([0, 0, 0, 1]),
      lateMs: random.whole(0, LATEST_EFFECT_MS),
    };
    if (this.isAway(nowMs)) {
      return { ...times, outcome: this.#away?.isCarriedOut && random.chance(0.3) ? 'unknown' : 'not-done' };
    }
    if (this.#has('ledger-refuses') && random.chance(0.12)) return { ...times, outcome: 'not-done' };
    if (this.#has('commit-unknown') && random.chance(name === 'extend' ? 0.3 : 0.12))
      return { ...times, outcome: 'unknown' };
    if (this.#has('late-effect') && random.chance(name === 'checkpoint' ? 0.4 : 0.12))
      return { ...times, outcome: 'late' };
    return { ...times, outcome: 'answered' };
  }

  /** Looking up keys and prices fails in a way of its own: nothing is changed by it, but what was read may be old. */
  readFate(nowMs: number): StorageFate {
    const random = this.#random;
    const fails = this.isAway(nowMs) || (this.#has('keys-away') && random.chance(0.15));
    const isSlow = (this.#has('keys-away') || this.#has('ledger-slow')) && random.chance(0.4);
    const answerMs = isSlow ? random.whole(10, 3_000) : random.pick([0, 0, 1]);
    return { waitMs: random.pick([0, 0, 2]), answerMs, lateMs: 0, outcome: fails ? 'not-done' : 'answered' };
  }

  #has(kind: FaultKind): boolean {
    return !this.isCalm && this.#kinds.has(kind);
  }
}
