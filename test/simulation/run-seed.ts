import type { Violation } from './auditor/violation.ts';
import { drawPlan } from './plan/draw-plan.ts';
import type { Plan } from './plan/plan.ts';
import type { Step } from './scheduler.ts';
import { World } from './world.ts';

/** A world that is not quiet after so much is taken for one that never will be. */
const MOST_STEPS = 60_000;
/** Beyond the longest wait of the product, an hour for an answer and an hour and a half for a ledger to come back. */
const LIVENESS_MS = 4 * 3_600_000;

export interface SeedResult {
  readonly seed: number;
  readonly plan: Plan;
  readonly steps: number;
  readonly story: readonly Step[];
  readonly violation: Violation | undefined;
  readonly hits: ReadonlyMap<string, number>;
}

/**
 * Runs one seed: a safety phase in which everything may go wrong, then a liveness phase in which nothing new does and
 * all must come to its end; then a last start, which must find nothing twice. The result is a function of the seed and
 * of the code.
 */
export async function runSeed(seed: number, without: ReadonlySet<string> = new Set()): Promise<SeedResult> {
  const plan = drawPlan(seed, without);
  const world = await World.of(plan);
  const { scheduler, auditor, faults } = world;
  const run = async (untilMs: number) => {
    while (auditor.violation === undefined && (await scheduler.step(untilMs))) {
      auditor.stepped();
      if (scheduler.steps > MOST_STEPS) auditor.broken('', `it is not quiet after ${MOST_STEPS} steps`);
    }
  };
  const onUnhandled = (reason: unknown) => auditor.broken('', reason);
  process.on('unhandledRejection', onUnhandled);
  try {
    world.begin();
    await run(plan.safetyMs);
    faults.isCalm = true;
    await run(scheduler.nowMs + LIVENESS_MS);
    auditor.quiet();
    await world.checkPlaces();
    for (let start = 0; start < 2 && auditor.violation === undefined; start += 1) {
      for (let place = 0; place < plan.replicas; place += 1) world.stop(place, 'stopped');
      world.startAfter(0, 1);
      await run(scheduler.nowMs + LIVENESS_MS);
    }
    if (auditor.violation === undefined) await auditor.ended();
  } finally {
    process.off('unhandledRejection', onUnhandled);
  }
  const { violation } = auditor;
  return { seed, plan, violation, steps: scheduler.steps, story: scheduler.story, hits: world.coverage.hits };
}
