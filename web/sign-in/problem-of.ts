import { AuthRefused } from '../api/send-auth.ts';
import { PasskeyFailed } from '../passkeys/ask-authenticator.ts';
import type { SignInWords } from './words.en.ts';

export type Problem = keyof SignInWords['problems'];

const BY_CODE: Readonly<Record<string, Problem>> = {
  BANNED: 'banned',
  PASSKEY_WRONG: 'passkey',
  PASSKEY_COPIED: 'passkeyCopied',
  CODE_WRONG: 'code',
  INVALID_CODE: 'appCode',
  INVALID_BACKUP_CODE: 'recoveryCode',
  INVALID_TWO_FACTOR_COOKIE: 'tooLate',
  TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE: 'tooLate',
  PROVIDER_AWAY: 'providerAway',
  PROVIDER_NOT_FOUND: 'providerAway',
  LINK_OVER: 'link',
  EMAIL_WRONG: 'email',
  EMAIL_TAKEN: 'taken',
  PASSWORD_TOO_SHORT: 'short',
  PASSWORD_TOO_LONG: 'long',
  PASSWORD_TOO_COMMON: 'common',
};

/** What is said about something that sign-in refused. */
export function problemOf(error: unknown): Problem {
  if (error instanceof PasskeyFailed)
    return error.fault === 'cancelled' ? 'passkeyCancelled' : 'passkeyUnable';
  if (!(error instanceof AuthRefused)) return 'away';
  if (error.status === 429) return 'tooMany';
  return BY_CODE[error.code] ?? (error.status >= 500 ? 'away' : 'wrong');
}

const BY_PROVIDER: Readonly<Record<string, Problem>> = {
  BANNED: 'banned',
  signup_disabled: 'stranger',
  account_not_linked: 'notLinked',
  email_not_found: 'noEmail',
  access_denied: 'denied',
  PROVIDER_AWAY: 'providerAway',
};

/** What is said when somebody comes back from a provider and is not let in. */
export function problemOfProvider(code: string): Problem {
  return BY_PROVIDER[code] ?? 'provider';
}
