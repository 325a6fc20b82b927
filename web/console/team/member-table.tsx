import type { ReactNode } from 'react';
import type { Member, Team } from '../../../src/http/api/wire/team.ts';
import { type RowChoice, RowMenu } from '../../design/row-menu.tsx';
import { useLanguage } from '../../shell/language.ts';
import { dateText } from '../../shell/moments.ts';
import { grantableRoles } from './grantable-roles.ts';
import type { TeamWords } from './words.en.ts';

interface MemberTableProps {
  readonly words: TeamWords;
  readonly team: Team;
  /** The reader's own. */
  readonly role: Member['role'];
  readonly isBusy: boolean;
  readonly onRole: (member: Member, role: Member['role']) => void;
  readonly onRemove: (member: Member) => void;
}

/** A row a member; whoever may change a role changes it here. */
export function MemberTable(props: MemberTableProps): ReactNode {
  const { words, team } = props;
  const { heads } = words;
  return (
    <table className="tbl flush members">
      <thead className="hide-m">
        <tr>
          <th>{heads.member}</th>
          <th>{heads.role}</th>
          <th className="r">{heads.since}</th>
          <th>
            <span className="sr-only">{heads.actions}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {team.members.map((member) => (
          <MemberRow key={member.userId} {...props} member={member} />
        ))}
      </tbody>
    </table>
  );
}

function MemberRow(props: MemberTableProps & { readonly member: Member }): ReactNode {
  const { words, team, role, isBusy, member, onRole, onRemove } = props;
  const language = useLanguage();
  const roles = team.personal ? [] : grantableRoles(role, member.role);
  const mayRemove = !team.personal && (member.isSelf || roles.length > 0);
  const choices: RowChoice[] = mayRemove
    ? [
        {
          label: member.isSelf ? words.leave : words.remove,
          isGrave: true,
          onChoose: () => onRemove(member),
        },
      ]
    : [];
  return (
    <tr>
      <td className="who">
        <div className="ell">
          <span className="b5">{member.name}</span>
          {member.isSelf && <span className="t3"> · {words.you}</span>}
        </div>
        <div className="sub ell">{member.email}</div>
      </td>
      <td className="role">
        {roles.length === 0 ? (
          <span className="t2">{words.roles[member.role]}</span>
        ) : (
          <select
            className="select fit"
            aria-label={words.roleOf(member.name)}
            value={member.role}
            disabled={isBusy}
            onChange={(event) => {
              const chosen = roles.find((one) => one === event.target.value);
              if (chosen !== undefined) onRole(member, chosen);
            }}
          >
            {roles.map((one) => (
              <option key={one} value={one}>
                {words.roles[one]}
              </option>
            ))}
          </select>
        )}
      </td>
      <td className="r t2 hide-m">{dateText(member.joinedAtMs, language)}</td>
      <td className="r act">
        {choices.length > 0 && <RowMenu label={words.menu(member.name)} choices={choices} />}
      </td>
    </tr>
  );
}
