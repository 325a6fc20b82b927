import type { SeededRandom } from '../seeded-random.ts';
import { drawAnswer } from './draw-answer.ts';
import type { ClientPlan, FaultKind } from './plan.ts';

/**
 * Gives some calls an idempotency key, and has each sent again: in the same moment, while it runs, after a crash, long
 * after its end; now and then with another body. A repetition that runs after all is answered in its own way, so that
 * nobody takes it for the first.
 */
export function drawRepeats(
  random: SeededRandom,
  clients: readonly ClientPlan[],
  faults: ReadonlySet<FaultKind>,
): ClientPlan[] {
  const share = random.pick([0, 0, 0.3, 0.6]);
  return clients.flatMap((client) => {
    const own = random.fork(client.id);
    if (!own.chance(share) || client.oddity !== 'none') return [client];
    const key = `key of ${client.id}`;
    const first = { ...client, idempotency: { key, sentFirstBy: client.id } };
    const repeats = Array.from({ length: own.whole(1, 3) }, (_, index) =>
      repeat(own.fork(`repeat-${index}`), first, `${client.id}.${index + 1}`, faults),
    );
    return [first, ...repeats];
  });
}

function repeat(
  random: SeededRandom,
  first: ClientPlan,
  id: string,
  faults: ReadonlySet<FaultKind>,
): ClientPlan {
  const soonMs = random.pick([0, 1, random.whole(0, 60), random.whole(0, 3_000), random.whole(0, 60_000)]);
  // Whoever sees its server die asks again until somebody answers.
  const afterCrashMs = random.pick([2_000, 12_000, 40_000, 120_000]);
  const afterMs = faults.has('crash') && random.chance(0.7) ? afterCrashMs : soonMs;
  const isOther = random.chance(0.15);
  return {
    ...first,
    id,
    atMs: first.atMs + afterMs,
    promptWords: first.promptWords + (isOther ? 1 : 0),
    answer: drawAnswer(random.fork('answer'), faults),
    leaves: random.chance(0.7) ? undefined : first.leaves,
  };
}
