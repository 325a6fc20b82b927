import { type ReactNode, useId } from 'react';
import { useSending } from '../../api/use-sending.ts';
import { Dialog } from '../../design/dialog.tsx';
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
  const formId = useId();
  return (
    <Dialog
      title={said.title}
      closeLabel={words.close}
      onClose={onClose}
      footer={
        <>
          <button type="button" className="btn ghost push" onClick={onClose}>
            {words.cancel}
          </button>
          <button type="submit" form={formId} className="btn pri" disabled={isBusy}>
            {isBusy ? said.saving : said.save}
          </button>
        </>
      }
    >
      {kind === 'make' && <p className="t2">{words.make.text}</p>}
      <form
        id={formId}
        onSubmit={(event) => {
          event.preventDefault();
          const typed = String(new FormData(event.currentTarget).get('name')).trim();
          void send(() => onName(typed));
        }}
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
      </form>
    </Dialog>
  );
}
