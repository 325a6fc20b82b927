import { type ReactNode, useEffect, useState } from 'react';
import { useSearchParams } from 'wouter';
import type { RequestRow } from '../../../src/http/api/wire/requests.ts';
import { useLiveRows } from '../../api/use-live-rows.ts';
import { usePages } from '../../api/use-pages.ts';
import { Empty, Failed, Skeleton } from '../../design/section-state.tsx';
import { usePerson } from '../../shell/person.tsx';
import { zoneName } from '../../shell/zone.ts';
import {
  ALL_REQUESTS,
  filterQuery,
  isShown,
  type RequestFilter,
  readFilter,
  writeFilter,
} from './request-filter.ts';
import { RequestFilters } from './request-filters.tsx';
import { RequestTable } from './request-table.tsx';
import './requests.css';
import type { RequestsWords } from './words.en.ts';

/** More than these are not read one by one, and would make the page slow. */
const MOST_SHOWN = 500;
const MOST_LIVE = 200;

/** `/console/requests`: what the team asks as it happens, and what it asked before. */
export function RequestsPage({ words }: { readonly words: RequestsWords }): ReactNode {
  const { team } = usePerson();
  const [address, setAddress] = useSearchParams();
  const filter = readFilter(address);
  const setFilter = (next: RequestFilter) => setAddress(writeFilter(next), { replace: true });
  const path = `/teams/${team.id}/requests`;
  const query = filterQuery(filter);
  return (
    <div className="page">
      <div className="head requests-head">
        <div>
          <h1>{words.title}</h1>
          <p className="sub">{words.lead(zoneName())}</p>
        </div>
      </div>
      <RequestFilters words={words} filter={filter} onFilter={setFilter} />
      <Requests key={`${path}?${query}`} words={words} path={path} filter={filter} onFilter={setFilter} />
    </div>
  );
}

interface RequestsProps {
  readonly words: RequestsWords;
  readonly path: string;
  readonly filter: RequestFilter;
  readonly onFilter: (filter: RequestFilter) => void;
}

function Requests({ words, path, filter, onFilter }: RequestsProps): ReactNode {
  const pages = usePages<RequestRow>(`${path}?${filterQuery(filter)}`);
  const live = useLiveRows<RequestRow>(
    filter.toDay === '' ? `${path}/live` : undefined,
    'request',
    MOST_LIVE,
  );
  const [pausedAt, setPausedAt] = useState<number | undefined>();
  const { refetch } = pages;
  // What ended between the first page and the beginning of the live events would be in neither.
  useEffect(() => {
    if (live.isOpen) void refetch();
  }, [live.isOpen, refetch]);
  const waiting = live.rows.slice(0, pausedAt === undefined ? 0 : live.count - pausedAt);
  const held = new Set(waiting.map(({ id }) => id));
  const fresh = live.rows.slice(waiting.length).filter((row) => isShown(filter, row));
  const known = new Set(fresh.map(({ id }) => id));
  const older = pages.data?.pages.flatMap((page) => page.rows) ?? [];
  const rows = [...fresh, ...older.filter(({ id }) => !known.has(id) && !held.has(id))];
  const isLoaded = pages.data !== undefined;
  const hasFilter = writeFilter(filter).size > 0;
  const isFull = rows.length >= MOST_SHOWN;
  return (
    <>
      {filter.toDay === '' && (
        <LiveBar
          words={words}
          isOpen={live.isOpen}
          isPaused={pausedAt !== undefined}
          waiting={waiting.filter((row) => isShown(filter, row)).length}
          onTurn={() => setPausedAt(pausedAt === undefined ? live.count : undefined)}
        />
      )}
      {!isLoaded && pages.error === null && <Skeleton label={words.loading} rows={8} />}
      {rows.length > 0 && <RequestTable words={words.table} rows={rows} />}
      {isLoaded && rows.length === 0 && (
        <Nothing
          words={words}
          hasFilter={hasFilter}
          isMore={pages.hasNextPage}
          onClear={() => onFilter(ALL_REQUESTS)}
        />
      )}
      {pages.error !== null && (
        <Failed
          text={words.failed}
          again={words.again}
          onAgain={() => void (isLoaded ? pages.fetchNextPage() : pages.refetch())}
        />
      )}
      {pages.hasNextPage && pages.error === null && (
        <p className="c more">
          {isFull ? (
            <span className="meta t3">{words.full(rows.length.toLocaleString('en'))}</span>
          ) : (
            <button
              type="button"
              className="btn"
              disabled={pages.isFetchingNextPage}
              onClick={() => void pages.fetchNextPage()}
            >
              {pages.isFetchingNextPage
                ? words.loadingMore
                : rows.length === 0
                  ? words.lookFurther
                  : words.more}
            </button>
          )}
        </p>
      )}
    </>
  );
}

/** Whether rows come by themselves, and a way to read in peace. */
function LiveBar(props: {
  readonly words: RequestsWords;
  readonly isOpen: boolean;
  readonly isPaused: boolean;
  readonly waiting: number;
  readonly onTurn: () => void;
}): ReactNode {
  const { words, isOpen, isPaused, waiting, onTurn } = props;
  const [dot, text] = isPaused
    ? ['dot off', words.paused]
    : isOpen
      ? ['dot live', words.live]
      : ['dot warn', words.connecting];
  const resume = waiting === 0 ? words.resume : words.resumeWith(waiting.toLocaleString('en'));
  return (
    <div className="row live-bar">
      <span className="st meta" role="status">
        <i className={dot} />
        {text}
      </span>
      <button type="button" className={waiting > 0 ? 'btn sm pri' : 'btn sm'} onClick={onTurn}>
        {isPaused ? resume : words.pause}
      </button>
    </div>
  );
}

function Nothing(props: {
  readonly words: RequestsWords;
  readonly hasFilter: boolean;
  readonly isMore: boolean;
  readonly onClear: () => void;
}): ReactNode {
  const { words, hasFilter, isMore, onClear } = props;
  if (!hasFilter) return <Empty {...words.empty} />;
  const { title, text, soFar } = words.noneFound;
  return (
    <Empty title={title} text={isMore ? soFar : text}>
      <button type="button" className="btn" onClick={onClear}>
        {words.filters.clear}
      </button>
    </Empty>
  );
}
