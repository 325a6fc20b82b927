import { useQuery } from '@tanstack/react-query';
import type { SignInWays } from '../../src/http/api/wire/sign-in-ways.ts';
import { look } from '../api/send-auth.ts';

/** How one can sign in here; undefined until it is known. */
export function useWays(): SignInWays | undefined {
  return useQuery({ queryKey: ['auth', '/ways'], queryFn: () => look<SignInWays>('/ways') }).data;
}
