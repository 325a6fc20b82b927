import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import type { SetUpState } from '../../src/http/api/wire/set-up.ts';
import { ask } from '../api/ask.ts';

/** Somebody else may set the server up while this page is open. */
const REFRESH_MS = 15_000;

/** Whether somebody has to set this server up, and whether the token would do it. */
export function useSetUpState(token: string | undefined, isOn: boolean): UseQueryResult<SetUpState> {
  return useQuery({
    queryKey: ['/set-up', token],
    queryFn: ({ signal }) =>
      ask<SetUpState>('GET', '/set-up', undefined, signal, {
        ...(token !== undefined && { 'x-turnpike-set-up-token': token }),
      }),
    enabled: isOn,
    refetchInterval: REFRESH_MS,
  });
}
