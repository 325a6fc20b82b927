import { type ReactNode, useId } from 'react';

/** The password that somebody has, said once more. */
export function OwnPassword(props: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (password: string) => void;
}): ReactNode {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{props.label}</label>
      <input
        id={id}
        className="input"
        type="password"
        autoComplete="current-password"
        required
        value={props.value}
        onChange={(event) => props.onChange(event.target.value)}
      />
    </div>
  );
}
