import { type FormEvent, type ReactNode, useId, useState } from 'react';
import type { OwnPasskey } from '../../../src/http/api/wire/passkeys.ts';
import type { Security } from '../../../src/http/api/wire/security.ts';
import { ask } from '../../api/ask.ts';
import { useSending } from '../../api/use-sending.ts';
import { Dialog } from '../../design/dialog.tsx';
import { FormTrouble } from '../../design/form-field.tsx';
import { OwnPassword } from './own-password.tsx';
import { restWays } from './rest-ways.ts';
import type { SecurityWords } from './words.en.ts';

interface RemovePasskeyProps {
  readonly words: SecurityWords;
  readonly security: Security;
  readonly passkey: OwnPasskey;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

/** Says how one signs in afterwards; whoever could not is told so, and has no button to press. */
export function RemovePasskey(props: RemovePasskeyProps): ReactNode {
  const { words, security, passkey, onClose, onDone } = props;
  const say = words.passkeys.removing;
  const form = useId();
  const [password, setPassword] = useState('');
  const { isBusy, trouble, send } = useSending(words.passkeys.didNotWork);
  const rest = restWays(security, passkey);
  const remove = async (event: FormEvent) => {
    event.preventDefault();
    const proof = security.hasPassword ? { password } : {};
    if (await send(() => ask('POST', `/me/passkeys/${passkey.id}/remove`, proof))) onDone();
  };
  return (
    <Dialog
      title={say.title(passkey.name)}
      closeLabel={words.close}
      onClose={onClose}
      footer={
        <>
          <button type="button" className="btn push" onClick={onClose}>
            {say.keep}
          </button>
          {rest !== 'none' && (
            <button type="submit" form={form} className="btn danger fill" disabled={isBusy}>
              {isBusy ? words.second.busy : say.go}
            </button>
          )}
        </>
      }
    >
      <form id={form} className="stack g4" onSubmit={(event) => void remove(event)}>
        <p>{say.rest[rest]}</p>
        {rest !== 'none' && <p className="t2">{say.onDevice}</p>}
        {security.hasPassword && (
          <OwnPassword label={words.second.yourPassword} value={password} onChange={setPassword} />
        )}
        <FormTrouble trouble={trouble} />
      </form>
    </Dialog>
  );
}
