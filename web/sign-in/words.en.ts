import { passwordWords } from '../design/password-words.en.ts';

export const en = {
  title: 'Sign in',
  to: (host: string) => `to Turnpike at ${host}`,
  email: 'E-mail',
  password: 'Password',
  signIn: 'Sign in',
  signingIn: 'Signing in…',
  otherLanguage: '简体中文',
  closed: 'Accounts here are made by the operator.',
  invited: 'Accounts here are made by invitation. Ask the operator for a link.',
  newHere: 'New here?',
  signUp: 'Create an account',
  forgotten: 'Forgot your password?',
  codeInstead: 'Send me a code instead',
  passwordInstead: 'Use my password instead',
  sendCode: 'Send a code',
  sendAgain: 'Send again',
  code: 'Code',
  codeShape: 'Eight digits, as in the e-mail',
  codeSent: (email: string) =>
    `If ${email} has an account here, a code is on its way. It works once, for ten minutes.`,
  /** Follows after what is on its way. */
  byFolder: ' This server has no mail server: its administrator finds the message in the mail folder.',
  otherEmail: 'Another address',
  back: 'Back to sign-in',
  newPassword: { ...passwordWords, label: 'New password' },
  forgot: {
    title: 'Forgot your password?',
    lead: 'We send you a link to set a new one.',
    send: 'Send the link',
    sent: (email: string) =>
      `If ${email} has an account here, a link is on its way. It works once, for half an hour.`,
  },
  reset: {
    title: 'Set a new password',
    set: 'Set password',
    done: 'The new password is set, and all your sessions have ended. Sign in with it now.',
    again: 'Ask for a new link',
  },
  confirm: {
    title: 'Confirm your e-mail address',
    button: 'Confirm this address',
    confirmed: (email: string) => `${email} is confirmed.`,
    changed: (email: string) => `Your account now has the address ${email}. Sign in with it from now on.`,
    toConsole: 'Go to the console',
  },
  stays: 'Your data stays on this server',
  problems: {
    wrong: 'E-mail and password do not belong together. Check both.',
    tooMany: 'Too many attempts. Wait a quarter of an hour and try again.',
    code: 'This code is wrong, was used, or is too old. Check it, or have another one sent.',
    link: 'This link was used, is too old, or was replaced by a newer one.',
    email: 'This is not an e-mail address that can be used here.',
    taken: 'This address belongs to another account by now. Nothing was changed.',
    short: 'Take a password of at least 10 characters.',
    long: 'Take a password of at most 256 characters.',
    common: 'Many people use this password, so it is tried first. Take another one.',
    banned: 'This account is closed. Ask the operator.',
    away: 'The server did not answer. Nothing was changed. Try again.',
  },
};

export type SignInWords = typeof en;
