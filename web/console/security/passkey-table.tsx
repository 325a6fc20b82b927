import type { ReactNode } from 'react';
import type { OwnPasskey } from '../../../src/http/api/wire/passkeys.ts';
import { RowMenu } from '../../design/row-menu.tsx';
import { useLanguage } from '../../shell/language.ts';
import { dateText, momentText } from '../../shell/moments.ts';
import type { SecurityWords } from './words.en.ts';

interface PasskeyTableProps {
  readonly words: SecurityWords;
  readonly passkeys: readonly OwnPasskey[];
  /** The server's name by now; a passkey of another one is of no use. */
  readonly host: string | undefined;
  readonly onRename: (passkey: OwnPasskey) => void;
  readonly onRemove: (passkey: OwnPasskey) => void;
}

export function PasskeyTable({ words, passkeys, host, onRename, onRemove }: PasskeyTableProps): ReactNode {
  const say = words.passkeys;
  const language = useLanguage();
  return (
    <table className="tbl flush passkeys">
      <thead className="hide-m">
        <tr>
          <th>{say.name}</th>
          <th className="r">{say.made}</th>
          <th className="r">{say.used}</th>
          <th className="r">
            <span className="sr-only">{say.actions}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {passkeys.map((passkey) => (
          <tr key={passkey.id}>
            <td>
              <span className="b5 name">{passkey.name}</span>
              <span className="sub">
                {passkey.host !== host ? say.otherHost(passkey.host) : say.kept(passkey.isBackedUp)}
              </span>
            </td>
            <td className="r num">
              <span className="label t3">{say.made} </span>
              {dateText(passkey.createdAtMs, language)}
            </td>
            <td className="r num">
              <span className="label t3">{say.used} </span>
              {passkey.lastUsedAtMs === null ? say.unused : momentText(passkey.lastUsedAtMs, language)}
            </td>
            <td className="r">
              <RowMenu
                label={say.actionsFor(passkey.name)}
                choices={[
                  { label: say.rename, onChoose: () => onRename(passkey) },
                  { label: say.remove, onChoose: () => onRemove(passkey), isGrave: true },
                ]}
              />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
