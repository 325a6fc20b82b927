import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { IdempotencyStore } from '../storage/idempotency-store.ts';
import { KEPT_MS } from './idempotency-limits.ts';

/** Nothing is kept longer than the promised day by more than this. */
const SWEEP_PAUSE_MS = 300_000;

/** So many keys go in one step, which occupies the database for milliseconds. */
const SWEPT_TOGETHER = 200;

/** Between two steps while there is more: others get their turn. */
const STEP_PAUSE_MS = 50;

/** Deletes idempotency keys and their answers when their day is over, from now on. The answer stops it. */
export function sweepKeptAnswers({
  clock,
  log,
  idempotency,
}: {
  readonly clock: Clock;
  readonly log: Log;
  readonly idempotency: IdempotencyStore;
}): () => void {
  let isStopped = false;
  let cancel = () => {};
  const sweep = async () => {
    let pauseMs = SWEEP_PAUSE_MS;
    try {
      const swept = await idempotency.sweep(clock.nowMs() - KEPT_MS, SWEPT_TOGETHER);
      if (swept >= SWEPT_TOGETHER) pauseMs = STEP_PAUSE_MS;
    } catch {
      log.warn('kept-answers-not-swept');
    }
    if (!isStopped) cancel = clock.after(pauseMs, () => void sweep());
  };
  void sweep();
  return () => {
    isStopped = true;
    cancel();
  };
}
