import { type FormEvent, type ReactNode, useId, useState } from 'react';
import type { Alert } from '../../../src/http/api/wire/alerts.ts';
import { ticksOfDollars } from '../../design/typed-amount.ts';
import type { LimitsWords } from './words.en.ts';

const KINDS = ['balance-below', 'spent-in-a-day'] as const;

/** Another line, in one row. */
export function AddAlert(props: {
  readonly words: LimitsWords;
  readonly isBusy: boolean;
  /** Letters reach people. */
  readonly hasMail: boolean;
  /** Answers whether it was done. */
  readonly onAdd: (alert: Pick<Alert, 'kind' | 'thresholdTicks' | 'byLetter'>) => Promise<boolean>;
}): ReactNode {
  const { words, isBusy, hasMail, onAdd } = props;
  const { add } = words;
  const id = useId();
  const [kind, setKind] = useState<Alert['kind']>('balance-below');
  const [amount, setAmount] = useState('');
  const [wantsLetter, setWantsLetter] = useState(true);
  const [isWrong, setIsWrong] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const thresholdTicks = ticksOfDollars(amount);
    const isAmount = thresholdTicks !== undefined && thresholdTicks !== '0';
    setIsWrong(!isAmount);
    if (isAmount && (await onAdd({ kind, thresholdTicks, byLetter: hasMail && wantsLetter }))) setAmount('');
  };
  return (
    <form className="add-alert" onSubmit={submit} noValidate>
      <select
        className="select"
        aria-label={add.kind}
        value={kind}
        onChange={(event) => setKind(KINDS.find((name) => name === event.target.value) ?? 'balance-below')}
      >
        {KINDS.map((name) => (
          <option key={name} value={name}>
            {words.kindNames[name]}
          </option>
        ))}
      </select>
      <div className={isWrong ? 'input is-err' : 'input'}>
        <span className="t3">$</span>
        <input
          aria-label={add.amount}
          className="num"
          inputMode="decimal"
          autoComplete="off"
          aria-invalid={isWrong}
          aria-describedby={`${id}fault`}
          value={amount}
          onChange={(event) => setAmount(event.target.value)}
        />
      </div>
      {hasMail && (
        <label className="row">
          <input
            type="checkbox"
            checked={wantsLetter}
            onChange={(event) => setWantsLetter(event.target.checked)}
          />
          {words.byLetter}
        </label>
      )}
      <button type="submit" className="btn" disabled={isBusy}>
        {isBusy ? add.busy : add.submit}
      </button>
      <span id={`${id}fault`} className="meta bad fault" role="alert">
        {isWrong && add.badAmount}
      </span>
    </form>
  );
}
