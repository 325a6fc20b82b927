import type { ReactNode } from 'react';
import type { Alert } from '../../../src/http/api/wire/alerts.ts';
import { Icon } from '../../design/icons.tsx';
import { moneyText } from '../../design/money.tsx';
import { dollarsOfTicks } from '../../design/typed-amount.ts';
import type { LimitsWords } from './words.en.ts';

export function alertText(words: LimitsWords, { kind, thresholdTicks }: Alert): string {
  return words.kinds[kind](`$${dollarsOfTicks(thresholdTicks)}`);
}

/** One line that the team has drawn: on or off, how far it is, and whether it goes out by letter. */
export function AlertRow(props: {
  readonly words: LimitsWords;
  readonly alert: Alert;
  readonly isBusy: boolean;
  /** Letters reach people. */
  readonly hasMail: boolean;
  readonly onTurn: () => void;
  readonly onLetter: () => void;
  readonly onRemove?: () => void;
}): ReactNode {
  const { words, alert, isBusy, hasMail, onTurn, onLetter, onRemove } = props;
  const text = alertText(words, alert);
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
        {hasMail && (
          <label className="row meta by-letter">
            <input
              type="checkbox"
              checked={alert.byLetter}
              disabled={isBusy}
              aria-label={words.letterOf(text)}
              onChange={onLetter}
            />
            {words.byLetter}
          </label>
        )}
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
