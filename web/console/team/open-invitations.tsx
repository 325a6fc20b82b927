import type { ReactNode } from 'react';
import type { OwnTeam } from '../../../src/http/api/wire/me.ts';
import type { TeamInvitation, TeamInvitations } from '../../../src/http/api/wire/team.ts';
import { ask } from '../../api/ask.ts';
import { useSending } from '../../api/use-sending.ts';
import { FormTrouble } from '../../design/form-field.tsx';
import { RowMenu } from '../../design/row-menu.tsx';
import { useLanguage } from '../../shell/language.ts';
import { dateText } from '../../shell/moments.ts';
import { grantableRoles } from './grantable-roles.ts';
import type { TeamWords } from './words.en.ts';

interface OpenInvitationsProps {
  readonly words: TeamWords;
  readonly team: OwnTeam;
  readonly invitations: TeamInvitations;
  readonly onChanged: (said: string) => void;
}

/** Who was asked and has not answered. */
export function OpenInvitations({ words, team, invitations, onChanged }: OpenInvitationsProps): ReactNode {
  const { invitations: say } = words;
  const language = useLanguage();
  const { isBusy, trouble, send } = useSending(words.didNotWork);
  const { rows, most, hasMail } = invitations;
  if (rows.length === 0) return null;
  const path = `/teams/${team.id}/invitations`;
  const renew = ({ email, role }: TeamInvitation) =>
    send(async () => {
      await ask('POST', path, { email, role });
      onChanged(say.done.renewed(email));
    });
  const revoke = ({ id, email }: TeamInvitation) =>
    send(async () => {
      await ask('DELETE', `${path}/${encodeURIComponent(id)}`);
      onChanged(say.done.revoked(email));
    });
  return (
    <section className="sec" aria-busy={isBusy}>
      <div className="sec-h">
        <h2>{say.title}</h2>
      </div>
      <p className="meta">{say.lead(rows.length, most)}</p>
      <FormTrouble trouble={trouble} />
      <table className="tbl flush members">
        <thead className="hide-m">
          <tr>
            <th>{say.heads.email}</th>
            <th>{say.heads.role}</th>
            <th className="r">{say.heads.until}</th>
            <th>
              <span className="sr-only">{say.heads.actions}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <td className="who">
                <div className="ell b5">{row.email}</div>
                <div className="sub only-m blk">{say.until(dateText(row.expiresAtMs, language))}</div>
              </td>
              <td className="role t2">{words.roles[row.role]}</td>
              <td className="r t2 hide-m">{dateText(row.expiresAtMs, language)}</td>
              <td className="r act">
                <RowMenu
                  label={say.menu(row.email)}
                  choices={[
                    ...(grantableRoles(team.role, row.role).includes(row.role)
                      ? [{ label: hasMail ? say.again : say.renew, onChoose: () => void renew(row) }]
                      : []),
                    { label: say.revoke, isGrave: true, onChoose: () => void revoke(row) },
                  ]}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
