import type { ReactNode } from 'react';
import type { ModelList } from '../../../src/http/api/wire/models.ts';
import { useAnswer } from '../../api/use-answer.ts';
import type { Trouble } from '../../api/use-sending.ts';
import { usePerson } from '../../shell/person.tsx';
import type { KeyDraft } from './key-draft.ts';
import type { KeysWords } from './words.en.ts';

export interface DraftFieldsProps {
  readonly words: KeysWords;
  readonly draft: KeyDraft;
  readonly onChange: (part: Partial<KeyDraft>) => void;
  readonly trouble: Trouble | undefined;
}

const ENDPOINTS = ['chat', 'models', 'tokenize'] as const;

/** What a key may call, and which models it may name. */
export function ReachFields({ words, draft, onChange, trouble }: DraftFieldsProps): ReactNode {
  const { team } = usePerson();
  const { form } = words;
  const models = useAnswer<ModelList>(`/teams/${team.id}/models`);
  const known = models.data?.rows.map(({ id }) => id) ?? [];
  return (
    <>
      <Choice
        label={form.endpoints}
        all={form.everything}
        only={form.only}
        chosen={draft.endpoints}
        names={ENDPOINTS}
        textOf={(name) => words.endpoints[name] ?? name}
        hintOf={(name) => words.paths[name]}
        fault={trouble?.field === 'endpoints' ? trouble.message : undefined}
        onChoose={(endpoints) => onChange({ endpoints })}
      />
      <Choice
        label={form.models}
        all={form.all}
        only={form.only}
        chosen={draft.models}
        names={known}
        textOf={(name) => name}
        fault={trouble?.field === 'models' ? trouble.message : undefined}
        onChoose={(chosen) => onChange({ models: chosen })}
      />
    </>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly all: string;
  readonly only: string;
  /** Null is everything. */
  readonly chosen: readonly string[] | null;
  readonly names: readonly string[];
  readonly textOf: (name: string) => string;
  readonly hintOf?: (name: string) => string | undefined;
  readonly fault: string | undefined;
  readonly onChoose: (chosen: readonly string[] | null) => void;
}

/** Everything, or some of it. What was chosen before stays on the list, also when nothing here knows it. */
function Choice(props: ChoiceProps): ReactNode {
  const { label, all, only, chosen, names, textOf, hintOf, fault, onChoose } = props;
  const listed = [...new Set([...names, ...(chosen ?? [])])];
  const turn = (name: string) =>
    onChoose(chosen?.includes(name) ? chosen.filter((other) => other !== name) : [...(chosen ?? []), name]);
  return (
    <fieldset className="field">
      <legend className="lbl">{label}</legend>
      <div className="seg">
        <button type="button" aria-pressed={chosen === null} onClick={() => onChoose(null)}>
          {all}
        </button>
        <button type="button" aria-pressed={chosen !== null} onClick={() => onChoose(chosen ?? [])}>
          {only}
        </button>
      </div>
      {chosen !== null && (
        <div className="key-choices">
          {listed.map((name) => (
            <label className="check" key={name}>
              <input type="checkbox" checked={chosen.includes(name)} onChange={() => turn(name)} />
              <span className="grow">
                <span className="ell own-line">{textOf(name)}</span>
                {hintOf?.(name) !== undefined && <span className="micro mono own-line">{hintOf(name)}</span>}
              </span>
            </label>
          ))}
        </div>
      )}
      {fault !== undefined && (
        <span className="err" role="alert">
          {fault}
        </span>
      )}
    </fieldset>
  );
}
