import type { ReactNode } from 'react';
import type { OwnTeam } from '../../../src/http/api/wire/me.ts';
import type { TeamInvitation, TeamInvitations } from '../../../src/http/api/wire/team.ts';
import { ask } from '../../api/ask.ts';
import { useSending } from '../../api/use-sending.ts';
import { FormDialog } from '../../design/form-dialog.tsx';
import { FormField, FormTrouble } from '../../design/form-field.tsx';
import { grantableRoles } from './grantable-roles.ts';
import type { TeamWords } from './words.en.ts';

interface InviteMemberProps {
  readonly words: TeamWords;
  readonly team: OwnTeam;
  /** Undefined until it is known how invitations arrive here. */
  readonly invitations: TeamInvitations | undefined;
  readonly onClose: () => void;
  readonly onDone: (invited: TeamInvitation) => void;
}

/** Somebody by their address, and what they may do once they have accepted. */
export function InviteMember({ words, team, invitations, onClose, onDone }: InviteMemberProps): ReactNode {
  const { invite } = words;
  const { isBusy, trouble, send } = useSending(words.didNotWork);
  const save = (form: FormData) =>
    send(async () => {
      const body = { email: String(form.get('email')).trim(), role: form.get('role') };
      onDone(await ask<TeamInvitation>('POST', `/teams/${team.id}/invitations`, body));
    });
  return (
    <FormDialog
      title={invite.title(team.name)}
      closeLabel={words.close}
      onClose={onClose}
      lead={invite.text}
      cancel={words.cancel}
      save={invite.save}
      saving={invite.saving}
      isBusy={isBusy}
      onSave={save}
    >
      <FormField name="email" label={invite.email} trouble={trouble}>
        {(control) => (
          <input {...control} type="email" className="input" required maxLength={254} autoComplete="off" />
        )}
      </FormField>
      <FormField name="role" label={invite.role} trouble={trouble}>
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
      {invitations !== undefined && <p className="meta">{howItArrives(words, invitations)}</p>}
      <FormTrouble trouble={trouble} fields={['email', 'role']} />
    </FormDialog>
  );
}

function howItArrives({ invite }: TeamWords, { hasMail, takesNewcomers }: TeamInvitations): string {
  if (!hasMail) return invite.noMail;
  return takesNewcomers ? invite.byLetter.newcomers : invite.byLetter.people;
}
