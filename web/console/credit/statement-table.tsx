import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { StatementRow } from '../../../src/http/api/wire/statement.ts';
import { Money } from '../../design/money.tsx';
import { useLanguage } from '../../shell/language.ts';
import { momentText } from '../../shell/moments.ts';
import type { CreditWords } from './words.en.ts';

interface TableProps {
  readonly words: CreditWords;
  readonly rows: readonly StatementRow[];
}

/** A row a movement. The running balance is there where every movement is. */
export function StatementTable({ words, rows }: TableProps): ReactNode {
  const { heads } = words;
  const hasBalance = rows.some(({ balanceAfterTicks }) => balanceAfterTicks !== null);
  return (
    <table className="tbl flush tight statement-table">
      <thead>
        <tr>
          <th className="hide-m">{heads.time}</th>
          <th>{heads.what}</th>
          <th className="hide-m">{heads.about}</th>
          <th className="r hide-m">{heads.charged}</th>
          <th className="r">{heads.change}</th>
          {hasBalance && <th className="r hide-m">{heads.balance}</th>}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Movement key={row.id} words={words} row={row} hasBalance={hasBalance} />
        ))}
      </tbody>
    </table>
  );
}

function Movement(props: {
  readonly words: CreditWords;
  readonly row: StatementRow;
  readonly hasBalance: boolean;
}): ReactNode {
  const { words, row } = props;
  const time = momentText(row.atMs, useLanguage());
  const named = row.model ?? row.memo ?? words.nothing;
  const about =
    row.requestId === null ? (
      named
    ) : (
      <Link href={`/console/requests/${encodeURIComponent(row.requestId)}`}>{named}</Link>
    );
  return (
    <tr>
      <td className="num hide-m">{time}</td>
      <td>
        <span className="b5">{words.kinds[row.kind]}</span>
        <span className="sub only-m">
          {time} · {about}
        </span>
      </td>
      <td className="t2 hide-m">{about}</td>
      <td className="r hide-m">
        {row.chargedTicks === null ? (
          <span className="t3">{words.nothing}</span>
        ) : (
          <Money ticks={row.chargedTicks} />
        )}
      </td>
      <td className={BigInt(row.amountTicks) > 0n ? 'r good' : 'r'}>
        {BigInt(row.amountTicks) > 0n && '+'}
        <Money ticks={row.amountTicks} />
      </td>
      {props.hasBalance && (
        <td className="r hide-m">
          {row.balanceAfterTicks !== null && <Money ticks={row.balanceAfterTicks} digits="balance" />}
        </td>
      )}
    </tr>
  );
}
