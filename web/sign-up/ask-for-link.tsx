import { type FormEvent, type ReactNode, useState } from 'react';
import type { SignUpState } from '../../src/http/api/wire/sign-up.ts';
import { ask } from '../api/ask.ts';
import { useSending } from '../api/use-sending.ts';
import { FormField, FormTrouble } from '../design/form-field.tsx';
import { moneyText } from '../design/money.tsx';
import { aboutItsField } from './about-its-field.ts';
import type { SignUpWords } from './words.en.ts';

interface AskForLinkProps {
  readonly words: SignUpWords;
  readonly state: SignUpState;
}

/** Whoever reads the letters of an address shows that it is theirs. */
export function AskForLink({ words, state }: AskForLinkProps): ReactNode {
  const { isBusy, trouble, send } = useSending(words.away);
  const [sentTo, setSentTo] = useState<string | undefined>();
  const request = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const email = String(new FormData(event.currentTarget).get('email')).trim();
    void send(async () => {
      await ask('POST', '/sign-up/request', { email }).catch(aboutItsField);
      setSentTo(email);
    });
  };
  if (sentTo !== undefined)
    return (
      <div role="status">
        <h2>{words.sent.title}</h2>
        <p className="t2">{words.sent.text(sentTo)}</p>
        <p className="meta hint">
          {words.sent.nothing}{' '}
          <button type="button" className="link" onClick={() => setSentTo(undefined)}>
            {words.sent.again}
          </button>
        </p>
      </div>
    );
  const { domains, signUpCreditTicks } = state;
  return (
    <form className="stack g4" onSubmit={request}>
      <FormField
        name="email"
        label={words.email}
        trouble={trouble}
        {...(domains.length > 0 && { hint: words.domains(domains) })}
      >
        {(control) => (
          <input
            className="input"
            type="email"
            autoComplete="username"
            maxLength={254}
            required
            {...control}
          />
        )}
      </FormField>
      <FormTrouble trouble={trouble} fields={['email']} />
      <button type="submit" className="btn pri block" disabled={isBusy}>
        {isBusy ? words.sending : words.send}
      </button>
      {signUpCreditTicks !== '0' && (
        <p className="meta t3">{words.credit(moneyText(signUpCreditTicks, 2))}</p>
      )}
    </form>
  );
}
