import { useState } from 'react';
import { Refused } from './ask.ts';

export interface Trouble {
  readonly message: string;
  /** The member of the body that it is about. */
  readonly field: string | undefined;
}

interface Sending {
  readonly isBusy: boolean;
  readonly trouble: Trouble | undefined;
  /** Whether it was done; what went wrong is in `trouble` until the next try. */
  readonly send: (work: () => Promise<unknown>) => Promise<boolean>;
}

/** One thing that a form or a button sends: busy while it runs, and in words when it was not done. */
export function useSending(didNotWork: string): Sending {
  const [isBusy, setIsBusy] = useState(false);
  const [trouble, setTrouble] = useState<Trouble | undefined>();
  const send = async (work: () => Promise<unknown>): Promise<boolean> => {
    setIsBusy(true);
    setTrouble(undefined);
    try {
      await work();
      return true;
    } catch (error) {
      const isSaid = error instanceof Refused && error.message !== '';
      setTrouble({
        message: isSaid ? error.message : didNotWork,
        field: isSaid ? error.field : undefined,
      });
      return false;
    } finally {
      setIsBusy(false);
    }
  };
  return { isBusy, trouble, send };
}
