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
};
