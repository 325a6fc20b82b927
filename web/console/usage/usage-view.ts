import type { Usage, UsageFigures, UsageQuery } from '../../../src/http/api/wire/usage.ts';

/** How far back is looked. */
export type Range = keyof typeof RANGE_DAYS;
export type UsageMeasure = 'cost' | 'tokens' | 'requests';
export type GroupBy = UsageQuery['groupBy'];

const RANGE_DAYS = { day: 1, week: 7, fortnight: 14, month: 30, quarter: 90 } as const;
export const RANGES = Object.keys(RANGE_DAYS) as readonly Range[];
export const LONGEST_RANGE: Range = 'quarter';
/** Bars of more hours than these are too thin to be told apart. */
const MOST_DAYS_BY_HOUR = 7;

/** What the person looks at. */
export interface UsageView {
  readonly range: Range;
  readonly step: Usage['step'];
  readonly groupBy: GroupBy;
  readonly measure: UsageMeasure;
  /** Only what belongs to one model, key or person. */
  readonly only: { readonly by: GroupBy; readonly id: string; readonly name: string } | undefined;
}

export const FIRST_VIEW: UsageView = {
  range: 'fortnight',
  step: 'day',
  groupBy: 'model',
  measure: 'cost',
  only: undefined,
};

export function canBeByHour(range: Range): boolean {
  return RANGE_DAYS[range] <= MOST_DAYS_BY_HOUR;
}

/** Another range, in steps of which there are neither too many nor one. */
export function withRange(view: UsageView, range: Range): UsageView {
  const step = range === 'day' ? 'hour' : canBeByHour(range) ? view.step : 'day';
  return { ...view, range, step };
}

/** Only what belongs to one of the groups that are shown, by something else. */
export function onlyOf(
  view: UsageView,
  { id, name }: { readonly id: string; readonly name: string },
): UsageView {
  return {
    ...view,
    only: { by: view.groupBy, id, name },
    groupBy: view.groupBy === 'model' ? 'key' : 'model',
  };
}

const STEP_MS = { hour: 3_600_000, day: 86_400_000 } as const;

/** Whole hours or UTC days, the one that is under way the last. It stays the same until that ends. */
export function spanOf({ range, step }: UsageView, nowMs: number): { fromMs: number; toMs: number } {
  const toMs = (Math.floor(nowMs / STEP_MS[step]) + 1) * STEP_MS[step];
  return { fromMs: toMs - RANGE_DAYS[range] * STEP_MS.day, toMs };
}

/** When each step of an answer begins, the empty ones too. */
export function stepsOf({ fromMs, toMs, step }: Pick<Usage, 'fromMs' | 'toMs' | 'step'>): number[] {
  const stepMs = STEP_MS[step];
  return Array.from({ length: Math.ceil((toMs - fromMs) / stepMs) }, (_, at) => fromMs + at * stepMs);
}

const FILTERS = { model: 'model', key: 'keyId', person: 'userId' } as const;

/** What the API is asked, after `usage?` or `usage.csv?`. */
export function usageQuery(view: UsageView, nowMs: number): string {
  const { fromMs, toMs } = spanOf(view, nowMs);
  return new URLSearchParams({
    ...{ fromMs: String(fromMs), toMs: String(toMs), step: view.step, groupBy: view.groupBy },
    ...(view.only !== undefined && { [FILTERS[view.only.by]]: view.only.id }),
  }).toString();
}

/** Ticks, tokens in and out, or requests. */
export function amountOf(figures: UsageFigures, measure: UsageMeasure): bigint {
  if (measure === 'cost') return BigInt(figures.costTicks);
  return BigInt(measure === 'tokens' ? figures.inputTokens + figures.outputTokens : figures.requests);
}
