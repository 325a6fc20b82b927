import { type CSSProperties, type KeyboardEvent, type ReactNode, useState } from 'react';
import './bar-chart.css';
import { barScale } from './bar-scale.ts';
import { BarTable } from './bar-table.tsx';
import { BarTip } from './bar-tip.tsx';
import { amountText, axisText, barsOf, type Measure } from './bar-values.ts';
import type { Series } from './series-colors.ts';
import { useWidth } from './use-width.ts';

/** What is seen of a day or hour. */
export interface BarPoint {
  readonly id: string;
  /** Below its bar: `9 Nov`. */
  readonly label: string;
  /** In full: `Saturday, 14 November`. */
  readonly title: string;
  /** Today, or this hour. */
  readonly isNow?: boolean;
  /** By series; what is absent is nothing. Ticks where it is money. */
  readonly values: ReadonlyMap<string, bigint>;
}

export interface BarChartWords {
  /** What the chart shows, for the table that is heard. */
  readonly label: string;
  /** The head of its first column. */
  readonly time: string;
  readonly others: string;
  readonly total: string;
}

interface BarChartProps {
  readonly words: BarChartWords;
  readonly measure: Measure;
  /** The largest first: it lies at the bottom. Those after the fifth become "others". */
  readonly series: readonly Series[];
  /** Every step of the span, the empty ones too, oldest first. */
  readonly points: readonly BarPoint[];
  readonly heightPx?: number;
}

/** What the longest label takes, with the space to the next one: `11月29日`. */
const LABEL_PX = 62;

/** On a phone the last label leans inward, towards the one before it. */
const LEAN_PX = 24;

/** Stacked bars from zero. The arrow keys go from bar to bar; a table with the same figures is read out. */
export function BarChart({ words, measure, series, points, heightPx = 180 }: BarChartProps): ReactNode {
  const [at, setAt] = useState<number | undefined>();
  const { legend, bars } = barsOf(series, points, words.others);
  const scale = barScale(bars.reduce((most, { total }) => (total > most ? total : most), 0n));
  const last = points.length - 1;
  const [labels, labelsPx] = useWidth<HTMLDivElement>();
  const every =
    labelsPx === undefined ? 1 : Math.ceil((points.length * LABEL_PX) / Math.max(1, labelsPx - LEAN_PX));
  const share = (value: number) => `${((value / scale.top) * 100).toFixed(2)}%`;
  const move = (event: KeyboardEvent<HTMLDivElement>) => {
    const to = { ArrowLeft: (at ?? last) - 1, ArrowRight: (at ?? last) + 1, Home: 0, End: last }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    (event.currentTarget.children[Math.min(Math.max(to, 0), last)] as HTMLElement).focus();
  };
  return (
    <div className="bar-chart">
      <div
        className="bars"
        style={{ '--h': `${heightPx}px` } as CSSProperties}
        onPointerLeave={() => setAt(undefined)}
      >
        <div className="yl" aria-hidden="true">
          {scale.lines.map((line) => (
            <span key={line} style={{ bottom: share(line) }}>
              {axisText(line, measure)}
            </span>
          ))}
        </div>
        <div className="plot">
          {scale.lines.map((line) => (
            <div className={line === 0 ? 'gl base' : 'gl'} key={line} style={{ bottom: share(line) }} />
          ))}
          <div className="cols" role="toolbar" aria-label={words.label} onKeyDown={move}>
            {bars.map(({ parts, total }, index) => (
              <button
                type="button"
                className={index === at ? 'col is-hover' : 'col'}
                key={points[index]?.id}
                tabIndex={index === (at ?? last) ? 0 : -1}
                aria-label={`${points[index]?.title}: ${amountText(total, measure)}`}
                onFocus={() => setAt(index)}
                onBlur={() => setAt(undefined)}
                onPointerEnter={() => setAt(index)}
              >
                <span className="st-">
                  {parts.map((part, of) =>
                    part === 0n ? null : (
                      <i
                        key={legend[of]?.id}
                        style={{
                          height: `calc(${share(Number(part))} - 1px)`,
                          background: legend[of]?.color,
                        }}
                      />
                    ),
                  )}
                </span>
              </button>
            ))}
          </div>
        </div>
        <div className="xl" aria-hidden="true" ref={labels}>
          {points.map(({ id, label, isNow }, index) => (
            <span className={labelClass(last - index, every, isNow)} key={id}>
              {label}
            </span>
          ))}
        </div>
      </div>
      {at !== undefined && bars[at] !== undefined && points[at] !== undefined && (
        <BarTip
          {...{ words, measure, legend }}
          title={points[at].title}
          bar={bars[at]}
          at={at}
          count={points.length}
        />
      )}
      <BarTable {...{ words, measure, legend, bars, points }} />
    </div>
  );
}

/** The last has its label, and before it as many as there is room for. */
function labelClass(fromLast: number, every: number, isNow = false): string {
  const names = [isNow && 'now', fromLast === 0 && 'last', fromLast % every !== 0 && 'unseen'];
  return names.filter(Boolean).join(' ');
}
