import { type ReactNode, useId } from 'react';
import type { Trouble } from '../api/use-sending.ts';

interface ControlProps {
  readonly id: string;
  readonly name: string;
  readonly 'aria-invalid': boolean;
  readonly 'aria-describedby': string;
}

interface FormFieldProps {
  /** As the body that is sent calls it. */
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly trouble: Trouble | undefined;
  readonly children: (control: ControlProps) => ReactNode;
}

/** A label, its control, and below it what helps or what is wrong. */
export function FormField({ name, label, hint, trouble, children }: FormFieldProps): ReactNode {
  const id = useId();
  const isWrong = trouble?.field === name;
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children({ id, name, 'aria-invalid': isWrong, 'aria-describedby': `${id}-note` })}
      <span id={`${id}-note`} className={isWrong ? 'err' : 'hint'} {...(isWrong && { role: 'alert' })}>
        {isWrong ? trouble.message : hint}
      </span>
    </div>
  );
}

/** What went wrong and is about none of the fields that are shown. */
export function FormTrouble(props: {
  readonly trouble: Trouble | undefined;
  readonly fields?: readonly string[];
}): ReactNode {
  const { trouble, fields = [] } = props;
  if (trouble === undefined || (trouble.field !== undefined && fields.includes(trouble.field))) return null;
  return (
    <p className="bad" role="alert">
      {trouble.message}
    </p>
  );
}
