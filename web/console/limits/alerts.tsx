import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { Alert, AlertList } from '../../../src/http/api/wire/alerts.ts';
import { ask } from '../../api/ask.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useSending } from '../../api/use-sending.ts';
import { FormTrouble } from '../../design/form-field.tsx';
import { Failed, Skeleton } from '../../design/section-state.tsx';
import { usePerson } from '../../shell/person.tsx';
import { AddAlert } from './add-alert.tsx';
import { AlertRow, alertText } from './alert-row.tsx';
import type { LimitsWords } from './words.en.ts';

/** Who draws lines. */
const MANAGERS: readonly string[] = ['owner', 'administrator', 'billing'];
const REFRESH_MS = 15_000;

/** The lines that the team has drawn. One that is taken away can be had back at once. */
export function Alerts({ words }: { readonly words: LimitsWords }): ReactNode {
  const { team } = usePerson();
  const path = `/teams/${team.id}/alerts`;
  const alerts = useAnswer<AlertList>(path, { refreshMs: REFRESH_MS });
  const queries = useQueryClient();
  const { isBusy, trouble, send } = useSending(words.didNotWork);
  const [removed, setRemoved] = useState<Alert | undefined>();
  const mayChange = MANAGERS.includes(team.role);
  const change = (method: string, place: string, body?: unknown) =>
    send(async () => queries.setQueryData([path], await ask<AlertList>(method, path + place, body)));
  const remove = async (alert: Alert) => {
    if (await change('DELETE', `/${alert.id}`)) setRemoved(alert);
  };
  const undo = async ({ kind, thresholdTicks, byLetter }: Alert) => {
    if (await change('POST', '', { kind, thresholdTicks, byLetter })) setRemoved(undefined);
  };
  const hasMail = alerts.data?.hasMail ?? false;
  return (
    <section className="sec alerts">
      <div className="sec-h">
        <h2>{words.alerts}</h2>
      </div>
      <p className="meta">
        {words.alertsLead} {alerts.data !== undefined && (hasMail ? words.letterLead : words.noMail)}
      </p>
      {alerts.data === undefined && alerts.error === null && <Skeleton label={words.loading} rows={2} />}
      {alerts.error !== null && (
        <Failed text={words.alertsFailed} again={words.again} onAgain={() => void alerts.refetch()} />
      )}
      {alerts.data?.rows.length === 0 && <p className="t3 none">{words.noAlerts}</p>}
      <ul>
        {alerts.data?.rows.map((alert) => (
          <AlertRow
            key={alert.id}
            words={words}
            alert={alert}
            isBusy={isBusy || !mayChange}
            hasMail={hasMail}
            onLetter={() => void change('PATCH', `/${alert.id}`, { byLetter: !alert.byLetter })}
            onTurn={() => void change('PATCH', `/${alert.id}`, { enabled: !alert.enabled })}
            {...(mayChange && { onRemove: () => void remove(alert) })}
          />
        ))}
      </ul>
      <div role="status">
        {removed !== undefined && (
          <div className="banner">
            <span className="grow">{words.removed(alertText(words, removed))}</span>
            <button type="button" className="btn sm" disabled={isBusy} onClick={() => void undo(removed)}>
              {words.undo}
            </button>
          </div>
        )}
      </div>
      <FormTrouble trouble={trouble} />
      {mayChange ? (
        <AddAlert
          words={words}
          hasMail={hasMail}
          onAdd={(body) => change('POST', '', body)}
          isBusy={isBusy}
        />
      ) : (
        <p className="meta t3">{words.cannot}</p>
      )}
    </section>
  );
}
