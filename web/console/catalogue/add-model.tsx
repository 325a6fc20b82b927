import { type ReactNode, useState } from 'react';
import type { CatalogueModel } from '../../../src/http/api/wire/operator-catalogue.ts';
import { ask } from '../../api/ask.ts';
import { type Trouble, useSending } from '../../api/use-sending.ts';
import { FormDialog } from '../../design/form-dialog.tsx';
import { FormField, FormTrouble } from '../../design/form-field.tsx';
import { modelPath } from './catalogue-path.ts';
import { PriceFields } from './price-fields.tsx';
import { readTypedPrices, typedPrices } from './typed-prices.ts';
import type { CatalogueWords } from './words.en.ts';

interface AddProps {
  readonly words: CatalogueWords;
  readonly known: readonly CatalogueModel[];
  readonly onClose: () => void;
  readonly onDone: (model: CatalogueModel) => void;
}

const FIELDS = ['id', 'contextTokens', 'inputTicksPerToken', 'outputTicksPerToken'];

/** A model as it begins: its name, how much it reads, and what it costs. Everything else has a default. */
export function AddModel({ words, known, onClose, onDone }: AddProps): ReactNode {
  const { add } = words;
  const sending = useSending(words.didNotWork);
  const [mistake, setMistake] = useState<Trouble | undefined>();
  const [typed, setTyped] = useState(typedPrices(undefined));
  const trouble = mistake ?? sending.trouble;
  const save = (form: FormData) => {
    const id = String(form.get('id')).trim();
    // The API changes a model of a name that is known already, which nobody means here.
    const holder = known.find((model) => model.id === id || model.aliases.includes(id));
    if (holder !== undefined) return setMistake({ field: 'id', message: add.taken(holder.id) });
    const prices = readTypedPrices(typed);
    if ('wrong' in prices) return setMistake({ field: prices.wrong, message: words.badPrice });
    setMistake(undefined);
    void sending.send(async () =>
      onDone(
        await ask<CatalogueModel>('PATCH', modelPath(id), {
          contextTokens: Number(form.get('contextTokens')),
          inputModalities: form.get('images') === null ? ['text'] : ['text', 'image'],
          prices,
        }),
      ),
    );
  };
  return (
    <FormDialog
      title={add.title}
      closeLabel={words.close}
      onClose={onClose}
      lead={add.text}
      save={add.save}
      saving={add.saving}
      isBusy={sending.isBusy}
      onSave={save}
    >
      <FormField name="id" label={add.name} hint={add.nameHint} trouble={trouble}>
        {(control) => (
          <input
            {...control}
            className="input mono"
            required
            maxLength={128}
            pattern="[A-Za-z0-9][A-Za-z0-9._:\/@\-]*"
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
          />
        )}
      </FormField>
      <FormField name="contextTokens" label={words.context} hint={add.contextHint} trouble={trouble}>
        {(control) => (
          <input {...control} type="number" className="input" required min={1} max={100_000_000} />
        )}
      </FormField>
      <label className="row">
        <input type="checkbox" name="images" />
        {words.takesImages}
      </label>
      <PriceFields
        words={words}
        typed={typed}
        onTyped={setTyped}
        trouble={trouble}
        members={['inputTicksPerToken', 'outputTicksPerToken']}
      />
      <FormTrouble trouble={trouble} fields={FIELDS} />
    </FormDialog>
  );
}
