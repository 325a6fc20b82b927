import { AuthRefused } from '../api/send-auth.ts';
import type { SignInWords } from './words.en.ts';

export type Problem = keyof SignInWords['problems'];

const BY_CODE: Readonly<Record<string, Problem>> = {
  BANNED: 'banned',
  CODE_WRONG: 'code',
  INVALID_CODE: 'appCode',
  INVALID_BACKUP_CODE: 'recoveryCode',
  INVALID_TWO_FACTOR_COOKIE: 'tooLate',
  TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE: 'tooLate',
  LINK_OVER: 'link',
  EMAIL_WRONG: 'email',
  EMAIL_TAKEN: 'taken',
  PASSWORD_TOO_SHORT: 'short',
  PASSWORD_TOO_LONG: 'long',
  PASSWORD_TOO_COMMON: 'common',
};

/** What is said about something that sign-in refused. */
export function problemOf(error: unknown): Problem {
  if (!(error instanceof AuthRefused)) return 'away';
  if (error.status === 429) return 'tooMany';
  return BY_CODE[error.code] ?? (error.status >= 500 ? 'away' : 'wrong');
}
