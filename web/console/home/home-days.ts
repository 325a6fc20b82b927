import type { ModelDay } from '../../../src/http/api/wire/home.ts';
import type { BarPoint } from '../../design/bar-chart.tsx';
import type { Series } from '../../design/series-colors.ts';
import type { Language } from '../../shell/language.ts';
import { longDay, shortDay } from '../../shell/moments.ts';

export const MEASURES = ['cost', 'tokens', 'requests'] as const;
export type HomeMeasure = (typeof MEASURES)[number];

const DAYS = 14;
const DAY_MS = 86_400_000;

function amountOf(day: ModelDay, measure: HomeMeasure): bigint {
  if (measure === 'cost') return BigInt(day.costTicks);
  return BigInt(measure === 'tokens' ? day.inputTokens + day.outputTokens : day.requests);
}

/** The models of some days that have anything, the largest first, and the sum of all. */
export function modelsOf(
  days: readonly ModelDay[],
  measure: HomeMeasure,
): { readonly series: readonly (Series & { readonly amount: bigint })[]; readonly total: bigint } {
  const sums = new Map<string, bigint>();
  for (const day of days) sums.set(day.model, (sums.get(day.model) ?? 0n) + amountOf(day, measure));
  const largest = [...sums]
    .filter(([, amount]) => amount > 0n)
    .sort(([, a], [, b]) => (b > a ? 1 : b < a ? -1 : 0));
  return {
    series: largest.map(([id, amount]) => ({ id, name: id, amount })),
    total: largest.reduce((sum, [, amount]) => sum + amount, 0n),
  };
}

/** A bar for each of the last fourteen UTC days, the empty ones too; today's is the last. */
export function dayPoints(
  days: readonly ModelDay[],
  measure: HomeMeasure,
  todayStartsAtMs: number,
  language: Language,
): BarPoint[] {
  return Array.from({ length: DAYS }, (_, at) => {
    const day = new Date(todayStartsAtMs - (DAYS - 1 - at) * DAY_MS).toISOString().slice(0, 10);
    return {
      id: day,
      label: shortDay(day, language),
      title: longDay(day, language),
      isNow: at === DAYS - 1,
      values: new Map(
        days.filter((one) => one.day === day).map((one) => [one.model, amountOf(one, measure)]),
      ),
    };
  });
}
