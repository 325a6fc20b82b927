export const en = {
  title: 'Sign in',
  to: (host: string) => `to Turnpike at ${host}`,
  email: 'E-mail',
  password: 'Password',
  signIn: 'Sign in',
  signingIn: 'Signing in…',
  otherLanguage: '简体中文',
  closed: 'Accounts here are made by the operator.',
  forgotten: 'Forgot the password? The operator can set a new one with “turnpike users password”.',
  stays: 'Your data stays on this server',
  problems: {
    wrong: 'E-mail and password do not belong together. Check both.',
    tooMany: 'Too many attempts. Wait a quarter of an hour and try again.',
    banned: 'This account is closed. Ask the operator.',
    away: 'The server did not answer. Nothing was changed. Try again.',
  },
};

export type SignInWords = typeof en;
