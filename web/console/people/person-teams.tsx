import type { ReactNode } from 'react';
import type { TeamSummary } from '../../../src/http/api/wire/operator-people.ts';
import { Money } from '../../design/money.tsx';
import type { Movement } from './move-credit.tsx';
import type { PeopleWords } from './words.en.ts';

interface TeamsProps {
  readonly words: PeopleWords;
  readonly teams: readonly TeamSummary[];
  readonly onMove: (movement: Movement) => void;
}

/** The teams of a person with what they can spend. Credit belongs to a team, so it is moved here. */
export function PersonTeams({ words, teams, onMove }: TeamsProps): ReactNode {
  const { person, credit } = words;
  return (
    <section className="sec">
      <div className="sec-h">
        <h2>{person.teams}</h2>
      </div>
      {teams.length === 0 && <p className="t2">{person.noTeams}</p>}
      {teams.length > 0 && (
        <table className="tbl flush people">
          <thead className="hide-m">
            <tr>
              <th>{person.team}</th>
              <th className="r">{person.held}</th>
              <th className="r">{person.available}</th>
              <th className="r">{person.credit}</th>
            </tr>
          </thead>
          <tbody>
            {teams.map((team) => (
              <tr key={team.id}>
                <td className="who">
                  <div className="row">
                    <span className="b5 ell">{team.name}</span>
                    {team.personal && <span className="badge line">{person.personal}</span>}
                    {team.blocked && <span className="badge bad">{person.blocked}</span>}
                  </div>
                  <div className="sub ell">{person.members(team.members)}</div>
                </td>
                <td className="r hide-m">
                  <Money ticks={team.heldTicks} />
                </td>
                <td className="r">
                  <Money ticks={team.availableTicks} digits="balance" />
                </td>
                <td className="r moves">
                  <button
                    type="button"
                    className="btn sm"
                    aria-label={credit.grantLabel(team.name)}
                    onClick={() => onMove({ direction: 'grant', team })}
                  >
                    {credit.grant}
                  </button>
                  <button
                    type="button"
                    className="btn sm"
                    aria-label={credit.withdrawLabel(team.name)}
                    onClick={() => onMove({ direction: 'withdraw', team })}
                  >
                    {credit.withdraw}
                  </button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
