import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { ask } from '../../api/ask.ts';
import { useSending } from '../../api/use-sending.ts';
import { Dialog } from '../../design/dialog.tsx';
import { FormField, FormTrouble } from '../../design/form-field.tsx';
import type { ProfileWords } from './words.en.ts';

interface ChangeNameProps {
  readonly words: ProfileWords;
  readonly name: string;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

export function ChangeName({ words, name, onClose, onDone }: ChangeNameProps): ReactNode {
  const form = useId();
  const [typed, setTyped] = useState(name);
  const { isBusy, trouble, send } = useSending(words.didNotWork);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (await send(() => ask('PATCH', '/me', { name: typed.trim() }))) onDone();
  };
  return (
    <Dialog
      title={words.name.change}
      closeLabel={words.close}
      onClose={onClose}
      footer={
        <>
          <button type="button" className="btn push" onClick={onClose}>
            {words.cancel}
          </button>
          <button type="submit" form={form} className="btn pri" disabled={isBusy}>
            {isBusy ? words.name.saving : words.name.save}
          </button>
        </>
      }
    >
      <form id={form} className="stack g4" onSubmit={(event) => void save(event)}>
        <FormField name="name" label={words.name.label} trouble={trouble}>
          {(control) => (
            <input
              className="input"
              autoComplete="name"
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
