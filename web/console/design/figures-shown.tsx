import type { ReactNode } from 'react';
import { BarChart } from '../../design/bar-chart.tsx';
import { bytes, clock, duration } from '../../design/figures.ts';
import { HealthStrip } from '../../design/health-strip.tsx';
import { Money } from '../../design/money.tsx';
import { useLanguage } from '../../shell/language.ts';
import { longDay, shortDay } from '../../shell/moments.ts';
import { ShownPart } from './shown-part.tsx';
import type { DesignWords } from './words.en.ts';

const DAY_MS = 86_400_000;
const FIRST_DAY_MS = Date.UTC(2026, 10, 9);
const SERIES = ['grok-beta', 'grok-2-1212', 'grok-vision-beta'];
/** Made up, and the same every time. */
const AMOUNTS = [40, 68, 76, 79, 70, 78, 25, 52, 61, 84, 63, 87, 46, 62];
const HOURS = Array.from({ length: 24 }, (_, hour) => ({
  atMs: hour,
  answered: hour < 2 ? 0 : 9,
  failed: hour === 12 ? 3 : hour > 21 ? 12 : 0,
}));

/** Money, times, bars and health: exact, tabular, and told in words as well. */
export function Figures({ words }: { readonly words: DesignWords }): ReactNode {
  const language = useLanguage();
  const points = AMOUNTS.map((amount, index) => {
    const day = new Date(FIRST_DAY_MS + index * DAY_MS).toISOString().slice(0, 10);
    return {
      id: day,
      label: shortDay(day, language),
      title: longDay(day, language),
      isNow: index === AMOUNTS.length - 1,
      values: new Map(SERIES.map((id, part) => [id, BigInt(amount * (3 - part)) * 20_000_000n])),
    };
  });
  return (
    <ShownPart title={words.figures} source="money.tsx, figures.ts, bar-chart.tsx, health-strip.tsx">
      <div className="row g4 wrap">
        <span className="figure">
          <Money ticks="161177630000" digits="balance" />
        </span>
        <Money ticks="127050000" />
        <Money ticks="-88822370000" digits="balance" />
        <span className="num">{duration(548)}</span>
        <span className="num">{duration(4_980)}</span>
        <span className="num">{bytes(1_100_000_000)}</span>
        <span className="num">{clock(42)}</span>
        <HealthStrip label={words.health} hours={HOURS} />
      </div>
      <BarChart
        words={{ label: words.chart, time: words.day, others: words.others, total: words.total }}
        measure="money"
        series={SERIES.map((id) => ({ id, name: id }))}
        points={points}
      />
      <table className="tbl flush tight">
        <thead>
          <tr>
            <th>{words.model}</th>
            <th className="r">{words.requests}</th>
            <th className="r">{words.cost}</th>
          </tr>
        </thead>
        <tbody>
          {SERIES.map((name, index) => (
            <tr key={name} className={index === 2 ? 'dim' : ''}>
              <td>{name}</td>
              <td className="r">{(557 - index * 170).toLocaleString('en')}</td>
              <td className="r">
                <Money ticks={String(57_497_450_000n / BigInt(index + 1))} digits="balance" />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ShownPart>
  );
}
