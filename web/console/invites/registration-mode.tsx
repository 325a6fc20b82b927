import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { Registration } from '../../../src/http/api/wire/operator-registration.ts';
import type { RegistrationMode as Mode } from '../../../src/http/api/wire/sign-up.ts';
import { ask } from '../../api/ask.ts';
import { useSending } from '../../api/use-sending.ts';
import { Confirm } from '../../design/confirm.tsx';
import { FormTrouble } from '../../design/form-field.tsx';
import { moneyText } from '../../design/money.tsx';
import { fixedBy } from './fixed-by.ts';
import { REGISTRATION_PATH } from './invites-path.ts';
import type { InvitesWords } from './words.en.ts';

interface ModeProps {
  readonly words: InvitesWords;
  readonly registration: Registration;
}

const MODES: readonly Mode[] = ['closed', 'invite-only', 'open'];

/** Closed, by invitation, or open. It is done at once; opening to everybody says first what it can cost. */
export function RegistrationMode({ words, registration }: ModeProps): ReactNode {
  const queries = useQueryClient();
  const { isBusy, trouble, send } = useSending(words.didNotWork);
  const [isOpening, setOpening] = useState(false);
  const fixed = fixedBy(registration, 'registration');
  const choose = async (value: Mode) => {
    const isDone = await send(() => ask('PATCH', '/operator/settings/registration', { value }));
    if (!isDone) return;
    setOpening(false);
    await queries.invalidateQueries({ queryKey: [REGISTRATION_PATH] });
  };
  return (
    <fieldset className="modes" disabled={isBusy || fixed !== undefined}>
      <legend className="sr-only">{words.mode}</legend>
      {MODES.map((mode) => {
        const cannot = mode === 'open' && !registration.hasMail;
        return (
          <label key={mode} className={cannot ? 'mode dim' : 'mode'}>
            <input
              type="radio"
              name="mode"
              value={mode}
              checked={registration.mode === mode}
              disabled={cannot && registration.mode !== 'open'}
              onChange={() => (mode === 'open' ? setOpening(true) : void choose(mode))}
            />
            <span>
              <span className="b5">{words.modes[mode].name}</span>
              <span className="meta">{words.modes[mode].text}</span>
              {cannot && <span className="meta warn">{words.needsMail}</span>}
            </span>
          </label>
        );
      })}
      {fixed !== undefined && <p className="meta">{words.fixed(fixed)}</p>}
      {!isOpening && <FormTrouble trouble={trouble} />}
      {isOpening && (
        <Confirm
          title={words.opening.title}
          closeLabel={words.close}
          text={words.opening.text(moneyText(mostWhenOpen(registration), 2), registration.domains)}
          keep={words.opening.keep}
          go={words.opening.go}
          going={words.opening.going}
          isBusy={isBusy}
          trouble={trouble}
          onKeep={() => setOpening(false)}
          onGo={() => void choose('open')}
        />
      )}
    </fieldset>
  );
}

/** What a day can cost once it is open: whole credits within the day's bound. */
function mostWhenOpen({ signUpCreditTicks, dailyFreeCreditTicks }: Registration): string {
  const [credit, daily] = [BigInt(signUpCreditTicks), BigInt(dailyFreeCreditTicks)];
  return credit === 0n ? '0' : String((daily / credit) * credit);
}
