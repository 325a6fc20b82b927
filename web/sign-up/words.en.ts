import { passwordWords } from '../design/password-words.en.ts';

export const en = {
  otherLanguage: '简体中文',
  stays: 'Your data stays on this server',
  title: 'Make your account',
  to: (host: string) => `on Turnpike at ${host}`,
  invitedTo: (team: string, host: string) => `and join ${team}, on Turnpike at ${host}`,
  name: 'Name',
  nameHint: 'As others here will see you.',
  email: 'E-mail',
  domains: (domains: readonly string[]) => `Addresses of ${domains.join(', ')} are taken here.`,
  password: passwordWords,
  credit: (amount: string) => `It begins with up to ${amount} of credit.`,
  make: 'Create account',
  making: 'Creating…',
  away: 'The server did not answer. Nothing was made. Try again.',
  send: 'Send me a link',
  sending: 'Sending…',
  sent: {
    title: 'Look into your mail',
    text: (email: string) =>
      `A letter is on its way to ${email}. Its link works once, for an hour. The account is made there.`,
    nothing: 'Nothing came? Look among the junk mail, or',
    again: 'ask for another one.',
  },
  over: {
    title: 'This link is not good any more',
    text: 'It was used, taken back, or has expired.',
    ask: 'Ask for another one here',
    operator: 'Ask whoever sent it for a new one.',
  },
  shut: {
    'invite-only': {
      title: 'By invitation only',
      text: 'Accounts here are made by invitation. Ask the operator of this server for a link.',
    },
    closed: {
      title: 'Registration is closed',
      text: 'Accounts here are made by the operator of this server. Ask them for one.',
    },
  },
  known: 'You have an account?',
  signIn: 'Sign in',
};

export type SignUpWords = typeof en;
