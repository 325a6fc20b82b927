import type { CSSProperties, ReactNode } from 'react';
import type { BarChartWords } from './bar-chart.tsx';
import { amountText, type Bar, type Measure } from './bar-values.ts';
import type { ColoredSeries } from './series-colors.ts';

interface BarTipProps {
  readonly words: BarChartWords;
  readonly measure: Measure;
  readonly legend: readonly ColoredSeries[];
  readonly title: string;
  readonly bar: Bar;
  /** Which bar of how many. */
  readonly at: number;
  readonly count: number;
}

/** Beside the bar that is looked at: its parts from the top down, and their sum. */
export function BarTip({ words, measure, legend, title, bar, at, count }: BarTipProps): ReactNode {
  return (
    <div className="tip hide-m" style={beside(at, count)} aria-hidden="true">
      <div className="tip-head">{title}</div>
      <div className="dl">
        {legend
          .map(({ id, name, color }, of) => (
            <Line key={id} name={name} color={color} amount={amountText(bar.parts[of] ?? 0n, measure)} />
          ))
          .reverse()}
        <i />
        <span className="tip-head">{words.total}</span>
        <span className="num dd b5">{amountText(bar.total, measure)}</span>
      </div>
    </div>
  );
}

function Line(props: { readonly name: string; readonly color: string; readonly amount: string }): ReactNode {
  return (
    <>
      <i className="sw" style={{ background: props.color }} />
      <span>{props.name}</span>
      <span className="num dd">{props.amount}</span>
    </>
  );
}

/** To the right of a bar in the left half, to the left of one in the right: never outside the chart. */
function beside(at: number, count: number): CSSProperties {
  const fromEdge = at < count / 2 ? at + 1 : count - at;
  const distance = `(100% - 44px) / ${count} * ${fromEdge} + 6px`;
  return at < count / 2 ? { left: `calc(44px + ${distance})` } : { right: `calc(${distance})` };
}
