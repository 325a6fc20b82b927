import type { Language } from '../../language/choose-language.ts';
import { type Letter, type Letters, layOutLetter, lettersIn } from '../../language/letters.ts';
import type { Mailer } from '../../ports/mailer.ts';
import type { AuthRow, AuthStore } from '../../storage/auth-store.ts';
import { makeCode, makeLink, type ProofPorts } from './one-time-proofs.ts';

export interface LetterDeskParts extends ProofPorts {
  readonly auth: AuthStore;
  readonly mailer: Mailer;
  /** Where the links of letters lead. From the settings: what a request calls itself is not believed. */
  readonly baseUrl: string;
  /** What a person has chosen. */
  readonly languageOf: (userId: string) => Promise<Language | undefined>;
}

const MINUTE_MS = 60_000;
const RESET_MINUTES = 30;
const CODE_MINUTES = 10;
const CONFIRM_HOURS = 24;
const HOUR_MS = 60 * MINUTE_MS;

/** Writes the letters of sign-in. `language` is the reader's own where they have none in their preferences. */
export class LetterDesk {
  readonly #parts: LetterDeskParts;
  readonly #host: string;

  constructor(parts: LetterDeskParts) {
    this.#parts = parts;
    this.#host = new URL(parts.baseUrl).host;
  }

  /** A link for a new password, if there is a person with this address who may sign in. */
  async resetPassword(email: string, language: Language): Promise<void> {
    const user = await this.#admitted(email);
    if (user === undefined) return;
    const token = await makeLink(this.#parts, 'reset-password', [String(user.id)], RESET_MINUTES * MINUTE_MS);
    await this.#post(user, language, email, (letters) =>
      letters.resetPassword(this.#host, this.#link('/reset', token), RESET_MINUTES),
    );
  }

  /** A code to sign in with, if there is a person with this address who may sign in. */
  async signInCode(email: string, language: Language): Promise<void> {
    const user = await this.#admitted(email);
    if (user === undefined) return;
    const code = await makeCode(this.#parts, email, CODE_MINUTES * MINUTE_MS);
    const shown = `${code.slice(0, 4)} ${code.slice(4)}`;
    await this.#post(user, language, email, (letters) => letters.signInCode(this.#host, shown, CODE_MINUTES));
  }

  async confirmEmail(user: Person, language: Language): Promise<void> {
    const token = await makeLink(
      this.#parts,
      'confirm-email',
      [user.id, user.email],
      CONFIRM_HOURS * HOUR_MS,
    );
    await this.#post(user, language, user.email, (letters) =>
      letters.confirmEmail(this.#host, this.#link('/confirm', token), CONFIRM_HOURS),
    );
  }

  /** To the new address. If it is somebody's already, nothing is sent and nobody is told. */
  async changeEmail(user: Person, newEmail: string, language: Language): Promise<void> {
    if ((await this.#find('email', newEmail)) !== undefined) return;
    const value = [user.id, user.email, newEmail] as const;
    const token = await makeLink(this.#parts, 'change-email', value, CONFIRM_HOURS * HOUR_MS);
    await this.#post(user, language, newEmail, (letters) =>
      letters.confirmNewEmail(this.#host, this.#link('/confirm', token), CONFIRM_HOURS),
    );
  }

  /** To the address that was left. */
  emailWasChanged(user: Pick<Person, 'id'>, from: string, to: string, language: Language): Promise<void> {
    return this.#post(user, language, from, (letters) => letters.emailWasChanged(this.#host, to));
  }

  async passwordWasChanged(userId: string, language: Language): Promise<void> {
    const user = await this.#find('id', userId);
    if (user === undefined) return;
    await this.#post(user, language, String(user.email), (letters) => letters.passwordWasReset(this.#host));
  }

  async #admitted(email: string): Promise<AuthRow | undefined> {
    const user = await this.#find('email', email);
    return user?.banned === 1 ? undefined : user;
  }

  async #find(field: 'id' | 'email', value: string): Promise<AuthRow | undefined> {
    const all = [{ field, operator: 'eq', value }] as const;
    const [user] = await this.#parts.auth.find('user', { all, any: [], limit: 1 });
    return user;
  }

  async #post(
    user: { readonly id?: unknown },
    asked: Language,
    to: string,
    write: (letters: Letters) => Letter,
  ): Promise<void> {
    const language = (await this.#parts.languageOf(String(user.id))) ?? asked;
    this.#parts.mailer.post({ to, ...layOutLetter(write(lettersIn(language)), language) });
  }

  /** Behind `#` a browser keeps the token to itself, and no proxy writes it down. */
  #link(path: string, token: string): string {
    return `${this.#parts.baseUrl}${path}#token=${token}`;
  }
}

interface Person {
  readonly id: string;
  readonly email: string;
}
