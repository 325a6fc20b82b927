import { type FormEvent, type ReactNode, useState } from 'react';
import { Link } from 'wouter';
import { send } from '../api/send-auth.ts';
import { AttemptProblem } from './attempt-problem.tsx';
import { EmailField } from './email-field.tsx';
import { Gate } from './gate.tsx';
import { useAttempt } from './use-attempt.ts';
import { useWays } from './use-ways.ts';
import type { SignInWords } from './words.en.ts';

/** `/forgot`: asks for a letter with a link for a new password. */
export function ForgotPage({ words }: { readonly words: SignInWords }): ReactNode {
  const { isBusy, problem, attempt } = useAttempt();
  const ways = useWays();
  const [email, setEmail] = useState('');
  const [isSent, setSent] = useState(false);
  const ask = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    void attempt(async () => {
      await send('/mail/forgot', { email });
      setSent(true);
    });
  };
  return (
    <Gate words={words} title={words.forgot.title} lead={words.forgot.lead}>
      {isSent ? (
        <p className="banner info" role="status">
          {words.forgot.sent(email)}
          {ways?.mail === 'folder' && words.byFolder}
        </p>
      ) : (
        <form className="stack g4" onSubmit={ask}>
          <EmailField words={words} value={email} onChange={setEmail} />
          <AttemptProblem words={words} problem={problem} />
          <button type="submit" className="btn pri block" disabled={isBusy}>
            {words.forgot.send}
          </button>
        </form>
      )}
      <p className="meta hint">
        <Link href="/sign-in">{words.back}</Link>
      </p>
    </Gate>
  );
}
