import {
  type InfiniteData,
  keepPreviousData,
  type UseInfiniteQueryResult,
  useInfiniteQuery,
} from '@tanstack/react-query';
import { ask } from './ask.ts';

interface Page<Row> {
  readonly rows: readonly Row[];
  readonly nextCursor: string | null;
}

/**
 * A list that goes on, page after page. `nextCursor` is asked with; the path is the name it is remembered by, as
 * with `useAnswer`.
 */
export function usePages<Row>(path: string): UseInfiniteQueryResult<InfiniteData<Page<Row>>> {
  return useInfiniteQuery({
    queryKey: [path],
    queryFn: ({ signal, pageParam }) =>
      ask<Page<Row>>('GET', pageParam === null ? path : withCursor(path, pageParam), undefined, signal),
    placeholderData: keepPreviousData,
    initialPageParam: null as string | null,
    getNextPageParam: (last: Page<Row>) => last.nextCursor,
  });
}

function withCursor(path: string, cursor: string): string {
  return `${path}${path.includes('?') ? '&' : '?'}cursor=${encodeURIComponent(cursor)}`;
}
