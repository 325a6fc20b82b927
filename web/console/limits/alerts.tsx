import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { Alert } from '../../../src/http/api/wire/alerts.ts';
import { ask } from '../../api/ask.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useSending } from '../../api/use-sending.ts';
import { FormTrouble } from '../../design/form-field.tsx';
import { Icon } from '../../design/icons.tsx';
import { moneyText } from '../../design/money.tsx';
import { Failed, Skeleton } from '../../design/section-state.tsx';
import { dollarsOfTicks } from '../../design/typed-amount.ts';
import { usePerson } from '../../shell/person.tsx';
import { AddAlert } from './add-alert.tsx';
import type { LimitsWords } from './words.en.ts';

interface AlertList {
  readonly rows: readonly Alert[];
}

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
  const undo = async ({ kind, thresholdTicks }: Alert) => {
    if (await change('POST', '', { kind, thresholdTicks })) setRemoved(undefined);
  };
  return (
    <section className="sec alerts">
      <div className="sec-h">
        <h2>{words.alerts}</h2>
      </div>
      <p className="meta">{words.alertsLead}</p>
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
            onTurn={() => void change('PATCH', `/${alert.id}`, { enabled: !alert.enabled })}
            {...(mayChange && { onRemove: () => void remove(alert) })}
          />
        ))}
      </ul>
      <div role="status">
        {removed !== undefined && (
          <div className="banner">
            <span className="grow">{words.removed(textOf(words, removed))}</span>
            <button type="button" className="btn sm" disabled={isBusy} onClick={() => void undo(removed)}>
              {words.undo}
            </button>
          </div>
        )}
      </div>
      <FormTrouble trouble={trouble} />
      {mayChange ? (
        <AddAlert words={words} onAdd={(body) => change('POST', '', body)} isBusy={isBusy} />
      ) : (
        <p className="meta t3">{words.cannot}</p>
      )}
    </section>
  );
}

function textOf(words: LimitsWords, { kind, thresholdTicks }: Alert): string {
  return words.kinds[kind](`$${dollarsOfTicks(thresholdTicks)}`);
}

function AlertRow(props: {
  readonly words: LimitsWords;
  readonly alert: Alert;
  readonly isBusy: boolean;
  readonly onTurn: () => void;
  readonly onRemove?: () => void;
}): ReactNode {
  const { words, alert, isBusy, onTurn, onRemove } = props;
  const text = textOf(words, alert);
  const state = alert.enabled ? (alert.isCrossed ? 'crossed' : 'quiet') : 'off';
  const dot = { crossed: 'dot bad', quiet: 'dot', off: 'dot off' }[state];
  return (
    <li className="row g3">
      <input
        type="checkbox"
        role="switch"
        aria-checked={alert.enabled}
        checked={alert.enabled}
        disabled={isBusy}
        aria-label={words.turnOn(text)}
        onChange={onTurn}
      />
      <span className="grow">
        <span className="b5">{text}</span>
        <span className="meta t3 num own-line">{words.nowIs[alert.kind](moneyText(alert.nowTicks))}</span>
      </span>
      <span className="st t2">
        <i className={dot} />
        {words.states[state]}
      </span>
      {onRemove !== undefined && (
        <button
          type="button"
          className="ib"
          aria-label={words.remove(text)}
          disabled={isBusy}
          onClick={onRemove}
        >
          <Icon name="close" />
        </button>
      )}
    </li>
  );
}
