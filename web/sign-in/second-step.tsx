import { type FormEvent, type ReactNode, useState } from 'react';
import { send } from '../api/send-auth.ts';
import { AttemptProblem } from './attempt-problem.tsx';
import { useAttempt } from './use-attempt.ts';
import type { SignInWords } from './words.en.ts';

interface SecondStepProps {
  readonly words: SignInWords;
  readonly onSignedIn: () => void;
  /** Back to the first step. */
  readonly onBack: () => void;
}

/** The code of an authenticator app, or a recovery code for a lost phone. */
export function SecondStep({ words, onSignedIn, onBack }: SecondStepProps): ReactNode {
  const { second } = words;
  const { isBusy, problem, attempt } = useAttempt();
  const [isLost, setLost] = useState(false);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const code = String(new FormData(event.currentTarget).get('code')).replace(/\s/g, '');
    void attempt(async () => {
      await send(isLost ? '/two-factor/verify-backup-code' : '/two-factor/verify-totp', { code });
      onSignedIn();
    });
  };
  return (
    <>
      <form className="stack g4" onSubmit={submit} key={String(isLost)}>
        <div className="field">
          <label htmlFor="second-code">{isLost ? second.recoveryCode : second.code}</label>
          <input
            className="input code"
            id="second-code"
            name="code"
            autoComplete={isLost ? 'off' : 'one-time-code'}
            inputMode={isLost ? 'text' : 'numeric'}
            placeholder={isLost ? undefined : '123456'}
            maxLength={32}
            // biome-ignore lint/a11y/noAutofocus: it is all that this step asks for
            autoFocus
            required
          />
          <span className="hint">{isLost ? second.recoveryHint : second.hint}</span>
        </div>
        <AttemptProblem words={words} problem={problem} />
        <button type="submit" className="btn pri block" disabled={isBusy}>
          {isBusy ? words.signingIn : words.signIn}
        </button>
      </form>
      <p className="row meta hint">
        <button type="button" className="link" onClick={() => setLost(!isLost)}>
          {isLost ? second.useApp : second.lost}
        </button>
        <button type="button" className="link push" onClick={onBack}>
          {second.back}
        </button>
      </p>
    </>
  );
}
