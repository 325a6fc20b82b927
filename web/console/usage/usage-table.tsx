import type { ReactNode } from 'react';
import type { UsageFigures, UsageGroup } from '../../../src/http/api/wire/usage.ts';
import { duration } from '../../design/figures.ts';
import { Money } from '../../design/money.tsx';
import { coloredSeries, OTHERS_COLOR } from '../../design/series-colors.ts';
import { amountOf, type UsageView } from './usage-view.ts';
import type { UsageWords } from './words.en.ts';

interface UsageTableProps {
  readonly words: UsageWords;
  readonly view: UsageView;
  /** As they are called on this page, the largest first. */
  readonly groups: readonly UsageGroup[];
  readonly total: UsageFigures;
  readonly onOnly: (group: UsageGroup) => void;
}

/** The same figures in rows: a click on a name shows only what belongs to it. */
export function UsageTable({ words, view, groups, total, onOnly }: UsageTableProps): ReactNode {
  const { heads } = words;
  const colors = new Map(coloredSeries(groups).map(({ id, color }) => [id, color]));
  const whole = amountOf(total, view.measure);
  return (
    <table className="tbl flush tight usage-table">
      <thead>
        <tr>
          <th>{words.groups[view.groupBy]}</th>
          <th className="r hide-m">{heads.requests}</th>
          <th className="r hide-m">{heads.failed}</th>
          {view.groupBy === 'model' && <th className="r hide-m">{heads.firstToken}</th>}
          <th className="r hide-m">{heads.inputTokens}</th>
          <th className="r hide-m">{heads.outputTokens}</th>
          <th className="r">{heads.share}</th>
          <th className="r">{heads.cost}</th>
        </tr>
      </thead>
      <tbody>
        {groups.map((group) => {
          const color = colors.get(group.id) ?? OTHERS_COLOR;
          return (
            <tr key={group.id}>
              <td>
                <button type="button" className="row name" onClick={() => onOnly(group)}>
                  <i className="sw" style={{ background: color }} />
                  <span className="b5 ell">{group.name}</span>
                </button>
                <span className="sub only-m">
                  {words.phoneLine(
                    count(group.requests),
                    count(group.inputTokens),
                    count(group.outputTokens),
                  )}
                </span>
              </td>
              <Counts figures={group} />
              {view.groupBy === 'model' && (
                <td className="r hide-m">
                  {group.medianFirstTokenMs === null ? words.none : duration(group.medianFirstTokenMs)}
                </td>
              )}
              <Tokens figures={group} />
              <Share part={amountOf(group, view.measure)} whole={whole} color={color} />
              <td className="r">
                <Money ticks={group.costTicks} digits="balance" />
              </td>
            </tr>
          );
        })}
      </tbody>
      <tfoot>
        <tr>
          <td>{words.total}</td>
          <Counts figures={total} />
          {view.groupBy === 'model' && <td className="hide-m" />}
          <Tokens figures={total} />
          <td />
          <td className="r">
            <Money ticks={total.costTicks} digits="balance" />
          </td>
        </tr>
      </tfoot>
    </table>
  );
}

function Counts({ figures }: { readonly figures: UsageFigures }): ReactNode {
  return (
    <>
      <td className="r hide-m">{count(figures.requests)}</td>
      <td className={figures.failedRequests === 0 ? 'r hide-m t3' : 'r hide-m'}>
        {count(figures.failedRequests)}
      </td>
    </>
  );
}

function Tokens({ figures }: { readonly figures: UsageFigures }): ReactNode {
  return (
    <>
      <td className="r hide-m">{count(figures.inputTokens)}</td>
      <td className="r hide-m">{count(figures.outputTokens)}</td>
    </>
  );
}

function Share(props: { readonly part: bigint; readonly whole: bigint; readonly color: string }): ReactNode {
  const permille = props.whole === 0n ? 0 : Number((props.part * 1_000n) / props.whole);
  const percent = (permille / 10).toFixed(1);
  return (
    <td className="r">
      <span className="row share">
        <span className="meter hide-m">
          <i style={{ width: `${percent}%`, background: props.color }} />
        </span>
        <span className="t2">{percent} %</span>
      </span>
    </td>
  );
}

function count(number: number): string {
  return number.toLocaleString('en');
}
