import type { ReactNode } from 'react';
import type { CatalogueModel } from '../../../src/http/api/wire/operator-catalogue.ts';
import { ask } from '../../api/ask.ts';
import { useSending } from '../../api/use-sending.ts';
import { FormDialog } from '../../design/form-dialog.tsx';
import { FormField, FormTrouble } from '../../design/form-field.tsx';
import { modelPath } from './catalogue-path.ts';
import { LIMIT_NAMES } from './limit-names.ts';
import type { CatalogueWords } from './words.en.ts';

interface EditProps {
  readonly words: CatalogueWords;
  readonly model: CatalogueModel;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

/** The limits of each team for this model; an empty field is no limit. */
export function EditLimits({ words, model, onClose, onDone }: EditProps): ReactNode {
  const { limits } = words;
  const { isBusy, trouble, send } = useSending(words.didNotWork);
  const save = async (form: FormData) => {
    const entries = LIMIT_NAMES.map((name) => {
      const text = String(form.get(name)).trim();
      return [name, text === '' ? null : Number(text)] as const;
    });
    const body = { limits: Object.fromEntries(entries) };
    if (await send(() => ask('PATCH', modelPath(model.id), body))) onDone();
  };
  return (
    <FormDialog
      title={limits.editTitle(model.id)}
      closeLabel={words.close}
      onClose={onClose}
      lead={limits.editText}
      save={words.save}
      saving={words.saving}
      isBusy={isBusy}
      onSave={save}
    >
      {LIMIT_NAMES.map((name) => (
        <FormField key={name} name={name} label={limits.names[name]} trouble={trouble}>
          {(control) => (
            <input
              {...control}
              type="number"
              className="input"
              min={1}
              max={1_000_000_000}
              defaultValue={model.limits[name] ?? ''}
            />
          )}
        </FormField>
      ))}
      <FormTrouble trouble={trouble} fields={LIMIT_NAMES} />
    </FormDialog>
  );
}
