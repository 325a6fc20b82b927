import { type ReactNode, useState } from 'react';
import type { Trouble } from '../api/use-sending.ts';
import { FormField } from './form-field.tsx';
import './password-field.css';
import { PASSWORD_LEVELS, passwordStrength } from './password-strength.ts';
import type { PasswordWords } from './password-words.en.ts';

interface PasswordFieldProps {
  readonly words: PasswordWords;
  readonly value: string;
  readonly onChange: (password: string) => void;
  readonly trouble: Trouble | undefined;
}

/** A new password: it can be looked at, and how hard it is to guess is said in words and drawn as a road. */
export function PasswordField({ words, value, onChange, trouble }: PasswordFieldProps): ReactNode {
  const [isShown, setIsShown] = useState(false);
  const { level, missing } = passwordStrength(value);
  const said = missing > 0 ? words.missing(missing) : words.levels[level];
  const done = missing > 0 ? 0 : PASSWORD_LEVELS.indexOf(level) + 1;
  return (
    <FormField name="password" label={words.label} hint={value === '' ? words.hint : said} trouble={trouble}>
      {(control) => (
        <>
          <div className="input new-password">
            <input
              type={isShown ? 'text' : 'password'}
              autoComplete="new-password"
              spellCheck={false}
              autoCapitalize="off"
              required
              value={value}
              onChange={(event) => onChange(event.target.value)}
              {...control}
            />
            <button
              type="button"
              className="show"
              aria-pressed={isShown}
              onClick={() => setIsShown(!isShown)}
            >
              {isShown ? words.hide : words.show}
            </button>
          </div>
          <div className={`strength ${value === '' || missing > 0 ? '' : level}`} aria-hidden="true">
            {PASSWORD_LEVELS.map((part, at) => (
              <i key={part} className={at < done ? 'on' : ''} />
            ))}
          </div>
        </>
      )}
    </FormField>
  );
}
