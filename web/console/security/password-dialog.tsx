import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { useAuthSending } from '../../api/use-auth-sending.ts';
import { Dialog } from '../../design/dialog.tsx';
import { FormTrouble } from '../../design/form-field.tsx';
import { OwnPassword } from './own-password.tsx';
import type { SecurityWords } from './words.en.ts';

interface PasswordDialogProps {
  readonly words: SecurityWords;
  readonly title: string;
  readonly text: string;
  readonly go: string;
  readonly isDangerous?: boolean;
  /** Whoever has none is not asked for it. */
  readonly hasPassword: boolean;
  readonly onClose: () => void;
  /** Gets the member of the body that proves who is asking. */
  readonly onGo: (proof: { readonly password?: string }) => Promise<void>;
}

/** Does something that only its person may do: the password is said again. */
export function PasswordDialog(props: PasswordDialogProps): ReactNode {
  const { words, hasPassword, onClose, onGo } = props;
  const form = useId();
  const [password, setPassword] = useState('');
  const { isBusy, trouble, send } = useAuthSending(words.troubles);
  const go = (event: FormEvent) => {
    event.preventDefault();
    void send(() => onGo(hasPassword ? { password } : {}));
  };
  return (
    <Dialog
      title={props.title}
      closeLabel={words.close}
      onClose={onClose}
      footer={
        <>
          <button type="button" className="btn push" onClick={onClose}>
            {words.cancel}
          </button>
          <button
            type="submit"
            form={form}
            className={props.isDangerous ? 'btn danger fill' : 'btn pri'}
            disabled={isBusy}
          >
            {isBusy ? words.second.busy : props.go}
          </button>
        </>
      }
    >
      <form id={form} className="stack g4" onSubmit={go}>
        <p>{props.text}</p>
        {hasPassword && (
          <OwnPassword label={words.second.yourPassword} value={password} onChange={setPassword} />
        )}
        <FormTrouble trouble={trouble} />
      </form>
    </Dialog>
  );
}
