import { type ReactNode, useState } from 'react';
import type { Home } from '../../../src/http/api/wire/home.ts';
import { BarChart } from '../../design/bar-chart.tsx';
import { moneyText } from '../../design/money.tsx';
import { coloredSeries, OTHERS_COLOR } from '../../design/series-colors.ts';
import { useLanguage } from '../../shell/language.ts';
import { dayPoints, type HomeMeasure, MEASURES, modelsOf } from './home-days.ts';
import type { HomeWords } from './words.en.ts';

/** Below it, two places would make nothing of most amounts. */
const A_DOLLAR = 10_000_000_000n;

/** The last two weeks, a bar a day, by model. */
export function LastDays({ home, words }: { readonly home: Home; readonly words: HomeWords }): ReactNode {
  const [measure, setMeasure] = useState<HomeMeasure>('cost');
  const language = useLanguage();
  const { series: models, total } = modelsOf(home.days, measure);
  const series = models.map((model) =>
    model.name === '' ? { ...model, name: words.requestTable.noModel } : model,
  );
  const isMoney = measure === 'cost';
  const places = total < A_DOLLAR ? 4 : 2;
  const text = (amount: bigint) =>
    isMoney ? moneyText(String(amount), places) : amount.toLocaleString('en');
  return (
    <div className="last-days">
      <div className="sec-h">
        <h2>{words.lastDays}</h2>
        <span className="meta num">{text(total)}</span>
        <fieldset className="seg push" aria-label={words.measure}>
          {MEASURES.map((name) => (
            <button type="button" key={name} aria-pressed={name === measure} onClick={() => setMeasure(name)}>
              {words.measures[name]}
            </button>
          ))}
        </fieldset>
      </div>
      {home.days.length === 0 ? (
        <p className="t3">{words.noDays}</p>
      ) : (
        <>
          <BarChart
            words={{
              label: words.chart(words.measures[measure]),
              time: words.day,
              others: words.otherModels,
              total: words.total,
            }}
            measure={isMoney ? 'money' : 'count'}
            series={series}
            points={dayPoints(home.days, measure, home.today.startsAtMs, language)}
            heightPx={164}
          />
          <Legend series={series} total={total} others={words.otherModels} text={text} />
        </>
      )}
    </div>
  );
}

/** The colours by name, each with its sum; those without a colour of their own are one. */
function Legend(props: {
  readonly series: ReturnType<typeof modelsOf>['series'];
  readonly total: bigint;
  readonly others: string;
  readonly text: (amount: bigint) => string;
}): ReactNode {
  const { series, total, others, text } = props;
  const colored = coloredSeries(series);
  const amounts = new Map(series.map(({ id, amount }) => [id, amount]));
  const rest = colored.reduce((left, { id }) => left - (amounts.get(id) ?? 0n), total);
  const rows = [
    ...colored.map(({ id, name, color }) => ({ id, name, color, amount: amounts.get(id) ?? 0n })),
    ...(rest > 0n ? [{ id: '', name: others, color: OTHERS_COLOR, amount: rest }] : []),
  ];
  return (
    <ul className="legend day-legend">
      {rows.map(({ id, name, color, amount }) => (
        <li key={id}>
          <i className="sw" style={{ background: color }} />
          {name} <span className="t3 num">{text(amount)}</span>
        </li>
      ))}
    </ul>
  );
}
