import { type ReactNode, useState } from 'react';
import type { OwnSession } from '../../../src/http/api/wire/security.ts';
import { ask } from '../../api/ask.ts';
import { useSending } from '../../api/use-sending.ts';
import { Confirm } from '../../design/confirm.tsx';
import { FormTrouble } from '../../design/form-field.tsx';
import { useLanguage } from '../../shell/language.ts';
import { momentText } from '../../shell/moments.ts';
import type { SecurityWords } from './words.en.ts';

interface SessionsSectionProps {
  readonly words: SecurityWords;
  readonly sessions: readonly OwnSession[];
  readonly onChanged: () => void;
}

/** Where somebody is signed in. Ending one takes a click: whoever it was signs in again. */
export function SessionsSection({ words, sessions, onChanged }: SessionsSectionProps): ReactNode {
  const { sessions: say } = words;
  const language = useLanguage();
  const { isBusy, trouble, send } = useSending(say.didNotWork);
  const [isAsking, setAsking] = useState(false);
  const end = async (path: string) => {
    if (await send(() => ask('DELETE', `/me/sessions${path}`))) onChanged();
  };
  const ordered = [...sessions].sort((a, b) => Number(b.isCurrent) - Number(a.isCurrent));
  return (
    <section className="sec">
      <div className="sec-h">
        <h2>{say.title}</h2>
        {sessions.length > 1 && (
          <button type="button" className="btn sm push" onClick={() => setAsking(true)}>
            {say.endOthers}
          </button>
        )}
      </div>
      <p className="meta sessions-lead">{say.lead}</p>
      <table className="tbl flush sessions">
        <thead className="hide-m">
          <tr>
            <th>{say.device}</th>
            <th>{say.place}</th>
            <th className="r">{say.since}</th>
            <th className="r">
              <span className="sr-only">{say.end}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {ordered.map(({ id, isCurrent, device, place, signedInAtMs }) => {
            const name = say.on(device.browser, device.system);
            const from = place === null ? say.unknownPlace : say.reach[place.reach];
            return (
              <tr key={id}>
                <td>
                  <span className="b5">{name}</span>
                  {isCurrent && <span className="badge good">{say.current}</span>}
                </td>
                <td>
                  {from}
                  {place !== null && place.reach !== 'this-machine' && (
                    <span className="sub num">{place.address}</span>
                  )}
                </td>
                <td className="r num">{momentText(signedInAtMs, language)}</td>
                <td className="r">
                  {!isCurrent && (
                    <button
                      type="button"
                      className="btn sm"
                      aria-label={say.endLabel(name)}
                      disabled={isBusy}
                      onClick={() => void end(`/${encodeURIComponent(id)}`)}
                    >
                      {say.end}
                    </button>
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {!isAsking && <FormTrouble trouble={trouble} />}
      {isAsking && (
        <Confirm
          title={say.endOthers}
          closeLabel={words.close}
          text={say.endOthersText}
          keep={say.keep}
          go={say.endOthersGo}
          going={say.ending}
          isBusy={isBusy}
          trouble={trouble}
          onKeep={() => setAsking(false)}
          onGo={() => void end('').then(() => setAsking(false))}
        />
      )}
    </section>
  );
}
