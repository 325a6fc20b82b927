import { partsOf } from './plan/draw-plan.ts';
import { runSeed, type SeedResult } from './run-seed.ts';

/** Runs that shrinking may take; a failure that needs more is told as far as it got. */
const MOST_RUNS = 400;

export interface Shrunk {
  readonly without: ReadonlySet<string>;
  readonly result: SeedResult;
}

/**
 * Leaves out of a failing seed what it does not need: kinds of faults first, then events, then clients, one by one and
 * again until nothing more can go. What is left still breaks the same invariant.
 */
export async function shrink(failing: SeedResult): Promise<Shrunk> {
  let without: ReadonlySet<string> = new Set();
  let result = failing;
  let runs = 0;
  for (let wentOn = true; wentOn; ) {
    wentOn = false;
    for (const part of partsOf(result.plan)) {
      if (runs >= MOST_RUNS) return { without, result };
      const fewer = new Set([...without, part]);
      const attempt = await runSeed(failing.seed, fewer);
      runs += 1;
      if (attempt.violation?.invariant !== failing.violation?.invariant) continue;
      [without, result, wentOn] = [fewer, attempt, true];
    }
  }
  return { without, result };
}
