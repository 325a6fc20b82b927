import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { RequestResult, RequestRow } from '../../../src/http/api/wire/requests.ts';
import { duration } from '../../design/figures.ts';
import { Money } from '../../design/money.tsx';
import { useLanguage } from '../../shell/language.ts';
import { momentText } from '../../shell/moments.ts';
import './request-table.css';
import type { RequestTableWords } from './table-words.en.ts';

const SHAPES: Record<RequestResult, string> = {
  answered: 'dot',
  cut: 'dot warn',
  'client-left': 'dot off',
  refused: 'dot bad',
  failed: 'dot bad',
};

const NOTHING = '—';

interface RequestTableProps {
  readonly words: RequestTableWords;
  readonly rows: readonly RequestRow[];
}

/** A row a request, the youngest first; all of it leads to the request. On a phone the name and the money stay. */
export function RequestTable({ words, rows }: RequestTableProps): ReactNode {
  const { columns } = words;
  return (
    <table className="tbl flush requests">
      <thead className="hide-m">
        <tr>
          <th>{columns.time}</th>
          <th>{columns.model}</th>
          <th>{columns.source}</th>
          <th>{columns.result}</th>
          <th className="r">{columns.first}</th>
          <th className="r">{columns.whole}</th>
          <th className="r">{columns.tokensIn}</th>
          <th className="r">{columns.tokensOut}</th>
          <th className="r">{columns.cost}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={row.id} words={words} row={row} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ words, row }: { readonly words: RequestTableWords; readonly row: RequestRow }): ReactNode {
  const time = momentText(row.atMs, useLanguage());
  const source = row.source.name ?? words.source[row.source.kind];
  return (
    <tr>
      <td className="num hide-m">{time}</td>
      <td className="who">
        <Link href={`/console/requests/${encodeURIComponent(row.id)}`} className="b5 ell whole-row">
          {row.model === '' ? words.noModel : row.model}
        </Link>
        <span className="sub only-m">
          <span className="ell">
            {time} · {source}
          </span>
        </span>
      </td>
      <td className="hide-m t2">
        <div className="ell source">{source}</div>
      </td>
      <td className="hide-m">
        <Result words={words} result={row.result} />
      </td>
      <td className="r hide-m">
        {row.timeToFirstTokenMs === null ? NOTHING : duration(row.timeToFirstTokenMs)}
      </td>
      <td className="r hide-m">{duration(row.durationMs)}</td>
      <td className="r hide-m">{row.inputTokens.toLocaleString('en')}</td>
      <td className="r hide-m">{row.outputTokens.toLocaleString('en')}</td>
      <td className="r">
        <Money ticks={row.costTicks} />
        <span className="sub only-m ended">
          <Result words={words} result={row.result} />
        </span>
      </td>
    </tr>
  );
}

/** How it ended, by shape, colour and word. */
function Result(props: { readonly words: RequestTableWords; readonly result: RequestResult }): ReactNode {
  return (
    <span className="st">
      <i className={SHAPES[props.result]} />
      {props.words.result[props.result]}
    </span>
  );
}
