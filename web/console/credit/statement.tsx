import { useInfiniteQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useSearchParams } from 'wouter';
import type { StatementPage } from '../../../src/http/api/wire/statement.ts';
import { ask } from '../../api/ask.ts';
import { Empty, Failed, Skeleton } from '../../design/section-state.tsx';
import { usePerson } from '../../shell/person.tsx';
import { EVERYTHING, readSpan, spanQuery } from './statement-filter.ts';
import { StatementFilters } from './statement-filters.tsx';
import { StatementTable } from './statement-table.tsx';
import type { CreditWords } from './words.en.ts';

/** Every movement of the team's credit, the youngest first, page by page. */
export function Statement({ words }: { readonly words: CreditWords }): ReactNode {
  const { team } = usePerson();
  const [address] = useSearchParams();
  const [filter, setFilter] = useState(() => readSpan(address));
  const path = `/teams/${team.id}/statement`;
  const query = new URLSearchParams({ what: filter.what, ...spanQuery(filter) }).toString();
  const statement = useInfiniteQuery({
    queryKey: [path, query],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      ask<StatementPage>('GET', `${path}?${query}${pageParam}`, undefined, signal),
    getNextPageParam: ({ nextCursor }) =>
      nextCursor === null ? undefined : `&cursor=${encodeURIComponent(nextCursor)}`,
  });
  const rows = statement.data?.pages.flatMap((page) => page.rows);
  return (
    <section className="sec">
      <StatementFilters
        words={words}
        filter={filter}
        onFilter={setFilter}
        exportPath={`/api/v1${path}/export`}
      />
      {rows === undefined && statement.error === null && <Skeleton label={words.loading} rows={6} />}
      {rows?.length === 0 && (
        <Empty {...words.empty}>
          {filter !== EVERYTHING && (
            <button type="button" className="btn" onClick={() => setFilter(EVERYTHING)}>
              {words.showEverything}
            </button>
          )}
        </Empty>
      )}
      {rows !== undefined && rows.length > 0 && <StatementTable words={words} rows={rows} />}
      {statement.error !== null && (
        <Failed
          text={words.failedStatement}
          again={words.again}
          onAgain={() => void (rows === undefined ? statement.refetch() : statement.fetchNextPage())}
        />
      )}
      {statement.hasNextPage && statement.error === null && (
        <p className="c more">
          <button
            type="button"
            className="btn"
            disabled={statement.isFetchingNextPage}
            onClick={() => void statement.fetchNextPage()}
          >
            {statement.isFetchingNextPage ? words.loadingMore : words.more}
          </button>
        </p>
      )}
    </section>
  );
}
