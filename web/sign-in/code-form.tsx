import { type FormEvent, type ReactNode, useState } from 'react';
import { send } from '../api/send-auth.ts';
import { AttemptProblem } from './attempt-problem.tsx';
import { EmailField } from './email-field.tsx';
import type { FirstStep, WayInProps } from './password-form.tsx';
import { useAttempt } from './use-attempt.ts';

interface CodeFormProps extends WayInProps {
  /** There is no mail server: whoever runs this server finds the letter. */
  readonly isByFolder: boolean;
}

/** A code by e-mail, in two steps: where to send it, and what it is. */
export function CodeForm(props: CodeFormProps): ReactNode {
  const { words, email, onEmail, onOther, onPassed, isByFolder } = props;
  const { isBusy, problem, attempt } = useAttempt();
  const [isSent, setSent] = useState(false);
  const sendCode = () =>
    attempt(async () => {
      await send('/mail/code', { email });
      setSent(true);
    });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (!isSent) return void sendCode();
    const code = new FormData(event.currentTarget).get('code');
    void attempt(async () => {
      const passed = await send<FirstStep>('/sign-in/mail-code', { email, code });
      onPassed(passed.twoFactorRedirect === true);
    });
  };
  return (
    <>
      <form className="stack g4" onSubmit={submit}>
        {isSent ? (
          <>
            <p className="banner info" role="status">
              {words.codeSent(email)}
              {isByFolder && words.byFolder}
            </p>
            <div className="field">
              <div className="row">
                <label htmlFor="code">{words.code}</label>
                <button
                  type="button"
                  className="link push meta"
                  disabled={isBusy}
                  onClick={() => void sendCode()}
                >
                  {words.sendAgain}
                </button>
              </div>
              <input
                className="input code"
                id="code"
                name="code"
                inputMode="numeric"
                autoComplete="one-time-code"
                pattern="\s*\d{4}[\s\-]?\d{4}\s*"
                title={words.codeShape}
                placeholder="1234 5678"
                maxLength={12}
                // biome-ignore lint/a11y/noAutofocus: it is what the letter was asked for
                autoFocus
                required
              />
            </div>
          </>
        ) : (
          <EmailField words={words} value={email} onChange={onEmail} />
        )}
        <AttemptProblem words={words} problem={problem} />
        <button type="submit" className="btn pri block" disabled={isBusy}>
          {isSent ? (isBusy ? words.signingIn : words.signIn) : words.sendCode}
        </button>
      </form>
      <p className="row meta hint">
        {isSent && (
          <button type="button" className="link" onClick={() => setSent(false)}>
            {words.otherEmail}
          </button>
        )}
        <button type="button" className={isSent ? 'link push' : 'link'} onClick={onOther}>
          {words.passwordInstead}
        </button>
      </p>
    </>
  );
}
