import { type ReactNode, useState } from 'react';
import { Link } from 'wouter';
import { send } from '../api/send-auth.ts';
import { AttemptProblem } from './attempt-problem.tsx';
import { Gate } from './gate.tsx';
import { letterToken } from './letter-token.ts';
import { useAttempt } from './use-attempt.ts';
import type { SignInWords } from './words.en.ts';

interface Confirmed {
  readonly email: string;
  readonly isChanged: boolean;
}

/**
 * `/confirm`: where the link of a letter about an address leads. Only the button changes something: programs that look
 * through mail open links as well.
 */
export function ConfirmPage({ words }: { readonly words: SignInWords }): ReactNode {
  const { isBusy, problem, attempt } = useAttempt();
  const [token] = useState(letterToken);
  const [done, setDone] = useState<Confirmed | undefined>();
  const confirm = () => attempt(async () => setDone(await send<Confirmed>('/mail/confirmed', { token })));
  return (
    <Gate words={words} title={words.confirm.title} lead={words.to(location.host)}>
      {done !== undefined ? (
        <p className="banner good" role="status">
          {done.isChanged ? words.confirm.changed(done.email) : words.confirm.confirmed(done.email)}
        </p>
      ) : token === '' ? (
        <AttemptProblem words={words} problem="link" />
      ) : (
        <div className="stack g4">
          <AttemptProblem words={words} problem={problem} />
          {problem !== 'link' && problem !== 'taken' && (
            <button type="button" className="btn pri block" disabled={isBusy} onClick={() => void confirm()}>
              {words.confirm.button}
            </button>
          )}
        </div>
      )}
      <p className="meta hint">
        <Link href="/console">{words.confirm.toConsole}</Link>
      </p>
    </Gate>
  );
}
