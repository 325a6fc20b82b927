import type { ReactNode } from 'react';
import type { BackupList } from '../../../src/http/api/wire/operator-installation.ts';
import { download } from '../../api/download.ts';
import { useSending } from '../../api/use-sending.ts';
import { FormTrouble } from '../../design/form-field.tsx';
import { useLanguage } from '../../shell/language.ts';
import { momentText } from '../../shell/moments.ts';
import { usePerson } from '../../shell/person.tsx';
import { fileSize } from './file-size.ts';
import type { LedgerWords } from './words.en.ts';

interface TableProps {
  readonly words: LedgerWords;
  readonly rows: BackupList['rows'];
}

/** Youngest first. A backup holds every secret, so only the owner is offered to take one away. */
export function BackupTable({ words, rows }: TableProps): ReactNode {
  const { backups: say } = words;
  const { me } = usePerson();
  const language = useLanguage();
  const { isBusy, trouble, send } = useSending(words.didNotWork);
  const isOwner = me.role === 'owner';
  return (
    <>
      <FormTrouble trouble={trouble} />
      <table className="tbl flush backups">
        <thead className="hide-m">
          <tr>
            <th>{say.name}</th>
            <th className="r">{say.made}</th>
            <th className="r">{say.size}</th>
            {isOwner && (
              <th>
                <span className="sr-only">{say.actions}</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, madeAtMs, sizeBytes }) => (
            <tr key={name}>
              <td className="file">
                <div className="ell mono">{name}</div>
                <div className="sub only-m">
                  {momentText(madeAtMs, language)} · {fileSize(sizeBytes)}
                </div>
              </td>
              <td className="r hide-m t2">{momentText(madeAtMs, language)}</td>
              <td className="r hide-m num">{fileSize(sizeBytes)}</td>
              {isOwner && (
                <td className="r">
                  <button
                    type="button"
                    className="btn sm"
                    aria-label={say.downloadOf(name)}
                    disabled={isBusy}
                    onClick={() =>
                      void send(() => download(`/operator/backups/${encodeURIComponent(name)}/file`))
                    }
                  >
                    {say.download}
                  </button>
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
