import { type FormEvent, type ReactNode, useState } from 'react';
import type { SignedUp, SignUpState } from '../../src/http/api/wire/sign-up.ts';
import { ask } from '../api/ask.ts';
import { useSending } from '../api/use-sending.ts';
import { FormField, FormTrouble } from '../design/form-field.tsx';
import { moneyText } from '../design/money.tsx';
import { PasswordField } from '../design/password-field.tsx';
import { aboutItsField } from './about-its-field.ts';
import type { SignUpWords } from './words.en.ts';

const FIELDS = ['name', 'email', 'password'];

interface AccountFormProps {
  readonly words: SignUpWords;
  readonly token: string;
  readonly state: SignUpState;
  /** The only address that the invitation is for. */
  readonly invitedEmail: string | null;
  readonly onMade: (isSignedIn: boolean) => void;
}

/** Whoever was invited says who they are. */
export function AccountForm(props: AccountFormProps): ReactNode {
  const { words, token, state, invitedEmail, onMade } = props;
  const { isBusy, trouble, send } = useSending(words.away);
  const [password, setPassword] = useState('');
  const make = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const person = {
      ...{ token, password, name: fields.get('name') },
      ...(invitedEmail === null && { email: fields.get('email') }),
    };
    void send(async () => {
      const made = await ask<SignedUp>('POST', '/sign-up', person).catch(aboutItsField);
      onMade(made.isSignedIn);
    });
  };
  const domains =
    state.domains.length === 0 || invitedEmail !== null ? undefined : words.domains(state.domains);
  return (
    <form className="stack g4" onSubmit={make}>
      <FormField name="email" label={words.email} trouble={trouble} {...(domains && { hint: domains })}>
        {(control) => (
          <input
            className="input"
            type="email"
            autoComplete="username"
            maxLength={254}
            required
            {...(invitedEmail !== null && { value: invitedEmail, readOnly: true })}
            {...control}
          />
        )}
      </FormField>
      <FormField name="name" label={words.name} hint={words.nameHint} trouble={trouble}>
        {(control) => <input className="input" autoComplete="name" maxLength={100} required {...control} />}
      </FormField>
      <PasswordField words={words.password} value={password} onChange={setPassword} trouble={trouble} />
      <FormTrouble trouble={trouble} fields={FIELDS} />
      <button type="submit" className="btn pri block" disabled={isBusy}>
        {isBusy ? words.making : words.make}
      </button>
      {state.signUpCreditTicks !== '0' && (
        <p className="meta t3">{words.credit(moneyText(state.signUpCreditTicks, 2))}</p>
      )}
    </form>
  );
}
