import { type FormEvent, type ReactNode, useState } from 'react';
import type { FirstPersonMade } from '../../src/http/api/wire/set-up.ts';
import { ask } from '../api/ask.ts';
import { useSending } from '../api/use-sending.ts';
import { FormField, FormTrouble } from '../design/form-field.tsx';
import { PasswordField } from '../design/password-field.tsx';
import { aboutItsField } from '../sign-up/about-its-field.ts';
import type { SetUpWords } from './words.en.ts';

const FIELDS = ['name', 'email', 'password'];

interface AccountStepProps {
  readonly words: SetUpWords;
  readonly token: string;
  readonly onMade: (isSignedIn: boolean) => Promise<void>;
}

/** Step one: whoever came by the link says who they are. */
export function AccountStep({ words, token, onMade }: AccountStepProps): ReactNode {
  const { account } = words;
  const { isBusy, trouble, send } = useSending(account.away);
  const [password, setPassword] = useState('');
  const make = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const person = { token, password, name: fields.get('name'), email: fields.get('email') };
    await send(async () => {
      const made = await ask<FirstPersonMade>('POST', '/set-up', person).catch(aboutItsField);
      await onMade(made.isSignedIn);
    });
  };
  return (
    <main>
      <h1 tabIndex={-1}>{account.title}</h1>
      <p className="lead">{account.lead}</p>
      <form className="stack account" onSubmit={(event) => void make(event)}>
        <FormField name="name" label={account.name} hint={account.nameHint} trouble={trouble}>
          {(control) => (
            // biome-ignore lint/a11y/noAutofocus: whoever opens the link came to fill this in
            <input className="input" autoComplete="name" maxLength={100} autoFocus required {...control} />
          )}
        </FormField>
        <FormField name="email" label={account.email} hint={account.emailHint} trouble={trouble}>
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
        <PasswordField words={account.password} value={password} onChange={setPassword} trouble={trouble} />
        <FormTrouble trouble={trouble} fields={FIELDS} />
        <div className="foot">
          <button type="submit" className="btn pri" disabled={isBusy}>
            {isBusy ? account.making : account.make}
          </button>
        </div>
      </form>
    </main>
  );
}
