import { type ReactNode, useId } from 'react';
import type { OwnTeam } from '../../../src/http/api/wire/me.ts';
import type { Team } from '../../../src/http/api/wire/team.ts';
import { ask } from '../../api/ask.ts';
import { useSending } from '../../api/use-sending.ts';
import { Dialog } from '../../design/dialog.tsx';
import { FormField, FormTrouble } from '../../design/form-field.tsx';
import { grantableRoles } from './grantable-roles.ts';
import type { TeamWords } from './words.en.ts';

interface AddMemberProps {
  readonly words: TeamWords;
  readonly team: OwnTeam;
  readonly onClose: () => void;
  readonly onDone: (team: Team) => void;
}

/** Somebody by their address, and what they may do. */
export function AddMember({ words, team, onClose, onDone }: AddMemberProps): ReactNode {
  const { add } = words;
  const { isBusy, trouble, send } = useSending(words.didNotWork);
  const formId = useId();
  const save = (form: FormData) =>
    send(async () => {
      const body = { email: String(form.get('email')).trim(), role: form.get('role') };
      onDone(await ask<Team>('POST', `/teams/${team.id}/members`, body));
    });
  return (
    <Dialog
      title={add.title(team.name)}
      closeLabel={words.close}
      onClose={onClose}
      footer={
        <>
          <button type="button" className="btn ghost push" onClick={onClose}>
            {words.cancel}
          </button>
          <button type="submit" form={formId} className="btn pri" disabled={isBusy}>
            {isBusy ? add.saving : add.save}
          </button>
        </>
      }
    >
      <p className="t2">{add.text}</p>
      <form
        id={formId}
        className="stack g4"
        onSubmit={(event) => {
          event.preventDefault();
          void save(new FormData(event.currentTarget));
        }}
      >
        <FormField name="email" label={add.email} trouble={trouble}>
          {(control) => (
            <input {...control} type="email" className="input" required maxLength={254} autoComplete="off" />
          )}
        </FormField>
        <FormField name="role" label={add.role} trouble={trouble}>
          {(control) => (
            <select {...control} className="select" defaultValue="member">
              {grantableRoles(team.role, 'member').map((role) => (
                <option key={role} value={role}>
                  {words.roles[role]}
                </option>
              ))}
            </select>
          )}
        </FormField>
        <FormTrouble trouble={trouble} fields={['email', 'role']} />
      </form>
    </Dialog>
  );
}
