import { keepPreviousData, type UseQueryResult, useQuery } from '@tanstack/react-query';
import { ask } from './ask.ts';

/**
 * What a path of the API answers to GET, kept while it is looked at. The path is the name it is remembered by:
 * `invalidateQueries({ queryKey: [path] })` asks again. Old figures stay while new ones load.
 */
export function useAnswer<Answer>(
  path: string,
  options: { readonly refreshMs?: number; readonly isOn?: boolean } = {},
): UseQueryResult<Answer> {
  return useQuery({
    queryKey: [path],
    queryFn: ({ signal }) => ask<Answer>('GET', path, undefined, signal),
    placeholderData: keepPreviousData,
    ...(options.refreshMs !== undefined && { refetchInterval: options.refreshMs }),
    ...(options.isOn !== undefined && { enabled: options.isOn }),
  });
}
