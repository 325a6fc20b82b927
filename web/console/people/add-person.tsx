import type { ReactNode } from 'react';
import type { PersonDetail } from '../../../src/http/api/wire/operator-people.ts';
import { ask } from '../../api/ask.ts';
import { useSending } from '../../api/use-sending.ts';
import { FormDialog } from '../../design/form-dialog.tsx';
import { FormField, FormTrouble } from '../../design/form-field.tsx';
import type { PeopleWords } from './words.en.ts';

interface AddProps {
  readonly words: PeopleWords;
  readonly onClose: () => void;
  readonly onDone: (person: PersonDetail) => void;
}

export function AddPerson({ words, onClose, onDone }: AddProps): ReactNode {
  const { add } = words;
  const { isBusy, trouble, send } = useSending(words.didNotWork);
  const save = (form: FormData) => {
    const name = String(form.get('name')).trim();
    void send(async () => {
      onDone(
        await ask<PersonDetail>('POST', '/operator/people', {
          email: String(form.get('email')).trim(),
          ...(name !== '' && { name }),
          role: form.get('role'),
        }),
      );
    });
  };
  return (
    <FormDialog
      title={add.title}
      closeLabel={words.close}
      onClose={onClose}
      lead={add.text}
      save={add.save}
      saving={add.saving}
      isBusy={isBusy}
      onSave={save}
    >
      <FormField name="email" label={add.email} trouble={trouble}>
        {(control) => (
          <input {...control} type="email" className="input" required maxLength={254} autoComplete="off" />
        )}
      </FormField>
      <FormField name="name" label={add.name} hint={add.nameHint} trouble={trouble}>
        {(control) => <input {...control} className="input" maxLength={100} autoComplete="off" />}
      </FormField>
      <FormField name="role" label={add.role} hint={add.roleHint} trouble={trouble}>
        {(control) => (
          <select {...control} className="select" defaultValue="user">
            <option value="user">{words.roles.user}</option>
            <option value="administrator">{words.roles.administrator}</option>
          </select>
        )}
      </FormField>
      <FormTrouble trouble={trouble} fields={['email', 'name', 'role']} />
    </FormDialog>
  );
}
