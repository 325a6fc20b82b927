import type { ReactNode } from 'react';
import type { BarChartWords, BarPoint } from './bar-chart.tsx';
import { amountText, type Bar, type Measure } from './bar-values.ts';
import type { ColoredSeries } from './series-colors.ts';

interface BarTableProps {
  readonly words: BarChartWords;
  readonly measure: Measure;
  readonly legend: readonly ColoredSeries[];
  readonly points: readonly BarPoint[];
  readonly bars: readonly Bar[];
}

/** The figures of a chart for those who hear it. */
export function BarTable({ words, measure, legend, points, bars }: BarTableProps): ReactNode {
  return (
    // A table does not keep to a width of its own, so that what hides it is around it.
    <div className="sr-only">
      <table>
        <caption>{words.label}</caption>
        <thead>
          <tr>
            <th scope="col">{words.time}</th>
            {legend.map(({ id, name }) => (
              <th scope="col" key={id}>
                {name}
              </th>
            ))}
            <th scope="col">{words.total}</th>
          </tr>
        </thead>
        <tbody>
          {points.map(({ id, title }, index) => (
            <tr key={id}>
              <th scope="row">{title}</th>
              {legend.map((series, of) => (
                <td key={series.id}>{amountText(bars[index]?.parts[of] ?? 0n, measure)}</td>
              ))}
              <td>{amountText(bars[index]?.total ?? 0n, measure)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
