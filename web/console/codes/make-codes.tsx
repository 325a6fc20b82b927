import { type ReactNode, useState } from 'react';
import { ask } from '../../api/ask.ts';
import { type Trouble, useSending } from '../../api/use-sending.ts';
import { FormDialog } from '../../design/form-dialog.tsx';
import { FormField, FormTrouble } from '../../design/form-field.tsx';
import { moneyText } from '../../design/money.tsx';
import { ticksOfDollars } from '../../design/typed-amount.ts';
import { startOfDay } from '../../shell/zone.ts';
import type { NewCode } from './made-codes.tsx';
import type { CodesWords } from './words.en.ts';

interface MakeProps {
  readonly words: CodesWords;
  readonly onClose: () => void;
  readonly onDone: (codes: readonly NewCode[]) => void;
}

const FIELDS = ['amountTicks', 'count', 'mostUses', 'expiresAtMs', 'memo'];
const MOST_CODES = 500;
const MOST_USES = 100_000;

/** What each code is worth, how many there shall be and how long they are good; with the most that it can cost. */
export function MakeCodes({ words, onClose, onDone }: MakeProps): ReactNode {
  const { make } = words;
  const sending = useSending(words.didNotWork);
  const [mistake, setMistake] = useState<Trouble | undefined>();
  const [amount, setAmount] = useState('5');
  const [count, setCount] = useState('1');
  const [uses, setUses] = useState('1');
  const trouble = mistake ?? sending.trouble;
  const amountTicks = ticksOfDollars(amount);
  const most = mostCost(amountTicks, count, uses);
  const save = (form: FormData) => {
    if (amountTicks === undefined || amountTicks === '0')
      return setMistake({ field: 'amountTicks', message: make.badAmount });
    const until = String(form.get('expiresAtMs'));
    // A code is good through its last day, which ends where the operator is.
    const expiresAtMs = until === '' ? null : startOfDay(until, 1);
    setMistake(undefined);
    void sending.send(async () => {
      const { rows } = await ask<{ rows: NewCode[] }>('POST', '/operator/codes', {
        ...{ amountTicks, count: Number(count), mostUses: Number(uses), expiresAtMs },
        memo: String(form.get('memo')).trim(),
      });
      onDone(rows);
    });
  };
  return (
    <FormDialog
      title={make.title}
      closeLabel={words.close}
      onClose={onClose}
      note={most === undefined ? '' : make.most(moneyText(most, 2))}
      save={make.save(Number(count))}
      saving={make.saving}
      isBusy={sending.isBusy}
      onSave={save}
    >
      <FormField name="amountTicks" label={make.amount} trouble={trouble}>
        {(control) => (
          <input
            {...control}
            className="input"
            inputMode="decimal"
            required
            autoComplete="off"
            value={amount}
            onChange={(event) => setAmount(event.target.value)}
          />
        )}
      </FormField>
      <div className="two-fields">
        <FormField name="count" label={make.count} trouble={trouble}>
          {(control) => (
            <input
              {...control}
              type="number"
              className="input"
              required
              min={1}
              max={MOST_CODES}
              value={count}
              onChange={(event) => setCount(event.target.value)}
            />
          )}
        </FormField>
        <FormField name="mostUses" label={make.uses} trouble={trouble}>
          {(control) => (
            <input
              {...control}
              type="number"
              className="input"
              required
              min={1}
              max={MOST_USES}
              value={uses}
              onChange={(event) => setUses(event.target.value)}
            />
          )}
        </FormField>
      </div>
      <p className="meta">{make.usesHint}</p>
      <FormField name="expiresAtMs" label={make.until} hint={make.untilHint} trouble={trouble}>
        {(control) => <input {...control} type="date" className="input" />}
      </FormField>
      <FormField name="memo" label={make.memo} hint={make.memoHint} trouble={trouble}>
        {(control) => <input {...control} className="input" maxLength={100} autoComplete="off" />}
      </FormField>
      <FormTrouble trouble={trouble} fields={FIELDS} />
    </FormDialog>
  );
}

/** If every use of every code is taken. */
function mostCost(amountTicks: string | undefined, count: string, uses: string): string | undefined {
  if (amountTicks === undefined || !/^\d+$/.test(count) || !/^\d+$/.test(uses)) return undefined;
  return String(BigInt(amountTicks) * BigInt(count) * BigInt(uses));
}
