import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { send } from '../../api/send-auth.ts';
import { useAuthSending } from '../../api/use-auth-sending.ts';
import { Dialog } from '../../design/dialog.tsx';
import { FormTrouble } from '../../design/form-field.tsx';
import { PasswordField } from '../../design/password-field.tsx';
import { OwnPassword } from './own-password.tsx';
import type { SecurityWords } from './words.en.ts';

const FIELD_OF = {
  PASSWORD_TOO_SHORT: 'password',
  PASSWORD_TOO_LONG: 'password',
  PASSWORD_TOO_COMMON: 'password',
};

interface ChangePasswordProps {
  readonly words: SecurityWords;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

export function ChangePassword({ words, onClose, onDone }: ChangePasswordProps): ReactNode {
  const form = useId();
  const [current, setCurrent] = useState('');
  const [fresh, setFresh] = useState('');
  const { isBusy, trouble, send: attempt } = useAuthSending(words.troubles, FIELD_OF);
  const change = async (event: FormEvent) => {
    event.preventDefault();
    const change = { currentPassword: current, newPassword: fresh };
    if (await attempt(() => send('/change-password', change))) onDone();
  };
  return (
    <Dialog
      title={words.password.change}
      closeLabel={words.close}
      onClose={onClose}
      footer={
        <>
          <button type="button" className="btn push" onClick={onClose}>
            {words.cancel}
          </button>
          <button type="submit" form={form} className="btn pri" disabled={isBusy}>
            {isBusy ? words.password.saving : words.password.save}
          </button>
        </>
      }
    >
      <form id={form} className="stack g4" onSubmit={(event) => void change(event)}>
        <OwnPassword label={words.password.current} value={current} onChange={setCurrent} />
        <PasswordField words={words.password.fresh} value={fresh} onChange={setFresh} trouble={trouble} />
        <FormTrouble trouble={trouble} fields={['password']} />
      </form>
    </Dialog>
  );
}
