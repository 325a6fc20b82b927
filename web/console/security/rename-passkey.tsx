import { type FormEvent, type ReactNode, useId, useState } from 'react';
import type { OwnPasskey } from '../../../src/http/api/wire/passkeys.ts';
import { ask } from '../../api/ask.ts';
import { useSending } from '../../api/use-sending.ts';
import { Dialog } from '../../design/dialog.tsx';
import { FormField, FormTrouble } from '../../design/form-field.tsx';
import type { SecurityWords } from './words.en.ts';

interface RenamePasskeyProps {
  readonly words: SecurityWords;
  readonly passkey: OwnPasskey;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

export function RenamePasskey({ words, passkey, onClose, onDone }: RenamePasskeyProps): ReactNode {
  const say = words.passkeys;
  const form = useId();
  const [typed, setTyped] = useState(passkey.name);
  const { isBusy, trouble, send } = useSending(say.didNotWork);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (await send(() => ask('PATCH', `/me/passkeys/${passkey.id}`, { name: typed }))) onDone();
  };
  return (
    <Dialog
      title={say.renaming.title}
      closeLabel={words.close}
      onClose={onClose}
      footer={
        <>
          <button type="button" className="btn push" onClick={onClose}>
            {words.cancel}
          </button>
          <button type="submit" form={form} className="btn pri" disabled={isBusy}>
            {isBusy ? say.renaming.saving : say.renaming.save}
          </button>
        </>
      }
    >
      <form id={form} className="stack g4" onSubmit={(event) => void save(event)}>
        <FormField name="name" label={say.adding.name} trouble={trouble}>
          {(control) => (
            <input
              className="input"
              autoComplete="off"
              maxLength={100}
              required
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
              {...control}
            />
          )}
        </FormField>
        <FormTrouble trouble={trouble} fields={['name']} />
      </form>
    </Dialog>
  );
}
