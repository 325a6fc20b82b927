import type { ReactNode } from 'react';
import type { SignInWays } from '../../src/http/api/wire/sign-in-ways.ts';
import { send } from '../api/send-auth.ts';
import { AttemptProblem } from './attempt-problem.tsx';
import { useAttempt } from './use-attempt.ts';
import type { SignInWords } from './words.en.ts';

interface ProviderButtonsProps {
  readonly words: SignInWords;
  readonly providers: SignInWays['providers'];
  /** Where to go afterwards. */
  readonly then: string;
}

/** The ways in by somebody else's word; what is not configured is not shown. */
export function ProviderButtons({ words, providers, then }: ProviderButtonsProps): ReactNode {
  const { isBusy, problem, attempt } = useAttempt();
  if (providers.length === 0) return null;
  const isAlone = providers.length === 1;
  const go = (provider: string) =>
    attempt(async () => {
      const { url } = await send<{ url: string }>('/sign-in/social', { provider, callbackURL: then });
      location.assign(url);
    });
  return (
    <>
      <div className={isAlone ? 'stack' : 'two'}>
        {providers.map(({ id, name }) => (
          <button
            type="button"
            className="btn block"
            key={id}
            aria-label={words.continueWith(name)}
            disabled={isBusy}
            onClick={() => void go(id)}
          >
            {isAlone ? words.continueWith(name) : name}
          </button>
        ))}
      </div>
      <AttemptProblem words={words} problem={problem} />
    </>
  );
}
