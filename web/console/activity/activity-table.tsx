import type { ReactNode } from 'react';
import type { ActivityEntry } from '../../../src/http/api/wire/operator-installation.ts';
import { useLanguage } from '../../shell/language.ts';
import { momentText } from '../../shell/moments.ts';
import type { ActivityView } from './activity-view.ts';
import { ChangeList } from './change-list.tsx';
import type { ActivityWords } from './words.en.ts';

interface TableProps {
  readonly words: ActivityWords;
  readonly rows: readonly ActivityEntry[];
  readonly onActor: (actor: NonNullable<ActivityView['actor']>) => void;
}

/** A row a change. */
export function ActivityTable({ words, rows, onActor }: TableProps): ReactNode {
  const { heads } = words;
  const language = useLanguage();
  return (
    <table className="tbl flush activity">
      <thead className="hide-m">
        <tr>
          <th>{heads.when}</th>
          <th>{heads.who}</th>
          <th>{heads.what}</th>
          <th className="r">{heads.from}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((entry) => {
          const { id, atMs, actor, action, subject, address } = entry;
          const isCommand = actor.userId === null;
          const name = isCommand ? words.commandLine : actor.name;
          return (
            <tr key={id}>
              <td className="when t2 num">{momentText(atMs, language)}</td>
              <td className="who">
                <button
                  type="button"
                  className="actor ell"
                  aria-label={words.onlyOf(name)}
                  onClick={() => onActor({ id: actor.userId ?? actor.name, name })}
                >
                  {name}
                </button>
              </td>
              <td className="what">
                <div>
                  {words.actions[action] ?? <code className="in">{action}</code>}{' '}
                  {subject !== '' && action !== 'code.redeem' && <span className="b5">{subject}</span>}
                </div>
                <ChangeList words={words} entry={entry} />
              </td>
              <td className="r from t3 num">{address ?? words.none}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
