import type { PasswordLevel } from './password-strength.ts';

export interface PasswordWords {
  readonly label: string;
  readonly show: string;
  readonly hide: string;
  /** Before anything is typed. */
  readonly hint: string;
  readonly missing: (characters: number) => string;
  readonly levels: Readonly<Record<PasswordLevel, string>>;
}

/** What a new password is told, in English. */
export const passwordWords: PasswordWords = {
  label: 'Password',
  show: 'Show',
  hide: 'Hide',
  hint: 'At least 10 characters. A few words in a row are easy to remember and hard to guess.',
  missing: (characters: number) =>
    characters === 1 ? '1 more character to go.' : `${characters} more characters to go.`,
  levels: {
    weak: 'Weak: easy to guess. Make it longer.',
    fair: 'Fair: a patient guesser finds it.',
    good: 'Good: hard to guess.',
    strong: 'Strong: not to be guessed.',
  },
};
