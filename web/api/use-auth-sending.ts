import { useState } from 'react';
import { AuthRefused } from './send-auth.ts';
import type { Trouble } from './use-sending.ts';

/** What is said for each code of sign-in, besides too many tries and a server that is away. */
export type AuthTroubles = Readonly<Record<string, string>> & {
  readonly tooMany: string;
  readonly away: string;
};

interface AuthSending {
  readonly isBusy: boolean;
  readonly trouble: Trouble | undefined;
  /** Whether it was done; what went wrong is in `trouble` until the next try. */
  readonly send: (work: () => Promise<unknown>) => Promise<boolean>;
}

/** As `useSending`, for what goes to the sign-in routes, whose refusals are codes. */
export function useAuthSending(
  troubles: AuthTroubles,
  fieldOf: Readonly<Record<string, string>> = {},
): AuthSending {
  const [isBusy, setIsBusy] = useState(false);
  const [trouble, setTrouble] = useState<Trouble | undefined>();
  const send = async (work: () => Promise<unknown>): Promise<boolean> => {
    setIsBusy(true);
    setTrouble(undefined);
    try {
      await work();
      return true;
    } catch (error) {
      const code = error instanceof AuthRefused ? error.code : '';
      const isTooMany = error instanceof AuthRefused && error.status === 429;
      const message = troubles[code] ?? (isTooMany ? troubles.tooMany : troubles.away);
      setTrouble({ message, field: fieldOf[code] });
      return false;
    } finally {
      setIsBusy(false);
    }
  };
  return { isBusy, trouble, send };
}
