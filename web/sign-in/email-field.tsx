import type { ReactNode } from 'react';
import type { SignInWords } from './words.en.ts';

interface EmailFieldProps {
  readonly words: SignInWords;
  readonly value: string;
  readonly onChange: (email: string) => void;
}

export function EmailField({ words, value, onChange }: EmailFieldProps): ReactNode {
  return (
    <div className="field">
      <label htmlFor="email">{words.email}</label>
      <input
        className="input"
        id="email"
        type="email"
        autoComplete="username webauthn"
        required
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  );
}
