import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import type { SignUpState } from '../../src/http/api/wire/sign-up.ts';
import { ask } from '../api/ask.ts';

/** Who may make themselves an account here, and what the link is for that somebody came by. */
export function useSignUpState(token: string): UseQueryResult<SignUpState> {
  return useQuery({
    queryKey: ['/sign-up', token],
    queryFn: ({ signal }) =>
      ask<SignUpState>('GET', '/sign-up', undefined, signal, {
        ...(token !== '' && { 'x-turnpike-invitation-token': token }),
      }),
  });
}
