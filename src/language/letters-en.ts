import type { Letters } from './letters.ts';

/** The letters in English. */
export const englishLetters: Letters = {
  test: (host) => ({
    subject: 'Turnpike: a test letter',
    paragraphs: [`This is a test letter from Turnpike at ${host}.`, 'If you can read it, letters arrive.'],
    closing: [],
  }),
  signUp: (host, url, minutes) => ({
    subject: 'Turnpike: make your account',
    paragraphs: [`You asked for an account on Turnpike at ${host}.`],
    link: { label: 'Make your account', url },
    closing: [
      `The link works once, for ${minutes} minutes.`,
      'If you did not ask for it, ignore this letter: no account is made.',
    ],
  }),
  signUpKnown: (host, url) => ({
    subject: 'Turnpike: you have an account',
    paragraphs: [
      `Somebody asked for an account on Turnpike at ${host} with this address, which has one already.`,
    ],
    link: { label: 'Sign in', url },
    closing: ['If it was not you, ignore this letter: nothing has changed.'],
  }),
  invitation: (host, url, days) => ({
    subject: 'Turnpike: you are invited',
    paragraphs: [`The operator of Turnpike at ${host} invites you to make an account there.`],
    link: { label: 'Make your account', url },
    closing: [
      `The link works once, for ${days === 1 ? 'a day' : `${days} days`}.`,
      'If you do not know what this is, ignore this letter: no account is made.',
    ],
  }),
  teamInvitation: (host, inviter, url, days) => ({
    subject: 'Turnpike: you are invited into a team',
    paragraphs: [
      `${inviter} invites you into a team on Turnpike at ${host}.`,
      'Sign in with this address: the invitation stands at the top of the console, and there you accept or decline it.',
    ],
    link: { label: 'Look at the invitation', url },
    closing: [
      `It is good for ${days} days. If the console does not show it, confirm your address in your profile first.`,
      'If you know nobody of this address, ignore this letter: nothing happens without your consent.',
    ],
  }),
  teamInvitationToNewcomer: (host, inviter, url, days) => ({
    subject: 'Turnpike: you are invited into a team',
    paragraphs: [
      `${inviter} invites you into a team on Turnpike at ${host}.`,
      'You have no account there yet. The link lets you make one, and takes you into the team.',
    ],
    link: { label: 'Make your account', url },
    closing: [
      `The link works once, for ${days} days.`,
      'If you know nobody of this address, ignore this letter: no account is made.',
    ],
  }),
  balanceBelow: ({ host, team, line, now, url }) => ({
    subject: `Turnpike: balance below ${line}`,
    paragraphs: [
      `The balance of ${team === null ? 'your own team' : `the team ${team}`} at ${host} has fallen below ${line}: ${now} is available now.`,
    ],
    link: { label: 'Look at limits and alerts', url },
    closing: [
      'You get this letter because the team has drawn this line. It comes again only after the balance was above it.',
    ],
  }),
  spentInADay: ({ host, team, line, now, url }) => ({
    subject: `Turnpike: more than ${line} spent today`,
    paragraphs: [
      `${team === null ? 'Your own team' : `The team ${team}`} at ${host} has spent ${now} today (UTC), which is more than ${line}.`,
    ],
    link: { label: 'Look at limits and alerts', url },
    closing: [
      'You get this letter because the team has drawn this line. It comes at most once a day, and stops no calls.',
    ],
  }),
  resetPassword: (host, url, minutes) => ({
    subject: 'Turnpike: set a new password',
    paragraphs: [`You asked for a new password for Turnpike at ${host}.`],
    link: { label: 'Set a new password', url },
    closing: [
      `The link works once, for ${minutes} minutes. When the new password is set, all your sessions end.`,
      'If you did not ask for it, ignore this letter: nothing has changed.',
    ],
  }),
  passwordWasReset: (host) => ({
    subject: 'Turnpike: your password was changed',
    paragraphs: [`The password of your account at ${host} was changed, and all other sessions have ended.`],
    closing: ['If this was not you, set a new password at once and tell the administrator.'],
  }),
  passkeyWasAdded: (host) => ({
    subject: 'Turnpike: a passkey was added to your account',
    paragraphs: [
      `A passkey was added to your account at ${host}. From now on it signs in, without a password.`,
    ],
    closing: [
      'If this was not you, sign in, remove it under Security, end all other sessions and change your password. Tell the administrator if you cannot.',
    ],
  }),
  operatorSetPassword: (host) => ({
    subject: 'Turnpike: an operator set a new password for you',
    paragraphs: [
      `An operator of Turnpike at ${host} set a new password for your account, and all your sessions have ended.`,
      'Whoever did it can tell you the password. Sign in with it, and change it under Security.',
    ],
    closing: ['If you did not ask for it, ask whoever runs this server why it was done.'],
  }),
  operatorTurnedSecondFactorOff: (host) => ({
    subject: 'Turnpike: an operator turned off your two-step sign-in',
    paragraphs: [
      `An operator of Turnpike at ${host} turned off the two-step sign-in of your account. From now on it asks for no code of your app.`,
    ],
    closing: [
      'You can turn it on again under Security.',
      'If you did not ask for it, ask whoever runs this server why it was done.',
    ],
  }),
  operatorRemovedPasskey: (host) => ({
    subject: 'Turnpike: an operator removed a passkey of yours',
    paragraphs: [
      `An operator of Turnpike at ${host} removed a passkey of your account. It signs in no longer; delete it on your device, too.`,
    ],
    closing: ['If you did not ask for it, ask whoever runs this server why it was done.'],
  }),
  signInCode: (host, code, minutes) => ({
    subject: 'Turnpike: your sign-in code',
    paragraphs: [`Type this code where you are signing in to Turnpike at ${host}:`],
    code,
    closing: [
      `It works once, for ${minutes} minutes. Tell it to nobody: nobody from Turnpike ever asks for it.`,
      'If you are not signing in, ignore this letter.',
    ],
  }),
  confirmEmail: (host, url, hours) => ({
    subject: 'Turnpike: confirm your e-mail address',
    paragraphs: [`Confirm that this address belongs to your account at ${host}.`],
    link: { label: 'Confirm this address', url },
    closing: [
      `The link works once, for ${hours} hours.`,
      'If you have no account there, ignore this letter.',
    ],
  }),
  confirmNewEmail: (host, url, hours) => ({
    subject: 'Turnpike: confirm your new e-mail address',
    paragraphs: [`This address is to become that of an account at ${host}.`],
    link: { label: 'Use this address', url },
    closing: [
      `The link works once, for ${hours} hours. Until it is opened, the account keeps its old address.`,
      'If you did not ask for it, ignore this letter.',
    ],
  }),
  emailWasChanged: (host, newEmail) => ({
    subject: 'Turnpike: your e-mail address was changed',
    paragraphs: [`Your account at ${host} now has the address ${newEmail}. This one signs in no longer.`],
    closing: ['If this was not you, tell the administrator at once.'],
  }),
};
