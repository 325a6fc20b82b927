import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { Notice } from '../../../src/http/api/wire/notices.ts';
import { ask } from '../../api/ask.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useSending } from '../../api/use-sending.ts';
import { FormTrouble } from '../../design/form-field.tsx';
import { Icon } from '../../design/icons.tsx';
import { Failed, Skeleton } from '../../design/section-state.tsx';
import { useLanguage } from '../../shell/language.ts';
import { momentText } from '../../shell/moments.ts';
import { ComposeNotice } from './compose-notice.tsx';
import { noticeState } from './notice-state.ts';
import type { SettingsWords } from './words.en.ts';

const PATH = '/operator/notices';

const DOTS = { later: 'dot off', now: 'dot', over: 'dot off' } as const;

/** What everyone is told on every page: now, later, and what is over. */
export function NoticeSection({ words }: { readonly words: SettingsWords }): ReactNode {
  const { notices: say } = words;
  const notices = useAnswer<{ rows: Notice[] }>(PATH);
  const { isBusy, trouble, send } = useSending(words.didNotWork);
  const [isComposing, setIsComposing] = useState(false);
  /** The one that was just taken down, for whoever did not mean it. */
  const [taken, setTaken] = useState<Notice | undefined>();
  const queries = useQueryClient();
  const reload = async () => {
    await queries.invalidateQueries({ queryKey: [PATH] });
    await queries.invalidateQueries({ queryKey: ['/me'] });
  };
  const takeDown = (notice: Notice) =>
    void send(async () => {
      await ask('DELETE', `${PATH}/${encodeURIComponent(notice.id)}`);
      setTaken(notice);
      await reload();
    });
  const putBack = ({ id: _, ...notice }: Notice) =>
    void send(async () => {
      await ask('POST', PATH, notice);
      setTaken(undefined);
      await reload();
    });
  const rows = notices.data?.rows.toReversed();
  return (
    <section className="sec">
      <div className="sec-h">
        <h2>{say.title}</h2>
        <div className="push">
          <button type="button" className="btn" onClick={() => setIsComposing(true)}>
            <Icon name="plus" />
            {say.compose}
          </button>
        </div>
      </div>
      <p className="meta">{say.text}</p>
      <FormTrouble trouble={trouble} />
      {taken !== undefined && (
        <div className="banner taken-down" role="status">
          <span className="grow">{say.taken}</span>
          <button type="button" className="btn sm" disabled={isBusy} onClick={() => putBack(taken)}>
            {say.putBack}
          </button>
        </div>
      )}
      {notices.isError && (
        <Failed text={say.failed} again={words.again} onAgain={() => void notices.refetch()} />
      )}
      {notices.isPending && <Skeleton label={words.loading} />}
      {rows?.length === 0 && taken === undefined && <p className="t2">{say.none}</p>}
      {rows !== undefined && rows.length > 0 && (
        <NoticeTable words={words} rows={rows} isBusy={isBusy} onTakeDown={takeDown} />
      )}
      {isComposing && (
        <ComposeNotice
          words={words}
          onClose={() => setIsComposing(false)}
          onDone={() => {
            setIsComposing(false);
            setTaken(undefined);
            void reload();
          }}
        />
      )}
    </section>
  );
}

function NoticeTable(props: {
  readonly words: SettingsWords;
  readonly rows: readonly Notice[];
  readonly isBusy: boolean;
  readonly onTakeDown: (notice: Notice) => void;
}): ReactNode {
  const { words, rows } = props;
  const { notices: say } = words;
  const language = useLanguage();
  return (
    <table className="tbl flush notice-table">
      <thead className="sr-only">
        <tr>
          <th>{say.heads.notice}</th>
          <th>{say.heads.shown}</th>
          <th>{say.heads.actions}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((notice) => {
          const { id, tone, text, startsAtMs, endsAtMs } = notice;
          const state = noticeState(notice, Date.now());
          return (
            <tr key={id} className={state === 'over' ? 'dim' : ''}>
              <td>
                <div className="b5">{text[language]}</div>
                <div className="sub">{say.tones[tone]}</div>
              </td>
              <td>
                <span className="st">
                  <i className={DOTS[state]} />
                  {say.states[state]}
                </span>
                <div className="sub">
                  {say.span(
                    momentText(startsAtMs, language),
                    endsAtMs === null ? undefined : momentText(endsAtMs, language),
                  )}
                </div>
              </td>
              <td className="r">
                <button
                  type="button"
                  className="btn sm"
                  disabled={props.isBusy}
                  aria-label={say.takeDownOf(text[language])}
                  onClick={() => props.onTakeDown(notice)}
                >
                  {say.takeDown}
                </button>
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
