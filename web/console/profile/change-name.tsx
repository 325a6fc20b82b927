import type { ReactNode } from 'react';
import { ask } from '../../api/ask.ts';
import { useSending } from '../../api/use-sending.ts';
import { FormDialog } from '../../design/form-dialog.tsx';
import { FormField, FormTrouble } from '../../design/form-field.tsx';
import type { ProfileWords } from './words.en.ts';

interface ChangeNameProps {
  readonly words: ProfileWords;
  readonly name: string;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

export function ChangeName({ words, name, onClose, onDone }: ChangeNameProps): ReactNode {
  const { isBusy, trouble, send } = useSending(words.didNotWork);
  const save = async (form: FormData) => {
    if (await send(() => ask('PATCH', '/me', { name: String(form.get('name')).trim() }))) onDone();
  };
  return (
    <FormDialog
      title={words.name.change}
      closeLabel={words.close}
      onClose={onClose}
      cancel={words.cancel}
      save={words.name.save}
      saving={words.name.saving}
      isBusy={isBusy}
      onSave={save}
    >
      <FormField name="name" label={words.name.label} trouble={trouble}>
        {(control) => (
          <input
            {...control}
            className="input"
            autoComplete="name"
            maxLength={100}
            required
            defaultValue={name}
          />
        )}
      </FormField>
      <FormTrouble trouble={trouble} fields={['name']} />
    </FormDialog>
  );
}
