import type { ReactNode } from 'react';
import type { Usage, UsageGroup } from '../../../src/http/api/wire/usage.ts';
import { BarChart } from '../../design/bar-chart.tsx';
import { Money } from '../../design/money.tsx';
import { Empty } from '../../design/section-state.tsx';
import { useLanguage } from '../../shell/language.ts';
import { largestFirst, usagePoints } from './usage-points.ts';
import { UsageTable } from './usage-table.tsx';
import { LONGEST_RANGE, onlyOf, type UsageView, withRange } from './usage-view.ts';
import type { UsageWords } from './words.en.ts';

interface ReportProps {
  readonly words: UsageWords;
  readonly view: UsageView;
  readonly usage: Usage;
  readonly onView: (view: UsageView) => void;
}

/** The sums, the bars, and the rows they are made of. */
export function UsageReport({ words, view, usage, onView }: ReportProps): ReactNode {
  const language = useLanguage();
  if (usage.total.requests === 0)
    return (
      <Empty {...words.empty}>
        {view.range !== LONGEST_RANGE && (
          <button type="button" className="btn" onClick={() => onView(withRange(view, LONGEST_RANGE))}>
            {words.ranges[LONGEST_RANGE]}
          </button>
        )}
      </Empty>
    );
  const groups = largestFirst(usage.groups, view.measure).map((group) => ({
    ...group,
    name: groupName(words, view, group),
  }));
  return (
    <>
      <Sums words={words} usage={usage} />
      <div className="chart">
        <BarChart
          words={{
            label: words.chart(words.measures[view.measure], words.by[view.groupBy]),
            time: words.time,
            others: words.others,
            total: words.total,
          }}
          measure={view.measure === 'cost' ? 'money' : 'count'}
          series={groups}
          points={usagePoints(usage, view.measure, language)}
          heightPx={236}
        />
      </div>
      <UsageTable
        words={words}
        view={view}
        groups={groups}
        total={usage.total}
        onOnly={(group) => onView(onlyOf(view, group))}
      />
    </>
  );
}

/**
 * What came through no key has the name of where it came from. Calls of a model that there is not, and what is gone, have
 * none.
 */
function groupName(words: UsageWords, { groupBy }: UsageView, { id, name }: UsageGroup): string {
  if (id === 'console' || id === 'chat') return words.keyless[id];
  return name === '' ? words.nameless[groupBy] : name;
}

function Sums({ words, usage: { total } }: { readonly words: UsageWords; readonly usage: Usage }): ReactNode {
  const counts = [
    [words.heads.requests, total.requests],
    [words.heads.inputTokens, total.inputTokens],
    [words.heads.outputTokens, total.outputTokens],
  ] as const;
  return (
    <div className="band b4 pair figs">
      <div>
        <div className="k">{words.heads.cost}</div>
        <div className="figure sm">
          <Money ticks={total.costTicks} digits="balance" />
        </div>
      </div>
      {counts.map(([name, number]) => (
        <div key={name}>
          <div className="k">{name}</div>
          <div className="figure sm">{number.toLocaleString('en')}</div>
        </div>
      ))}
    </div>
  );
}
