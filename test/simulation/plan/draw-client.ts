import type { SeededRandom } from '../seeded-random.ts';
import { drawAnswer } from './draw-answer.ts';
import type { AccountPlan, ClientPlan, FaultKind, LeavePlan, ModelPlan, UpstreamFailure } from './plan.ts';

export interface Surroundings {
  readonly accounts: readonly AccountPlan[];
  readonly models: readonly ModelPlan[];
  readonly faults: ReadonlySet<FaultKind>;
  /** Within which everybody arrives. */
  readonly horizonMs: number;
}

export function drawClient(random: SeededRandom, id: string, world: Surroundings): ClientPlan {
  const { accounts, models, faults, horizonMs } = world;
  // The first account is the popular one.
  const account = random.chance(0.6) ? first(accounts) : random.pick(accounts);
  const stream = random.chance(0.7);
  const leaves = drawLeave(random.fork('leave'));
  const isSlow = random.chance(0.3) && faults.has('client-slow');
  const slowPace = random.pick([
    [500, 2_000],
    [5_000, 30_000],
    [700_000, 800_000],
  ] as const);
  return {
    id,
    account,
    stream,
    idempotency: undefined,
    // Some come all at once: that is where races are.
    atMs: random.chance(0.4) ? random.whole(0, 3) * Math.floor(horizonMs / 4) : random.whole(0, horizonMs),
    key: random.pick(account.keys),
    model: random.pick(models),
    oddity: random.chance(0.94) ? 'none' : random.pick(['wrong-key', 'bad-json', 'unknown-model']),
    choices: random.chance(0.85) ? 1 : 2,
    maximumTokens: random.pick([
      undefined,
      undefined,
      1,
      random.whole(2, 60),
      random.whole(60, 6_000),
      20_000,
    ]),
    includeUsage: random.chance(0.4),
    promptWords: random.pick([1, random.whole(2, 20), random.whole(20, 120)]),
    answer: drawAnswer(random.fork('answer'), faults),
    failures: faults.has('upstream-head') ? drawFailures(random.fork('failures')) : [],
    leaves: faults.has('client-gone') && random.chance(0.45) ? leaves : undefined,
    readEveryMs: isSlow ? slowPace : random.pick([[0, 0] as const, [0, 5] as const, [0, 60] as const]),
  };
}

const FAILURES: readonly UpstreamFailure[] = ['reset', 'refused', 'timed-out', 401, 408, 429, 500, 503];

function drawFailures(random: SeededRandom): UpstreamFailure[] {
  return Array.from({ length: random.pick([0, 0, 1, 1, 2, 3]) }, () => random.pick(FAILURES));
}

function drawLeave(random: SeededRandom): LeavePlan {
  const how = random.pick(['signal', 'signal', 'both', 'cancel'] as const);
  const afterBytes = random.pick([1, random.whole(1, 400), random.whole(1, 4_000), random.whole(1, 60_000)]);
  const afterMs = random.pick([0, 1, random.whole(0, 60), random.whole(0, 3_000), random.whole(0, 60_000)]);
  return random.chance(0.5) ? { how, afterBytes } : { how: how === 'cancel' ? 'both' : how, afterMs };
}

function first<T>(list: readonly T[]): T {
  const [one] = list;
  if (one === undefined) throw new RangeError('the list is empty');
  return one;
}
