import type { ReactNode } from 'react';
import type { CatalogueModel } from '../../../src/http/api/wire/operator-catalogue.ts';
import { ask } from '../../api/ask.ts';
import { useSending } from '../../api/use-sending.ts';
import { FormDialog } from '../../design/form-dialog.tsx';
import { FormField, FormTrouble } from '../../design/form-field.tsx';
import { modelPath } from './catalogue-path.ts';
import type { CatalogueWords } from './words.en.ts';

interface EditProps {
  readonly words: CatalogueWords;
  readonly model: CatalogueModel;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

const FIELDS = ['contextTokens', 'maximumOutputTokens', 'aliases', 'ownedBy'];
const MOST_TOKENS = 100_000_000;

/** What a model takes and is called. Its id stays: it is in the books. */
export function EditFacts({ words, model, onClose, onDone }: EditProps): ReactNode {
  const { facts } = words;
  const { isBusy, trouble, send } = useSending(words.didNotWork);
  const save = async (form: FormData) => {
    const body = {
      contextTokens: Number(form.get('contextTokens')),
      maximumOutputTokens: Number(form.get('maximumOutputTokens')),
      inputModalities: form.get('images') === null ? ['text'] : ['text', 'image'],
      aliases: String(form.get('aliases'))
        .split(/[\s,]+/)
        .filter((alias) => alias !== ''),
      ownedBy: String(form.get('ownedBy')).trim(),
    };
    if (await send(() => ask('PATCH', modelPath(model.id), body))) onDone();
  };
  const count = (name: 'contextTokens' | 'maximumOutputTokens', label: string, hint: string) => (
    <FormField name={name} label={label} hint={hint} trouble={trouble}>
      {(control) => (
        <input
          {...control}
          type="number"
          className="input"
          required
          min={1}
          max={MOST_TOKENS}
          defaultValue={model[name]}
        />
      )}
    </FormField>
  );
  return (
    <FormDialog
      title={facts.editTitle(model.id)}
      closeLabel={words.close}
      onClose={onClose}
      save={words.save}
      saving={words.saving}
      isBusy={isBusy}
      onSave={save}
    >
      {count('contextTokens', words.context, facts.contextHint)}
      {count('maximumOutputTokens', facts.maximumOutput, facts.maximumOutputHint)}
      <label className="row">
        <input type="checkbox" name="images" defaultChecked={model.inputModalities.includes('image')} />
        {words.takesImages}
      </label>
      <FormField name="aliases" label={facts.aliases} hint={facts.aliasesHint} trouble={trouble}>
        {(control) => (
          <textarea
            {...control}
            className="input area mono"
            rows={Math.min(6, model.aliases.length + 2)}
            spellCheck={false}
            defaultValue={model.aliases.join('\n')}
          />
        )}
      </FormField>
      <FormField name="ownedBy" label={facts.ownedBy} hint={facts.ownedByHint} trouble={trouble}>
        {(control) => (
          <input {...control} className="input" required maxLength={64} defaultValue={model.ownedBy} />
        )}
      </FormField>
      <FormTrouble trouble={trouble} fields={FIELDS} />
    </FormDialog>
  );
}
