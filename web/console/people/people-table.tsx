import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { Person } from '../../../src/http/api/wire/operator-people.ts';
import { useLanguage } from '../../shell/language.ts';
import { momentText } from '../../shell/moments.ts';
import type { PeopleWords } from './words.en.ts';

/** A row a person; the name leads to them. */
export function PeopleTable(props: {
  readonly words: PeopleWords;
  readonly rows: readonly Person[];
}): ReactNode {
  const { words, rows } = props;
  const { heads } = words;
  const language = useLanguage();
  return (
    <table className="tbl flush people">
      <thead className="hide-m">
        <tr>
          <th>{heads.person}</th>
          <th>{heads.role}</th>
          <th>{heads.status}</th>
          <th className="r">{heads.teams}</th>
          <th className="r">{heads.since}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((person) => (
          <tr key={person.id} className={person.banned ? 'dim' : ''}>
            <td className="who">
              <Link href={`/console/people/${encodeURIComponent(person.id)}`} className="b5 ell block">
                {person.name}
              </Link>
              <div className="sub ell">{person.email}</div>
            </td>
            <td className="hide-m t2">{words.roles[person.role]}</td>
            <td className="status">
              <Status words={words} isDisabled={person.banned} />
            </td>
            <td className="r hide-m num">{person.teams}</td>
            <td className="r hide-m t2">{momentText(person.createdAtMs, language)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function Status(props: { readonly words: PeopleWords; readonly isDisabled: boolean }): ReactNode {
  const { words, isDisabled } = props;
  return (
    <span className="st t2">
      <i className={isDisabled ? 'dot off' : 'dot'} />
      {isDisabled ? words.states.disabled : words.states.active}
    </span>
  );
}
