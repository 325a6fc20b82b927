import type { RefusalFacts } from '../../domain/refusal.ts';

type Fact = (name: string) => string;

/** What the command line says about how people sign in, in English. */
export const englishSignIn = {
  labels: { host: 'For', synced: 'Synced' },
  done: {
    'users password': (fact: Fact) =>
      `The new password of ${fact('email')}, shown this once: ${fact('password')}\nTheir sessions have ended.`,
    'set-up-link': (fact: Fact) =>
      `Whoever opens this link first is the owner of this installation. It works once, and ends the one before:\n\n${fact('link')}`,
    'users sign-out': (fact: Fact) => `${fact('email')} is signed out. Sessions ended: ${fact('sessions')}`,
    'users passkey-remove': (fact: Fact) =>
      `The passkey ${fact('name')} of ${fact('email')} opens nothing any more. Sessions that it began stay; to end them: turnpike users sign-out ${fact('email')}`,
  },
  refusals: {
    'weak-password': ({ fault }: RefusalFacts['weak-password']): string =>
      fault === 'too-common'
        ? 'Many people use this password, so it is tried first. Take another one.'
        : 'Take a password of 10 to 256 characters.',
    'wrong-password': () => 'This is not the password.',
    'passkeys-not-here': ({ url }: RefusalFacts['passkeys-not-here']) =>
      `Browsers allow passkeys over https at a name, and this server’s address is ${url}. Set TURNPIKE_PUBLIC_URL.`,
    'passkey-not-taken': () => 'The passkey was not made for this server, or it took too long.',
    'passkey-exists': () => 'This passkey is here already.',
    'too-many-passkeys': ({ most }: RefusalFacts['too-many-passkeys']) =>
      `A person has at most ${most} passkeys.`,
    'unknown-passkey': ({ passkey }: RefusalFacts['unknown-passkey']) =>
      `They have no passkey ${passkey}. turnpike users passkeys EMAIL shows what they have.`,
    'last-way-in': () => 'This is the only way in that they have.',
  },
};
