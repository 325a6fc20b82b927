import type { ReactNode } from 'react';
import type { Problem } from './problem-of.ts';
import type { SignInWords } from './words.en.ts';

/** Why the last try did not go through. */
export function AttemptProblem(props: {
  readonly words: SignInWords;
  readonly problem: Problem | undefined;
}): ReactNode {
  const { words, problem } = props;
  if (problem === undefined) return null;
  return (
    <p className="banner bad" role="alert">
      {words.problems[problem]}
    </p>
  );
}
