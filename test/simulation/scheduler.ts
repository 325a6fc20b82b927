import type { SeededRandom } from './seeded-random.ts';

/** What a step is about, as it stands in a story. */
export interface StepFacts {
  /** Which replica, or `world`. */
  readonly owner: string;
  readonly request: string;
  readonly what: string;
}

/** Something that will happen: a call that is parked, a timer that rings, an event of the world. */
export interface Parked extends StepFacts {
  readonly atMs: number;
  /** Answers its result in a word or two, for the story. */
  readonly run: () => string;
  /** What a storage call does to storage even if its process dies while it is under way. */
  readonly effect: (() => string) | undefined;
  readonly order: number;
  isOver: boolean;
}

export interface Step extends StepFacts {
  readonly atMs: number;
  readonly result: string;
}

/** A failure's story is told by the steps before it. */
const STORY_STEPS = 50;

const nextTurn = setImmediate;

/**
 * Time and order of one world. Everything that waits is parked here; a step takes one of those that are ready, by
 * chance, and lets whatever it wakes run to its end. Time moves only when nothing is ready. JavaScript runs on one
 * thread and its microtasks in a fixed order, so a run is a function of the seed and the code.
 */
export class Scheduler {
  readonly #random: SeededRandom;
  readonly #ready: Parked[] = [];
  readonly #later: Parked[] = [];
  readonly #story: Step[] = [];
  #nowMs = 0;
  #order = 0;
  steps = 0;

  constructor(random: SeededRandom) {
    this.#random = random;
  }

  /** Virtual milliseconds since the world began. */
  get nowMs(): number {
    return this.#nowMs;
  }

  get story(): readonly Step[] {
    return this.#story;
  }

  park(waitMs: number, facts: StepFacts, run: () => string, effect?: () => string): Parked {
    const { owner, request, what } = facts;
    const parked: Parked = {
      ...{ owner, request, what, run, effect, isOver: false },
      atMs: this.#nowMs + Math.max(0, waitMs),
      order: this.#order++,
    };
    if (parked.atMs <= this.#nowMs) this.#ready.push(parked);
    else insert(this.#later, parked);
    return parked;
  }

  cancel(parked: Parked): void {
    parked.isOver = true;
  }

  /** All that is parked for an owner, or for anybody. */
  parked(owner?: string): Parked[] {
    return [...this.#ready, ...this.#later].filter(
      (item) => !item.isOver && (owner === undefined || item.owner === owner),
    );
  }

  /** Takes one step; false when nothing is left to happen, or not before `untilMs`. */
  async step(untilMs: number): Promise<boolean> {
    const item = this.#choose(untilMs);
    if (item === undefined) return false;
    item.isOver = true;
    this.steps += 1;
    const result = item.run();
    this.#story.push({
      owner: item.owner,
      request: item.request,
      what: item.what,
      atMs: this.#nowMs,
      result,
    });
    if (this.#story.length > STORY_STEPS) this.#story.shift();
    await new Promise<void>((resolve) => nextTurn(resolve));
    return true;
  }

  #choose(untilMs: number): Parked | undefined {
    for (;;) {
      while (this.#ready.length > 0) {
        const index = this.#random.whole(0, this.#ready.length - 1);
        const [item] = this.#ready.splice(index, 1);
        if (item !== undefined && !item.isOver) return item;
      }
      // What was cancelled moves no clock, also when it was due in the same moment as something that was not.
      while (this.#later[0]?.isOver) this.#later.shift();
      const next = this.#later[0];
      if (next === undefined || next.atMs > untilMs) return undefined;
      this.#nowMs = next.atMs;
      let due = 0;
      while ((this.#later[due]?.atMs ?? Number.POSITIVE_INFINITY) <= next.atMs) due += 1;
      this.#ready.push(...this.#later.splice(0, due));
    }
  }
}

/** Keeps the list in the order of time, and of parking within the same moment. */
function insert(list: Parked[], item: Parked): void {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const other = list[middle];
    if (other !== undefined && other.atMs <= item.atMs) low = middle + 1;
    else high = middle;
  }
  list.splice(low, 0, item);
}
