import type { BarPoint } from './bar-chart.tsx';
import { moneyText } from './money.tsx';
import { type ColoredSeries, coloredSeries, OTHERS_COLOR, type Series } from './series-colors.ts';

export type Measure = 'money' | 'count';

/** A bar: its parts in the order of the legend, and their sum. */
export interface Bar {
  readonly parts: readonly bigint[];
  readonly total: bigint;
}

/** The series that are drawn, with "others" where there are more than have a colour, and the bar of each point. */
export function barsOf(
  series: readonly Series[],
  points: readonly BarPoint[],
  others: string,
): { readonly legend: readonly ColoredSeries[]; readonly bars: readonly Bar[] } {
  const colored = coloredSeries(series);
  const rest = series.slice(colored.length);
  const legend =
    rest.length === 0 ? colored : [...colored, { id: 'others', name: others, color: OTHERS_COLOR }];
  const bars = points.map(({ values }) => {
    const own = colored.map(({ id }) => values.get(id) ?? 0n);
    const sumOfRest = rest.reduce((sum, { id }) => sum + (values.get(id) ?? 0n), 0n);
    const parts = rest.length === 0 ? own : [...own, sumOfRest];
    return { parts, total: parts.reduce((sum, part) => sum + part, 0n) };
  });
  return { legend, bars };
}

export function amountText(amount: bigint, measure: Measure): string {
  return measure === 'money' ? moneyText(String(amount)) : amount.toLocaleString('en');
}

const SHORT = new Intl.NumberFormat('en', { notation: 'compact' });
const CENT_TICKS = 100_000_000;

/** `$0.25`, `40K`; smaller money with the digits that it needs. */
export function axisText(line: number, measure: Measure): string {
  if (line === 0) return '0';
  if (measure === 'count') return SHORT.format(line);
  if (line % CENT_TICKS === 0) return moneyText(String(line), 2);
  return moneyText(String(line), 10).replace(/0+$/, '');
}
