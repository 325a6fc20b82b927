import type { ReactNode } from 'react';
import { useSending } from '../../api/use-sending.ts';
import { FormDialog } from '../../design/form-dialog.tsx';
import { FormField, FormTrouble } from '../../design/form-field.tsx';
import type { TeamWords } from './words.en.ts';

interface NameTeamProps {
  readonly words: TeamWords;
  readonly kind: 'rename' | 'make';
  readonly name: string;
  readonly onName: (name: string) => Promise<void>;
  readonly onClose: () => void;
}

/** A name for a team, that there is or that is made by it. */
export function NameTeam({ words, kind, name, onName, onClose }: NameTeamProps): ReactNode {
  const said = words[kind];
  const { isBusy, trouble, send } = useSending(words.didNotWork);
  return (
    <FormDialog
      title={said.title}
      closeLabel={words.close}
      onClose={onClose}
      {...(kind === 'make' && { lead: words.make.text })}
      cancel={words.cancel}
      save={said.save}
      saving={said.saving}
      isBusy={isBusy}
      onSave={(form) => send(() => onName(String(form.get('name')).trim()))}
    >
      <FormField name="name" label={said.name} trouble={trouble}>
        {(control) => (
          <input
            {...control}
            className="input"
            required
            maxLength={100}
            autoComplete="off"
            defaultValue={name}
          />
        )}
      </FormField>
      <FormTrouble trouble={trouble} fields={['name']} />
    </FormDialog>
  );
}
