/** Hashes passwords off the event loop. */
export interface Passwords {
  hash(password: string): Promise<string>;
  verify(password: string, hash: string): Promise<boolean>;
}

export const PASSWORD_LEAST_CHARACTERS = 10;
/** What is hashed is bounded, and nobody types more. */
export const PASSWORD_MOST_CHARACTERS = 256;

/** What is tried first everywhere, among passwords that are long enough here. Compared in lower case. */
const COMMON: ReadonlySet<string> = new Set([
  '1234567890',
  '0123456789',
  '0987654321',
  '9876543210',
  '12345678910',
  '123456789a',
  '1234567891',
  '1111111111',
  '0000000000',
  '1q2w3e4r5t',
  '1qaz2wsx3edc',
  'qwertyuiop',
  'qwerty1234',
  'qwerty12345',
  'qwerty123456',
  'asdfghjkl1',
  'abcdefghij',
  'abcd123456',
  'password12',
  'password123',
  'password1234',
  'password12345',
  'passw0rd123',
  'p@ssword123',
  'p@ssw0rd123',
  'iloveyou123',
  'iloveyou12',
  'administrator',
  'admin12345',
  'admin123456',
  'adminadmin',
  'letmein123',
  'welcome123',
  'welcome1234',
  'changeme123',
  'changeme1234',
  'turnpike123',
  'q1w2e3r4t5',
  'zxcvbnm123',
  'woaini1314',
  '5201314520',
  '1314520520',
  'a123456789',
  'aa123456789',
  'aa12345678',
]);

/** One spelling of what looks alike, so that a password is the same from every keyboard. */
export function normalPassword(password: string): string {
  return password.normalize('NFKC');
}

export type PasswordFault = 'too-short' | 'too-long' | 'too-common';

/** Why a new password is not taken, if it is not. Lengths are counted in characters of the normal spelling. */
export function passwordFault(password: string): PasswordFault | undefined {
  // What is long is not normalised first, which can make it longer still.
  if (password.length > 4 * PASSWORD_MOST_CHARACTERS) return 'too-long';
  const normal = normalPassword(password);
  const characters = [...normal];
  if (characters.length < PASSWORD_LEAST_CHARACTERS) return 'too-short';
  if (characters.length > PASSWORD_MOST_CHARACTERS) return 'too-long';
  const isOneCharacter = new Set(characters).size === 1;
  return isOneCharacter || COMMON.has(normal.toLowerCase()) ? 'too-common' : undefined;
}
