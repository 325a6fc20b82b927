import { passwordWords } from '../../design/password-words.en.ts';

export const en = {
  title: 'Security',
  lead: 'How you sign in, and where you are signed in.',
  loading: 'Loading',
  failed: 'This could not be loaded.',
  again: 'Try again',
  close: 'Close',
  cancel: 'Cancel',
  copy: { copy: 'Copy', copied: 'Copied' },
  troubles: {
    tooMany: 'Too many attempts. Wait a quarter of an hour and try again.',
    away: 'The server did not answer. Nothing was changed. Try again.',
    INVALID_PASSWORD: 'This is not your password.',
    INVALID_CODE: 'This code is wrong or over. Wait for the next one and try again.',
    TOTP_ALREADY_ENABLED: 'Two-step sign-in is on already. Load this page again.',
    PASSWORD_TOO_SHORT: 'Take a password of at least 10 characters.',
    PASSWORD_TOO_LONG: 'Take a password of at most 256 characters.',
    PASSWORD_TOO_COMMON: 'Many people use this password, so it is tried first. Take another one.',
  },
  password: {
    title: 'Password',
    is: 'You sign in with your e-mail address and a password.',
    isNot: 'You have no password. A link to set one comes by e-mail.',
    change: 'Change password',
    askLink: 'Send the link',
    linkSent: 'The link is on its way.',
    current: 'Current password',
    fresh: { ...passwordWords, label: 'New password' },
    save: 'Change it',
    saving: 'Changing…',
    done: 'Your password was changed, and all other sessions have ended.',
  },
  second: {
    title: 'Two-step sign-in',
    off: 'Off. Besides your password, a code from an app on your phone would be asked for.',
    on: 'On. After your password, a code from your app is asked for.',
    turnOn: 'Turn on',
    turnOff: 'Turn off',
    newCodes: 'New recovery codes',
    yourPassword: 'Your password',
    confirmFirst: 'Say your password again, so that nobody else can do this at your desk.',
    confirmNoPassword: 'Go on to set it up with an app such as Aegis, 2FAS or Google Authenticator.',
    next: 'Next',
    busy: 'One moment…',
    scan: 'Scan this with an app such as Aegis, 2FAS or Google Authenticator, then type the code that it shows.',
    qr: 'QR code for your authenticator app',
    byHand: 'Or type this key into the app:',
    code: 'Code of the app',
    codeShape: 'Six digits',
    verify: 'Turn on',
    codesTitle: 'Your recovery codes',
    codesText:
      'Each works once, in place of the app’s code, when your phone is lost. They are shown only now: keep them somewhere safe.',
    kept: 'I have kept them',
    offTitle: 'Turn two-step sign-in off',
    offText: 'From now on your password alone signs you in. Your recovery codes become void.',
    offGo: 'Turn it off',
    newTitle: 'New recovery codes',
    newText: 'The codes that you have now become void.',
    newGo: 'Make new codes',
  },
  sessions: {
    title: 'Sessions',
    lead: 'Browsers in which you are signed in. End what you do not know, and change your password.',
    device: 'Device',
    place: 'From',
    since: 'Signed in',
    current: 'This browser',
    on: (browser: string | null, system: string | null) =>
      browser === null && system === null
        ? 'An unknown program'
        : browser === null
          ? `A browser on ${system}`
          : system === null
            ? browser
            : `${browser} on ${system}`,
    reach: {
      'this-machine': 'The server’s own machine',
      'local-network': 'The local network',
      elsewhere: 'The internet',
    },
    unknownPlace: 'Not known',
    end: 'Sign out',
    endLabel: (device: string) => `Sign out ${device}`,
    endOthers: 'Sign out everywhere else',
    endOthersText: 'All other browsers are signed out at once, and what runs in them stops. This one stays.',
    endOthersGo: 'Sign them out',
    ending: 'Signing out…',
    keep: 'Leave them',
    didNotWork: 'That did not work. Try again.',
  },
};

export type SecurityWords = typeof en;
