import { type ReactNode, useId, useState } from 'react';
import { useLocation } from 'wouter';
import type { Key } from '../../../src/http/api/wire/keys.ts';
import { Icon } from '../../design/icons.tsx';
import { type RowChoice, RowMenu } from '../../design/row-menu.tsx';
import { useLanguage } from '../../shell/language.ts';
import { monthText } from '../../shell/moments.ts';
import { usePerson } from '../../shell/person.tsx';
import type { KeyTask } from './key-dialog.tsx';
import { KeyRow } from './key-row.tsx';
import type { KeysWords } from './words.en.ts';

interface KeyTableProps {
  readonly words: KeysWords;
  readonly rows: readonly Key[];
  readonly onTask: (task: KeyTask) => void;
  readonly onTurn: (key: Key) => void;
}

/** As many keys are seen at a glance; for more there is a field to find one. */
const AT_A_GLANCE = 12;

/** The keys that work, the youngest first, and on demand those that have ended. */
export function KeyTable({ words, rows, onTask, onTurn }: KeyTableProps): ReactNode {
  const [sought, setSought] = useState('');
  const [showsEnded, setShowsEnded] = useState(false);
  const language = useLanguage();
  const nowMs = Date.now();
  const isFound = ({ name, redacted }: Key) =>
    `${name} ${redacted}`.toLowerCase().includes(sought.trim().toLowerCase());
  const youngest = rows.toReversed().filter(isFound);
  const working = youngest.filter((key) => !hasEnded(key));
  const ended = youngest.filter(hasEnded);
  const shown = showsEnded || working.length === 0 ? [...working, ...ended] : working;
  const { heads } = words;
  return (
    <>
      {rows.length > AT_A_GLANCE && <Find words={words} sought={sought} onSought={setSought} />}
      {shown.length === 0 ? (
        <div className="empty">
          <p>{words.noneFound}</p>
          <button type="button" className="btn" onClick={() => setSought('')}>
            {words.clearFind}
          </button>
        </div>
      ) : (
        <table className="tbl flush keys">
          <thead className="hide-m">
            <tr>
              <th>{heads.name}</th>
              <th>{heads.status}</th>
              <th>{heads.reach}</th>
              <th>{heads.limits}</th>
              <th className="r">{heads.spent(monthText(nowMs, language))}</th>
              <th className="r">{heads.used}</th>
              <th className="r">{heads.expires}</th>
              <th>
                <span className="sr-only">{heads.actions}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map((key) => (
              <KeyRow key={key.id} words={words} row={key} nowMs={nowMs}>
                <Menu words={words} row={key} onTask={onTask} onTurn={onTurn} />
              </KeyRow>
            ))}
          </tbody>
        </table>
      )}
      {ended.length > 0 && working.length > 0 && (
        <button
          type="button"
          className="btn ghost sm keys-ended"
          aria-expanded={showsEnded}
          onClick={() => setShowsEnded(!showsEnded)}
        >
          {showsEnded ? words.hideEnded : words.ended(ended.length)}
        </button>
      )}
    </>
  );
}

function hasEnded({ state }: Key): boolean {
  return state === 'revoked' || state === 'expired';
}

function Find(props: {
  readonly words: KeysWords;
  readonly sought: string;
  readonly onSought: (sought: string) => void;
}): ReactNode {
  const id = useId();
  return (
    <div className="input keys-find">
      <Icon name="find" />
      <label htmlFor={id} className="sr-only">
        {props.words.find}
      </label>
      <input
        id={id}
        type="search"
        placeholder={props.words.find}
        value={props.sought}
        onChange={(event) => props.onSought(event.target.value)}
      />
    </div>
  );
}

/** What the reader may do with a key: a member changes their own, an administrator all. */
function Menu(props: Omit<KeyTableProps, 'rows'> & { readonly row: Key }): ReactNode {
  const { words, row, onTask, onTurn } = props;
  const { team } = usePerson();
  const [, navigate] = useLocation();
  const { menu } = words;
  const mayChange =
    team.role === 'owner' || team.role === 'administrator' || (team.role === 'member' && row.isOwn);
  const isGone = row.state === 'revoked';
  const task = (label: string, kind: 'use' | 'edit' | 'rotate' | 'revoke', isGrave = false): RowChoice => ({
    label,
    isGrave,
    onChoose: () => onTask({ kind, key: row }),
  });
  const requests: RowChoice = {
    label: menu.requests,
    onChoose: () => navigate(`/console/requests?key=${encodeURIComponent(row.id)}`),
  };
  if (isGone) return <RowMenu label={menu.label(row.name)} choices={[requests]} />;
  return (
    <RowMenu
      label={menu.label(row.name)}
      choices={[
        task(menu.use, 'use'),
        requests,
        ...(mayChange
          ? [
              task(menu.edit, 'edit'),
              task(menu.rotate, 'rotate'),
              {
                label: row.state === 'disabled' ? menu.enable : menu.disable,
                onChoose: () => onTurn(row),
              },
              task(menu.revoke, 'revoke', true),
            ]
          : []),
      ]}
    />
  );
}
