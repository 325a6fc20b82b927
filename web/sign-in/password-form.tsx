import type { FormEvent, ReactNode } from 'react';
import { Link } from 'wouter';
import { send } from '../api/send-auth.ts';
import { AttemptProblem } from './attempt-problem.tsx';
import { EmailField } from './email-field.tsx';
import { useAttempt } from './use-attempt.ts';
import type { SignInWords } from './words.en.ts';

export interface WayInProps {
  readonly words: SignInWords;
  readonly email: string;
  readonly onEmail: (email: string) => void;
  /** The other way in. */
  readonly onOther: () => void;
  /** The first factor was right; `isMore`: a second one is asked for. */
  readonly onPassed: (isMore: boolean) => void;
}

/** What the first step answers. */
export interface FirstStep {
  readonly twoFactorRedirect?: boolean;
}

/** E-mail and password. */
export function PasswordForm({ words, email, onEmail, onOther, onPassed }: WayInProps): ReactNode {
  const { isBusy, problem, attempt } = useAttempt();
  const signIn = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const password = new FormData(event.currentTarget).get('password');
    void attempt(async () => {
      const passed = await send<FirstStep>('/sign-in/email', { email, password });
      onPassed(passed.twoFactorRedirect === true);
    });
  };
  return (
    <>
      <form className="stack g4" onSubmit={signIn}>
        <EmailField words={words} value={email} onChange={onEmail} />
        <div className="field">
          <div className="row">
            <label htmlFor="password">{words.password}</label>
            <button type="button" className="link push meta" onClick={onOther}>
              {words.codeInstead}
            </button>
          </div>
          <input
            className="input"
            id="password"
            name="password"
            type="password"
            autoComplete="current-password"
            required
          />
        </div>
        <AttemptProblem words={words} problem={problem} />
        <button type="submit" className="btn pri block" disabled={isBusy}>
          {isBusy ? words.signingIn : words.signIn}
        </button>
      </form>
      <p className="meta hint">
        <Link href="/forgot">{words.forgotten}</Link>
      </p>
    </>
  );
}
