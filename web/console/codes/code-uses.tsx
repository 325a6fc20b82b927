import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { Code, CodeUse } from '../../../src/http/api/wire/operator-codes.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { Dialog } from '../../design/dialog.tsx';
import { Failed, Skeleton } from '../../design/section-state.tsx';
import { useLanguage } from '../../shell/language.ts';
import { momentText } from '../../shell/moments.ts';
import type { CodesWords } from './words.en.ts';

interface UsesProps {
  readonly words: CodesWords;
  readonly code: Code;
  readonly onClose: () => void;
}

/** Which teams had a code, and who took it for them. */
export function CodeUses({ words, code, onClose }: UsesProps): ReactNode {
  const { uses: say } = words;
  const language = useLanguage();
  const answer = useAnswer<{ rows: CodeUse[] }>(`/operator/codes/${encodeURIComponent(code.id)}/uses`);
  const rows = answer.isPlaceholderData ? undefined : answer.data?.rows;
  return (
    <Dialog title={say.title(code.redacted)} closeLabel={words.close} onClose={onClose}>
      {answer.isError && (
        <Failed text={say.failed} again={words.again} onAgain={() => void answer.refetch()} />
      )}
      {rows === undefined && !answer.isError && <Skeleton label={words.loading} />}
      {rows !== undefined && (
        <table className="tbl flush tight">
          <thead>
            <tr>
              <th>{say.team}</th>
              <th>{say.person}</th>
              <th className="r">{say.at}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ team, person, atMs }) => (
              <tr key={team.id}>
                <td className="b5">{team.name ?? say.gone}</td>
                <td>
                  {person.name === null ? (
                    <span className="t3">{say.gone}</span>
                  ) : (
                    <Link href={`/console/people/${encodeURIComponent(person.userId)}`}>{person.name}</Link>
                  )}
                </td>
                <td className="r t2">{momentText(atMs, language)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Dialog>
  );
}
