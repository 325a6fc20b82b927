import { type FormEvent, type ReactNode, useId, useState } from 'react';
import type { PasskeyOptions } from '../../../src/http/api/wire/passkeys.ts';
import type { Security } from '../../../src/http/api/wire/security.ts';
import { ask, Refused } from '../../api/ask.ts';
import { useSending } from '../../api/use-sending.ts';
import { Dialog } from '../../design/dialog.tsx';
import { FormField, FormTrouble } from '../../design/form-field.tsx';
import { makePasskey, PasskeyFailed } from '../../passkeys/ask-authenticator.ts';
import { OwnPassword } from './own-password.tsx';
import type { SecurityWords } from './words.en.ts';

interface AddPasskeyProps {
  readonly words: SecurityWords;
  readonly security: Security;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

/** A name and the password, then the browser's own dialog. */
export function AddPasskey({ words, security, onClose, onDone }: AddPasskeyProps): ReactNode {
  const say = words.passkeys.adding;
  const form = useId();
  const [name, setName] = useState(() => nameOfDevice(words, security));
  const [password, setPassword] = useState('');
  const { isBusy, trouble, send } = useSending(words.passkeys.didNotWork);
  const add = async () => {
    const proof = security.hasPassword ? { password } : {};
    const options = await ask<PasskeyOptions>('POST', '/me/passkeys/options', proof);
    const credential = await makePasskey(options).catch((error: unknown) => {
      throw error instanceof PasskeyFailed ? new Refused(0, error.fault, say[error.fault], undefined) : error;
    });
    await ask('POST', '/me/passkeys', { name, credential });
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (await send(add)) onDone();
  };
  return (
    <Dialog
      title={words.passkeys.add}
      closeLabel={words.close}
      onClose={onClose}
      footer={
        <>
          <button type="button" className="btn push" onClick={onClose}>
            {words.cancel}
          </button>
          <button type="submit" form={form} className="btn pri" disabled={isBusy}>
            {isBusy ? say.waiting : say.go}
          </button>
        </>
      }
    >
      <form id={form} className="stack g4" onSubmit={(event) => void submit(event)}>
        <p>{say.text}</p>
        <FormField name="name" label={say.name} hint={say.nameHint} trouble={trouble}>
          {(control) => (
            <input
              className="input"
              autoComplete="off"
              maxLength={100}
              required
              value={name}
              onChange={(event) => setName(event.target.value)}
              {...control}
            />
          )}
        </FormField>
        {security.hasPassword && (
          <OwnPassword label={words.second.yourPassword} value={password} onChange={setPassword} />
        )}
        <FormTrouble trouble={trouble} fields={['name']} />
      </form>
    </Dialog>
  );
}

/** As the list of sessions calls the one that asks. */
function nameOfDevice({ sessions: say }: SecurityWords, { sessions }: Security): string {
  const device = sessions.find(({ isCurrent }) => isCurrent)?.device;
  return device === undefined || (device.browser ?? device.system) === null
    ? ''
    : say.on(device.browser, device.system);
}
