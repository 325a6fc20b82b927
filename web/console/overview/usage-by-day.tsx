import { type ReactNode, useState } from 'react';
import type { Overview } from '../../../src/http/api/wire/operator-overview.ts';
import { BarChart } from '../../design/bar-chart.tsx';
import { Money } from '../../design/money.tsx';
import { Empty } from '../../design/section-state.tsx';
import { coloredSeries, OTHERS_COLOR } from '../../design/series-colors.ts';
import { useLanguage } from '../../shell/language.ts';
import { largestModels, type OverviewMeasure, overviewPoints } from './overview-points.ts';
import type { OverviewWords } from './words.en.ts';

const MEASURES: readonly OverviewMeasure[] = ['cost', 'tokens', 'requests'];

interface UsageProps {
  readonly words: OverviewWords;
  readonly overview: Overview;
}

/** Two weeks by day and model: as bars, and as the rows they are made of. */
export function UsageByDay({ words, overview }: UsageProps): ReactNode {
  const [measure, setMeasure] = useState<OverviewMeasure>('cost');
  const language = useLanguage();
  const models = largestModels(overview.models, measure).map((sums) => ({
    ...sums,
    id: sums.model,
    name: sums.model === '' ? words.noModel : sums.model,
  }));
  if (models.length === 0) return <Empty {...words.noRequests} />;
  return (
    <section className="sec">
      <div className="sec-h">
        <h2>{words.days}</h2>
        <fieldset className="seg push overview-measure">
          <legend className="sr-only">{words.measure}</legend>
          {MEASURES.map((one) => (
            <button type="button" key={one} aria-pressed={one === measure} onClick={() => setMeasure(one)}>
              {words.measures[one]}
            </button>
          ))}
        </fieldset>
      </div>
      <BarChart
        words={{
          label: words.chart(words.measures[measure]),
          time: words.time,
          others: words.others,
          total: words.total,
        }}
        measure={measure === 'cost' ? 'money' : 'count'}
        series={models}
        points={overviewPoints(overview, measure, language)}
      />
      <ModelTable words={words} models={models} />
    </section>
  );
}

type NamedModel = Overview['models'][number] & { readonly id: string; readonly name: string };

function ModelTable(props: {
  readonly words: OverviewWords;
  readonly models: readonly NamedModel[];
}): ReactNode {
  const { words, models } = props;
  const { heads } = words;
  const colors = new Map(coloredSeries(models).map(({ id, color }) => [id, color]));
  return (
    <table className="tbl flush tight overview-table">
      <thead>
        <tr>
          <th>{heads.model}</th>
          <th className="r hide-m">{heads.requests}</th>
          <th className="r hide-m">{heads.failed}</th>
          <th className="r hide-m">{heads.inputTokens}</th>
          <th className="r hide-m">{heads.outputTokens}</th>
          <th className="r">{heads.charged}</th>
        </tr>
      </thead>
      <tbody>
        {models.map(({ id, name, requests, failedRequests, inputTokens, outputTokens, costTicks }) => (
          <tr key={id}>
            <td>
              <span className="row">
                <i className="sw" style={{ background: colors.get(id) ?? OTHERS_COLOR }} />
                <span className="b5 ell">{name}</span>
              </span>
              <span className="sub only-m">
                {words.phoneLine(
                  requests.toLocaleString('en'),
                  (inputTokens + outputTokens).toLocaleString('en'),
                )}
              </span>
            </td>
            <td className="r hide-m">{requests.toLocaleString('en')}</td>
            <td className={failedRequests === 0 ? 'r hide-m t3' : 'r hide-m'}>
              {failedRequests.toLocaleString('en')}
            </td>
            <td className="r hide-m">{inputTokens.toLocaleString('en')}</td>
            <td className="r hide-m">{outputTokens.toLocaleString('en')}</td>
            <td className="r">
              <Money ticks={costTicks} digits="balance" />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
