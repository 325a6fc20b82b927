import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { Registration } from '../../../src/http/api/wire/operator-registration.ts';
import { ask, Refused } from '../../api/ask.ts';
import { type Trouble, useSending } from '../../api/use-sending.ts';
import { FormDialog } from '../../design/form-dialog.tsx';
import { FormField, FormTrouble } from '../../design/form-field.tsx';
import { dollarsOfTicks, ticksOfDollars } from '../../design/typed-amount.ts';
import { fixedBy } from './fixed-by.ts';
import { REGISTRATION_PATH } from './invites-path.ts';
import type { InvitesWords } from './words.en.ts';

interface BoundsProps {
  readonly words: InvitesWords;
  readonly registration: Registration;
  readonly onClose: () => void;
}

const CREDIT = 'sign-up-credit';
const DAILY = 'daily-free-credit';
const DOMAINS = 'registration-domains';

/** What sign-ups may cost and whose addresses are taken: each is a setting of its own, and sent if it changed. */
export function EditBounds({ words, registration, onClose }: BoundsProps): ReactNode {
  const { bounds } = words;
  const queries = useQueryClient();
  const sending = useSending(words.didNotWork);
  const [mistake, setMistake] = useState<Trouble | undefined>();
  const before: Readonly<Record<string, string>> = {
    [CREDIT]: registration.signUpCreditTicks,
    [DAILY]: registration.dailyFreeCreditTicks,
    [DOMAINS]: registration.domains.join(', '),
  };
  const save = async (form: FormData) => {
    const typed = new Map<string, string>();
    for (const name of [CREDIT, DAILY, DOMAINS]) {
      if (fixedBy(registration, name) !== undefined) continue;
      const text = String(form.get(name)).trim();
      const value = name === DOMAINS ? text : ticksOfDollars(text);
      if (value === undefined) return setMistake({ field: name, message: bounds.badAmount });
      if (value !== before[name]) typed.set(name, value);
    }
    setMistake(undefined);
    const isDone = await sending.send(async () => {
      for (const [name, value] of typed)
        await ask('PATCH', `/operator/settings/${name}`, { value }).catch((error: unknown) => {
          if (!(error instanceof Refused)) throw error;
          throw new Refused(error.status, error.code, error.message, name);
        });
    });
    await queries.invalidateQueries({ queryKey: [REGISTRATION_PATH] });
    if (isDone) onClose();
  };
  const trouble = mistake ?? sending.trouble;
  const hintOf = (name: string, usual: string) => {
    const fixed = fixedBy(registration, name);
    return fixed === undefined ? usual : words.fixed(fixed);
  };
  const isFixed = (name: string) => fixedBy(registration, name) !== undefined;
  return (
    <FormDialog
      title={bounds.title}
      closeLabel={words.close}
      onClose={onClose}
      save={bounds.save}
      saving={bounds.saving}
      isBusy={sending.isBusy}
      onSave={save}
    >
      {[
        { name: CREDIT, label: bounds.credit, hint: bounds.creditHint },
        { name: DAILY, label: bounds.daily, hint: bounds.dailyHint },
      ].map(({ name, label, hint }) => (
        <FormField key={name} name={name} label={label} hint={hintOf(name, hint)} trouble={trouble}>
          {(control) => (
            <input
              {...control}
              className="input"
              inputMode="decimal"
              autoComplete="off"
              required
              disabled={isFixed(name)}
              defaultValue={dollarsOfTicks(before[name] ?? '0')}
            />
          )}
        </FormField>
      ))}
      <FormField
        name={DOMAINS}
        label={bounds.domains}
        hint={hintOf(DOMAINS, bounds.domainsHint)}
        trouble={trouble}
      >
        {(control) => (
          <input
            {...control}
            className="input"
            autoComplete="off"
            spellCheck={false}
            maxLength={2_000}
            disabled={isFixed(DOMAINS)}
            defaultValue={before[DOMAINS]}
          />
        )}
      </FormField>
      <FormTrouble trouble={trouble} fields={[CREDIT, DAILY, DOMAINS]} />
    </FormDialog>
  );
}
