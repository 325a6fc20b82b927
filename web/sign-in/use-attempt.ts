import { useState } from 'react';
import { type Problem, problemOf } from './problem-of.ts';

/** One thing that is tried at a time, and what came of the last try. */
export function useAttempt(): {
  readonly isBusy: boolean;
  readonly problem: Problem | undefined;
  readonly attempt: (run: () => Promise<void>) => Promise<void>;
} {
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | undefined>();
  const attempt = async (run: () => Promise<void>) => {
    setBusy(true);
    setProblem(undefined);
    try {
      await run();
    } catch (error) {
      setProblem(problemOf(error));
    }
    setBusy(false);
  };
  return { isBusy, problem, attempt };
}
