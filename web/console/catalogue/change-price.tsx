import { type ReactNode, useEffect, useState } from 'react';
import type { CatalogueModel } from '../../../src/http/api/wire/operator-catalogue.ts';
import { ask } from '../../api/ask.ts';
import { type Trouble, useSending } from '../../api/use-sending.ts';
import { FormDialog } from '../../design/form-dialog.tsx';
import { FormField, FormTrouble } from '../../design/form-field.tsx';
import { localDay, localMinute, momentOf, startOfDay, zoneName } from '../../shell/zone.ts';
import { modelPath } from './catalogue-path.ts';
import { PriceFields } from './price-fields.tsx';
import { Preview } from './price-preview.tsx';
import { currentPrices } from './price-versions.ts';
import { membersOf, PRICE_MEMBERS, readTypedPrices, typedPrices } from './typed-prices.ts';
import type { CatalogueWords } from './words.en.ts';

interface ChangeProps {
  readonly words: CatalogueWords;
  readonly model: CatalogueModel;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

/** What is typed is reckoned once the fingers rest. */
const RESTS_MS = 350;

/** Other prices from now or a later moment on, with what the last month would have cost by them. */
export function ChangePrice({ words, model, onClose, onDone }: ChangeProps): ReactNode {
  const { changing } = words;
  const sending = useSending(words.didNotWork);
  const [mistake, setMistake] = useState<Trouble | undefined>();
  const [typed, setTyped] = useState(() => typedPrices(currentPrices(model.prices, Date.now())));
  const [isLater, setIsLater] = useState(false);
  const settled = useSettled(typed, RESTS_MS);
  const trouble = mistake ?? sending.trouble;
  const save = async (form: FormData) => {
    const prices = readTypedPrices(typed);
    if ('wrong' in prices) return setMistake({ field: prices.wrong, message: words.badPrice });
    const validFromMs = isLater ? momentOf(String(form.get('validFromMs'))) : undefined;
    if (validFromMs !== undefined && !(validFromMs > Date.now()))
      return setMistake({ field: 'validFromMs', message: changing.notLater });
    setMistake(undefined);
    const body = { ...prices, ...(validFromMs !== undefined && { validFromMs }) };
    if (await sending.send(() => ask('POST', `${modelPath(model.id)}/prices`, body))) onDone();
  };
  return (
    <FormDialog
      title={changing.title(model.id)}
      closeLabel={words.close}
      onClose={onClose}
      save={changing.save(isLater)}
      saving={changing.saving}
      isBusy={sending.isBusy}
      onSave={save}
    >
      <PriceFields
        words={words}
        typed={typed}
        onTyped={setTyped}
        trouble={trouble}
        members={membersOf(model)}
      />
      <fieldset className="seg from-when">
        <legend className="sr-only">{changing.from}</legend>
        <button type="button" aria-pressed={!isLater} onClick={() => setIsLater(false)}>
          {changing.now}
        </button>
        <button type="button" aria-pressed={isLater} onClick={() => setIsLater(true)}>
          {changing.later}
        </button>
      </fieldset>
      {isLater && (
        <FormField
          name="validFromMs"
          label={changing.moment}
          hint={changing.zone(zoneName())}
          trouble={trouble}
        >
          {(control) => (
            <input
              {...control}
              type="datetime-local"
              className="input fit"
              required
              defaultValue={localMinute(startOfDay(localDay(Date.now()), 1))}
            />
          )}
        </FormField>
      )}
      <Preview words={words} model={model} prices={readTypedPrices(settled)} />
      <FormTrouble trouble={trouble} fields={[...PRICE_MEMBERS, 'validFromMs']} />
    </FormDialog>
  );
}

/** A value once it has not changed for a while. */
function useSettled<Value>(value: Value, afterMs: number): Value {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), afterMs);
    return () => clearTimeout(timer);
  }, [value, afterMs]);
  return settled;
}
