import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { Invitation } from '../../../src/http/api/wire/operator-registration.ts';
import { useLanguage } from '../../shell/language.ts';
import { momentText } from '../../shell/moments.ts';
import type { InvitesWords } from './words.en.ts';

interface TableProps {
  readonly words: InvitesWords;
  readonly rows: readonly Invitation[];
  readonly onEnd: (invitation: Invitation) => void;
}

const DOTS: Readonly<Record<Invitation['state'], string>> = {
  open: 'dot',
  used: 'dot off',
  expired: 'dot off',
  ended: 'dot bad',
};

/** A row an invitation: for whom, what they join, and what became of it. */
export function InvitationTable({ words, rows, onEnd }: TableProps): ReactNode {
  const { invitations: say } = words;
  const language = useLanguage();
  return (
    <table className="tbl flush invitations">
      <thead className="hide-m">
        <tr>
          <th>{say.heads.whom}</th>
          <th>{say.heads.team}</th>
          <th>{say.heads.state}</th>
          <th>{say.heads.usedBy}</th>
          <th className="r">{say.heads.until}</th>
          <th>
            <span className="sr-only">{say.heads.actions}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((invitation) => {
          const { id, email, team, state, usedBy, expiresAtMs } = invitation;
          const whom = email ?? say.anyone;
          return (
            <tr key={id} className={state === 'open' ? '' : 'dim'}>
              <td className="whom">
                <div className={email === null ? 'ell' : 'b5 ell'}>{whom}</div>
                {team !== null && <div className="sub ell only-m blk">{team.name}</div>}
              </td>
              <td className="hide-m">
                {team === null ? (
                  <span className="t3">{say.noTeam}</span>
                ) : (
                  <>
                    {team.name}
                    <div className="sub">{words.roles[team.role]}</div>
                  </>
                )}
              </td>
              <td className="state">
                <span className="st">
                  <i className={DOTS[state]} />
                  {say.states[state]}
                </span>
              </td>
              <td className="hide-m">
                {usedBy === null ? (
                  <span className="t3">{say.nobody}</span>
                ) : (
                  <Link href={`/console/people/${encodeURIComponent(usedBy.id)}`}>{usedBy.name}</Link>
                )}
              </td>
              <td className="r hide-m t2">{momentText(expiresAtMs, language)}</td>
              <td className="r end">
                {state === 'open' && (
                  <button
                    type="button"
                    className="btn sm danger"
                    aria-label={words.ending.label(whom)}
                    onClick={() => onEnd(invitation)}
                  >
                    {words.ending.action}
                  </button>
                )}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
