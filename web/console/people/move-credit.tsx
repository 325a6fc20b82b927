import { type ReactNode, useId, useRef, useState } from 'react';
import type { TeamSummary } from '../../../src/http/api/wire/operator-people.ts';
import { ask } from '../../api/ask.ts';
import { type Trouble, useSending } from '../../api/use-sending.ts';
import { Dialog } from '../../design/dialog.tsx';
import { FormField, FormTrouble } from '../../design/form-field.tsx';
import { Money } from '../../design/money.tsx';
import { ticksOfDollars } from '../../design/typed-amount.ts';
import type { PeopleWords } from './words.en.ts';

export interface Movement {
  readonly direction: 'grant' | 'withdraw';
  readonly team: TeamSummary;
}

interface MoveProps {
  readonly words: PeopleWords;
  readonly movement: Movement;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

const AMOUNT = 'amountTicks';

export function MoveCredit({ words, movement, onClose, onDone }: MoveProps): ReactNode {
  const { credit } = words;
  const { direction, team } = movement;
  const isGrant = direction === 'grant';
  const sending = useSending(words.didNotWork);
  const [mistake, setMistake] = useState<Trouble | undefined>();
  // The same movement keeps its id, so that another try after a lost answer moves credit once.
  const ids = useRef(new Map<string, string>());
  const formId = useId();
  const trouble = mistake ?? sending.trouble;
  const save = async (form: FormData) => {
    const amountTicks = ticksOfDollars(String(form.get(AMOUNT)));
    if (amountTicks === undefined || amountTicks === '0') {
      setMistake({ field: AMOUNT, message: credit.badAmount });
      return;
    }
    setMistake(undefined);
    const memo = String(form.get('memo')).trim();
    const what = JSON.stringify([amountTicks, memo]);
    const id = ids.current.get(what) ?? crypto.randomUUID();
    ids.current.set(what, id);
    const path = `/operator/teams/${encodeURIComponent(team.id)}/credit`;
    if (await sending.send(() => ask('POST', path, { direction, amountTicks, memo, id }))) onDone();
  };
  const busyLabel = isGrant ? credit.granting : credit.withdrawing;
  const label = isGrant ? credit.grant : credit.withdraw;
  return (
    <Dialog
      title={isGrant ? credit.grantTitle(team.name) : credit.withdrawTitle(team.name)}
      closeLabel={words.close}
      onClose={onClose}
      footer={
        <button type="submit" form={formId} className="btn pri push" disabled={sending.isBusy}>
          {sending.isBusy ? busyLabel : label}
        </button>
      }
    >
      <p className="row between">
        <span className="t2">{credit.now}</span>
        <Money ticks={team.availableTicks} digits="balance" />
      </p>
      <form
        id={formId}
        className="stack g4"
        onSubmit={(event) => {
          event.preventDefault();
          void save(new FormData(event.currentTarget));
        }}
      >
        <FormField name={AMOUNT} label={credit.amount} trouble={trouble}>
          {(control) => (
            <input {...control} className="input" inputMode="decimal" required autoComplete="off" />
          )}
        </FormField>
        <FormField name="memo" label={credit.memo} hint={credit.memoHint} trouble={trouble}>
          {(control) => <input {...control} className="input" maxLength={200} autoComplete="off" />}
        </FormField>
        <FormTrouble trouble={trouble} fields={[AMOUNT, 'memo']} />
      </form>
    </Dialog>
  );
}
