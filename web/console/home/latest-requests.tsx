import type { ReactNode } from 'react';
import type { RequestResult, RequestRow } from '../../../src/http/api/wire/requests.ts';
import { duration } from '../../design/figures.tsx';
import { Money } from '../../design/money.tsx';
import { Empty } from '../../design/section-state.tsx';
import { useLanguage } from '../../shell/language.ts';
import { momentText } from '../../shell/moments.ts';
import type { HomeWords } from './words.en.ts';

const SHAPES: Record<RequestResult, string> = {
  answered: 'dot',
  cut: 'dot warn',
  'client-left': 'dot off',
  refused: 'dot bad',
  failed: 'dot bad',
};

const NOTHING = '—';

interface LatestRequestsProps {
  readonly rows: readonly RequestRow[];
  readonly words: HomeWords;
}

/** The last requests of the team, the youngest first. On a phone the name and the money stay. */
export function LatestRequests({ rows, words }: LatestRequestsProps): ReactNode {
  const language = useLanguage();
  const { columns } = words;
  return (
    <section className="sec">
      <div className="sec-h">
        <h2>{words.latest}</h2>
      </div>
      {rows.length === 0 ? (
        <Empty title={words.empty.title} text={words.empty.text} />
      ) : (
        <table className="tbl flush">
          <thead>
            <tr>
              <th>{columns.time}</th>
              <th>{columns.model}</th>
              <th className="hide-m">{columns.source}</th>
              <th>{columns.result}</th>
              <th className="r hide-m">{columns.first}</th>
              <th className="r hide-m">{columns.whole}</th>
              <th className="r hide-m">{columns.tokensIn}</th>
              <th className="r hide-m">{columns.tokensOut}</th>
              <th className="r">{columns.cost}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.id}>
                <td className="num">{momentText(row.atMs, language)}</td>
                <td className="b5">{row.model === '' ? words.noModel : row.model}</td>
                <td className="hide-m t2">{row.source.name ?? words.source[row.source.kind]}</td>
                <td>
                  <span className="st">
                    <i className={SHAPES[row.result]} />
                    {words.result[row.result]}
                  </span>
                </td>
                <td className="r hide-m">
                  {row.timeToFirstTokenMs === null ? NOTHING : duration(row.timeToFirstTokenMs)}
                </td>
                <td className="r hide-m">{duration(row.durationMs)}</td>
                <td className="r hide-m">{row.inputTokens.toLocaleString('en')}</td>
                <td className="r hide-m">{row.outputTokens.toLocaleString('en')}</td>
                <td className="r">
                  <Money ticks={row.costTicks} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
