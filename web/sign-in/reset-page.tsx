import { type FormEvent, type ReactNode, useState } from 'react';
import { Link } from 'wouter';
import { send } from '../api/send-auth.ts';
import { PasswordField } from '../design/password-field.tsx';
import { AttemptProblem } from './attempt-problem.tsx';
import { Gate } from './gate.tsx';
import { letterToken } from './letter-token.ts';
import { useAttempt } from './use-attempt.ts';
import type { SignInWords } from './words.en.ts';

/** `/reset`: where the letter's link leads. */
export function ResetPage({ words }: { readonly words: SignInWords }): ReactNode {
  const { isBusy, problem, attempt } = useAttempt();
  const [token] = useState(letterToken);
  const [password, setPassword] = useState('');
  const [isDone, setDone] = useState(false);
  const reset = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    void attempt(async () => {
      await send('/mail/reset', { token, newPassword: password });
      setDone(true);
    });
  };
  const isOver = token === '' || problem === 'link';
  return (
    <Gate words={words} title={words.reset.title} lead={words.to(location.host)}>
      {isDone ? (
        <p className="banner good" role="status">
          {words.reset.done}
        </p>
      ) : isOver ? (
        <AttemptProblem words={words} problem="link" />
      ) : (
        <form className="stack g4" onSubmit={reset}>
          <PasswordField
            words={words.newPassword}
            value={password}
            onChange={setPassword}
            trouble={undefined}
          />
          <AttemptProblem words={words} problem={problem} />
          <button type="submit" className="btn pri block" disabled={isBusy}>
            {words.reset.set}
          </button>
        </form>
      )}
      <p className="meta hint">
        {isOver && !isDone ? (
          <Link href="/forgot">{words.reset.again}</Link>
        ) : (
          <Link href="/sign-in">{isDone ? words.signIn : words.back}</Link>
        )}
      </p>
    </Gate>
  );
}
