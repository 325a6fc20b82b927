import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { send } from '../../api/send-auth.ts';
import { useAuthSending } from '../../api/use-auth-sending.ts';
import { Dialog } from '../../design/dialog.tsx';
import { FormField, FormTrouble } from '../../design/form-field.tsx';
import { OwnPassword } from '../security/own-password.tsx';
import type { ProfileWords } from './words.en.ts';

interface ChangeEmailProps {
  readonly words: ProfileWords;
  readonly hasPassword: boolean;
  readonly onClose: () => void;
  readonly onSent: (newEmail: string) => void;
}

export function ChangeEmail({ words, hasPassword, onClose, onSent }: ChangeEmailProps): ReactNode {
  const say = words.email;
  const form = useId();
  const [newEmail, setNewEmail] = useState('');
  const [password, setPassword] = useState('');
  const { isBusy, trouble, send: attempt } = useAuthSending(say.troubles, { EMAIL_WRONG: 'newEmail' });
  const ask = async (event: FormEvent) => {
    event.preventDefault();
    const change = { newEmail, ...(hasPassword && { password }) };
    if (await attempt(() => send('/mail/change', change))) onSent(newEmail);
  };
  return (
    <Dialog
      title={say.change}
      closeLabel={words.close}
      onClose={onClose}
      footer={
        <>
          <button type="button" className="btn push" onClick={onClose}>
            {words.cancel}
          </button>
          <button type="submit" form={form} className="btn pri" disabled={isBusy}>
            {isBusy ? say.sending : say.send}
          </button>
        </>
      }
    >
      <form id={form} className="stack g4" onSubmit={(event) => void ask(event)}>
        <FormField name="newEmail" label={say.fresh} hint={say.freshHint} trouble={trouble}>
          {(control) => (
            <input
              className="input"
              type="email"
              autoComplete="email"
              maxLength={254}
              required
              value={newEmail}
              onChange={(event) => setNewEmail(event.target.value)}
              {...control}
            />
          )}
        </FormField>
        {hasPassword && <OwnPassword label={say.password} value={password} onChange={setPassword} />}
        <FormTrouble trouble={trouble} fields={['newEmail']} />
      </form>
    </Dialog>
  );
}
