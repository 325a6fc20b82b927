import { Refused } from '../api/ask.ts';

/** Which field of a person's form a refusal of the server is about. */
const FIELD_OF: Readonly<Record<string, string>> = {
  'bad-name': 'name',
  'bad-email': 'email',
  'email-taken': 'email',
  'domain-not-allowed': 'email',
  'weak-password': 'password',
};

/** Throws on what went wrong, with the field that it is about. */
export function aboutItsField(error: unknown): never {
  if (!(error instanceof Refused)) throw error;
  throw new Refused(error.status, error.code, error.message, error.field ?? FIELD_OF[error.code]);
}
