import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { Link } from 'wouter';
import type { Setting } from '../../../src/http/api/wire/operator-installation.ts';
import { ask } from '../../api/ask.ts';
import { type Trouble, useSending } from '../../api/use-sending.ts';
import { FormField, FormTrouble } from '../../design/form-field.tsx';
import { moneyText } from '../../design/money.tsx';
import { ticksOfDollars } from '../../design/typed-amount.ts';
import { SETTINGS_PATH } from './settings-path.ts';
import type { SettingsWords } from './words.en.ts';

interface CreditProps {
  readonly words: SettingsWords;
  readonly setting: Setting;
}

/** What whoever comes from now on is given. */
export function SignUpCredit({ words, setting }: CreditProps): ReactNode {
  const { credit } = words;
  const value = setting.value ?? '0';
  const sending = useSending(words.didNotWork);
  const [mistake, setMistake] = useState<Trouble | undefined>();
  const [typed, setTyped] = useState(() => plainDollars(value));
  const queries = useQueryClient();
  const ticks = ticksOfDollars(typed);
  const trouble = mistake ?? sending.trouble;
  const save = () => {
    if (ticks === undefined) return setMistake({ field: 'value', message: credit.badAmount });
    setMistake(undefined);
    void sending.send(async () =>
      queries.setQueryData(
        [SETTINGS_PATH],
        await ask('PATCH', `${SETTINGS_PATH}/${setting.name}`, { value: ticks }),
      ),
    );
  };
  return (
    <section>
      <div className="sec-h">
        <h2>{credit.title}</h2>
      </div>
      <p className="meta">{credit.text}</p>
      <form
        className="row wrap sign-up-credit"
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <FormField
          name="value"
          label={credit.amount}
          hint={credit.now(moneyText(value, 2), setting.source === 'default')}
          trouble={trouble}
        >
          {(control) => (
            <input
              {...control}
              className="input"
              inputMode="decimal"
              autoComplete="off"
              disabled={!setting.editable}
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
            />
          )}
        </FormField>
        {setting.editable && (
          <button type="submit" className="btn" disabled={sending.isBusy || ticks === value}>
            {sending.isBusy ? words.saving : words.save}
          </button>
        )}
      </form>
      {!setting.editable && <p className="meta">{credit.fixed(setting.environmentName ?? '')}</p>}
      <p className="meta">
        <Link href="/console/invites">{credit.signUps}</Link>
      </p>
      <FormTrouble trouble={trouble} fields={['value']} />
    </section>
  );
}

const PLACES = 10;

/** `25`, `0.5`: as somebody would type it. */
function plainDollars(ticks: string): string {
  return moneyText(ticks, PLACES)
    .replace('$', '')
    .replace(/\.?0+$/, '');
}
