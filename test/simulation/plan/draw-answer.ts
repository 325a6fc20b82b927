import type { SeededRandom } from '../seeded-random.ts';
import type { AnswerEnding, AnswerPlan, FaultKind, UsageStyle } from './plan.ts';

const GOOD_USAGES: readonly UsageStyle[] = [
  'last',
  'last',
  'finish',
  'every',
  'beside',
  'elsewhere',
  'several',
];
const BAD_USAGES: readonly UsageStyle[] = [
  'missing',
  'missing',
  'zeros',
  'no-prompt',
  'small',
  'huge',
  'huge',
  'negative',
  'fraction',
  'beyond-int64',
  'text',
];
const GOOD_ENDINGS: readonly AnswerEnding[] = ['done', 'done', 'done', 'closed', 'done-and-open'];
const BAD_ENDINGS: readonly AnswerEnding[] = [
  'clean-close',
  'clean-close',
  'reset',
  'hang',
  'half-event',
  'bad-json',
  'wrong-shape',
  'error-event',
  'named-error',
  'error-then-done',
  'endless',
  'error-inside',
];
const BAD_HEADS: readonly AnswerPlan['head'][] = [
  'hang',
  'reset',
  'refused',
  'timed-out',
  'page',
  400,
  401,
  408,
  422,
  429,
  429,
  500,
  502,
  503,
  302,
];
const RETRY_AFTERS: readonly (string | undefined)[] = [undefined, '7', '315360000', 'soon', '-1'];

/** One way for an upstream to answer. Every part is drawn whether it is used or not, so that faults do not move it. */
export function drawAnswer(random: SeededRandom, faults: ReadonlySet<FaultKind>): AnswerPlan {
  const isLong = random.chance(0.2);
  const words = random.pick([0, 1, random.whole(2, 30), random.whole(2, 30), random.whole(30, 200)]);
  const badHead = random.pick(BAD_HEADS);
  const hasBadHead = random.chance(0.25);
  const badEnding = random.pick(BAD_ENDINGS);
  const goodEnding = random.pick(GOOD_ENDINGS);
  const hasBadEnding = random.chance(0.5);
  const badUsage = random.pick(BAD_USAGES);
  const goodUsage = random.pick(GOOD_USAGES);
  const hasBadUsage = random.chance(0.6);
  const isSlow = random.chance(0.55) && faults.has('upstream-slow');
  const slowPace = random.pick([
    [900, 3_000],
    [2_000, 9_000],
    [4_000, 12_000],
  ] as const);
  const fastPace = random.pick([
    [0, 0],
    [0, 20],
    [5, 300],
  ] as const);
  const silenceMs = random.pick([0, 9_000, 70_000, 400_000, 700_000]);
  const longWords = random.whole(3_000, 14_000);
  return {
    head: faults.has('upstream-head') && hasBadHead ? badHead : 'ok',
    headMs: random.pick([0, 1, random.whole(1, 400), isSlow ? random.whole(5_000, 40_000) : 30]),
    retryAfter: random.pick(RETRY_AFTERS),
    words: isLong ? longWords : words,
    wordsPerChunk: isLong ? random.whole(150, 900) : random.pick([1, 1, 3, 10]),
    reasoningWords: random.pick([0, 0, 0, 1, random.whole(1, 12)]),
    obeysCap: !faults.has('beyond-cap') || random.chance(0.4),
    usage: faults.has('upstream-usage') && hasBadUsage ? badUsage : goodUsage,
    cachedShare: random.pick([0, 0, 0.5, 1]),
    ending: faults.has('upstream-ending') && hasBadEnding ? badEnding : goodEnding,
    pieces: random.pick(['events', 'events', 'several', 'several', 'anywhere']),
    carriageReturns: random.chance(0.15),
    everyMs: isSlow ? slowPace : fastPace,
    silenceMs: isSlow ? silenceMs : 0,
  };
}
