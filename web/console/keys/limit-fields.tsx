import { type ReactNode, useId } from 'react';
import { FormField } from '../../design/form-field.tsx';
import { LIMITS, SPENDS } from './key-draft.ts';
import type { DraftFieldsProps } from './reach-fields.tsx';

/** How often, how much, and from where. */
export function LimitFields({ words, draft, onChange, trouble }: DraftFieldsProps): ReactNode {
  const { form } = words;
  return (
    <>
      <Amounts
        label={form.limits}
        hint={form.limitsHint}
        names={LIMITS}
        units={form.per}
        values={draft.limits}
        fault={trouble?.field === 'limits' ? trouble.message : undefined}
        onValues={(limits) => onChange({ limits })}
      />
      <Amounts
        label={form.spends}
        hint={form.spendsHint}
        prefix="$"
        names={SPENDS}
        units={form.spend}
        values={draft.spends}
        fault={trouble?.field === 'spends' ? trouble.message : undefined}
        onValues={(spends) => onChange({ spends })}
      />
      <FormField name="networks" label={form.networks} hint={form.networksHint} trouble={trouble}>
        {(control) => (
          <textarea
            {...control}
            className="input area mono"
            rows={2}
            spellCheck={false}
            autoComplete="off"
            value={draft.networks}
            onChange={(event) => onChange({ networks: event.target.value })}
          />
        )}
      </FormField>
    </>
  );
}

interface AmountsProps<Name extends string> {
  readonly label: string;
  readonly hint: string;
  readonly prefix?: string;
  readonly names: readonly Name[];
  readonly units: Readonly<Record<Name, string>>;
  readonly values: Readonly<Record<Name, string>>;
  readonly fault: string | undefined;
  readonly onValues: (values: Readonly<Record<Name, string>>) => void;
}

/** Several numbers of a kind, each with its unit behind it. */
function Amounts<Name extends string>(props: AmountsProps<Name>): ReactNode {
  const { label, hint, prefix, names, units, values, fault, onValues } = props;
  const id = useId();
  return (
    <fieldset className="field" aria-describedby={`${id}note`}>
      <legend className="lbl">{label}</legend>
      <div className="key-amounts">
        {names.map((name) => (
          <label className="input" key={name}>
            {prefix !== undefined && <span className="t3">{prefix}</span>}
            <input
              className="num"
              inputMode="decimal"
              autoComplete="off"
              aria-label={`${label}, ${units[name]}`}
              value={values[name]}
              onChange={(event) => onValues({ ...values, [name]: event.target.value })}
            />
            <span className="suf">{units[name]}</span>
          </label>
        ))}
      </div>
      <span
        id={`${id}note`}
        className={fault === undefined ? 'hint' : 'err'}
        {...(fault && { role: 'alert' })}
      >
        {fault ?? hint}
      </span>
    </fieldset>
  );
}
