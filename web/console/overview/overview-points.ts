import type { Overview } from '../../../src/http/api/wire/operator-overview.ts';
import type { BarPoint } from '../../design/bar-chart.tsx';
import type { Language } from '../../shell/language.ts';
import { longDay, shortDay } from '../../shell/moments.ts';

export type OverviewMeasure = 'cost' | 'tokens' | 'requests';
type Figures = Overview['today'];

/** Ticks, tokens in and out, or requests. */
function overviewAmount(figures: Figures, measure: OverviewMeasure): bigint {
  if (measure === 'cost') return BigInt(figures.costTicks);
  return BigInt(measure === 'tokens' ? figures.inputTokens + figures.outputTokens : figures.requests);
}

/** A bar for every day, with a part for every model. */
export function overviewPoints(
  { days, points }: Pick<Overview, 'days' | 'points'>,
  measure: OverviewMeasure,
  language: Language,
): BarPoint[] {
  const values = new Map(days.map(({ atMs }) => [atMs, new Map<string, bigint>()]));
  for (const point of points) values.get(point.atMs)?.set(point.model, overviewAmount(point, measure));
  return days.map(({ atMs }, index) => {
    const day = new Date(atMs).toISOString().slice(0, 10);
    return {
      id: day,
      label: shortDay(day, language),
      title: longDay(day, language),
      isNow: index === days.length - 1,
      values: values.get(atMs) ?? new Map<string, bigint>(),
    };
  });
}

/** The models of the whole span, the largest first by what is drawn. */
export function largestModels(
  models: Overview['models'],
  measure: OverviewMeasure,
): readonly Overview['models'][number][] {
  return models.toSorted((a, b) => {
    const difference = overviewAmount(b, measure) - overviewAmount(a, measure);
    return difference > 0n ? 1 : difference < 0n ? -1 : 0;
  });
}
