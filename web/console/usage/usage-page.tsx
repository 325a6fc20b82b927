import { type ReactNode, useState } from 'react';
import type { Usage } from '../../../src/http/api/wire/usage.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { Icon } from '../../design/icons.tsx';
import { Failed, Skeleton } from '../../design/section-state.tsx';
import { useLanguage } from '../../shell/language.ts';
import { shortDay } from '../../shell/moments.ts';
import { usePerson } from '../../shell/person.tsx';
import './usage.css';
import { UsageFilters } from './usage-filters.tsx';
import { UsageReport } from './usage-report.tsx';
import { FIRST_VIEW, spanOf, type UsageView, usageQuery } from './usage-view.ts';
import type { UsageWords } from './words.en.ts';

const REFRESH_MS = 60_000;

/** `/console/usage`: what was used, by time and by model, key or person. */
export function UsagePage({ words }: { readonly words: UsageWords }): ReactNode {
  const { team } = usePerson();
  const [view, setView] = useState<UsageView>(FIRST_VIEW);
  const query = usageQuery(view, Date.now());
  const path = `/teams/${team.id}/usage`;
  const usage = useAnswer<Usage>(`${path}?${query}`, { refreshMs: REFRESH_MS });
  return (
    <div className="page">
      <div className="head">
        <div>
          <h1>{words.title}</h1>
          <p className="sub">
            <Span view={view} words={words} />
          </p>
        </div>
        <div className="acts hide-m">
          <a className="btn" href={`/api/v1${path}.csv?${query}`} download>
            <Icon name="download" />
            CSV
          </a>
        </div>
      </div>
      <UsageFilters words={words} view={view} onView={setView} />
      {usage.data === undefined && usage.error === null && <Skeleton label={words.loading} rows={6} />}
      {usage.error !== null && (
        <Failed text={words.failed} again={words.again} onAgain={() => void usage.refetch()} />
      )}
      {usage.data !== undefined && (
        <UsageReport words={words} view={view} usage={usage.data} onView={setView} />
      )}
    </div>
  );
}

function Span({ view, words }: { readonly view: UsageView; readonly words: UsageWords }): ReactNode {
  const language = useLanguage();
  const { fromMs, toMs } = spanOf(view, Date.now());
  const day = (ms: number) => shortDay(new Date(ms).toISOString().slice(0, 10), language);
  return words.span(day(fromMs), day(toMs - 1), view.step);
}
