import { type ReactNode, useState } from 'react';
import type { ActivityEntry } from '../../../src/http/api/wire/operator-installation.ts';
import { usePages } from '../../api/use-pages.ts';
import { Empty, Failed, Skeleton } from '../../design/section-state.tsx';
import { zoneName } from '../../shell/zone.ts';
import './activity.css';
import { ActivityFilters } from './activity-filters.tsx';
import { ActivityTable } from './activity-table.tsx';
import { ALL_CHANGES, activityPath } from './activity-view.ts';
import type { ActivityWords } from './words.en.ts';

/** `/console/activity`: what was changed, by whom, when, from where, and how it was before. */
export function ActivityPage({ words }: { readonly words: ActivityWords }): ReactNode {
  const [view, setView] = useState(ALL_CHANGES);
  const activity = usePages<ActivityEntry>(activityPath(view));
  const rows = activity.data?.pages.flatMap((page) => page.rows);
  const isFiltered = view !== ALL_CHANGES;
  return (
    <div className="page">
      <div className="head">
        <div>
          <h1>{words.title}</h1>
          <p className="sub">{words.lead(zoneName())}</p>
        </div>
      </div>
      <ActivityFilters words={words} view={view} onView={setView} />
      {activity.isError && (
        <Failed text={words.failed} again={words.again} onAgain={() => void activity.refetch()} />
      )}
      {activity.isPending && <Skeleton label={words.loading} rows={6} />}
      {rows?.length === 0 && !activity.hasNextPage && (
        <Empty {...(isFiltered ? words.noneFound : words.empty)}>
          {isFiltered && (
            <button type="button" className="btn" onClick={() => setView(ALL_CHANGES)}>
              {words.clear}
            </button>
          )}
        </Empty>
      )}
      {rows !== undefined && rows.length > 0 && (
        <ActivityTable words={words} rows={rows} onActor={(actor) => setView({ ...view, actor })} />
      )}
      {activity.hasNextPage && (
        <button
          type="button"
          className="btn activity-more"
          disabled={activity.isFetchingNextPage}
          onClick={() => void activity.fetchNextPage()}
        >
          {activity.isFetchingNextPage ? words.loadingMore : words.more}
        </button>
      )}
    </div>
  );
}
