export const en = {
  title: 'Profile',
  lead: 'Who you are here, and how things are shown to you.',
  loading: 'Loading',
  failed: 'This could not be loaded.',
  again: 'Try again',
  close: 'Close',
  cancel: 'Cancel',
  didNotWork: 'That did not work. Nothing was changed. Try again.',
  name: {
    title: 'Name',
    label: 'Name',
    change: 'Change name',
    save: 'Save',
    saving: 'Saving…',
  },
  email: {
    title: 'E-mail',
    confirmed: (email: string) => `${email}, confirmed`,
    unconfirmed: (email: string) => `${email}, not confirmed yet`,
    confirm: 'Confirm',
    confirmSent: 'A link to confirm your address is on its way to it.',
    byFolder: ' This server has no mail server: its administrator finds the message in the mail folder.',
    change: 'Change address',
    fresh: 'New address',
    freshHint: 'A link goes there. Your address changes when it is opened.',
    password: 'Your password',
    send: 'Send the link',
    sending: 'Sending…',
    changeSent: (email: string) =>
      `If ${email} can be used here, a link is on its way to it. Until it is opened, nothing changes.`,
    troubles: {
      tooMany: 'Too many attempts. Wait half an hour and try again.',
      away: 'The server did not answer. Nothing was changed. Try again.',
      EMAIL_WRONG: 'This is not an e-mail address that can be used here.',
      PASSWORD_WRONG: 'This is not your password.',
    },
  },
  language: {
    title: 'Language',
    text: 'Of these pages, and of the e-mails that you get.',
    options: { en: 'English', zh: '简体中文' },
  },
  zone: {
    title: 'Time zone',
    text: 'Of the times on these pages. Days of usage are those of UTC.',
    browsers: (zone: string) => `As the browser (${zone.replaceAll('_', ' ')})`,
  },
  theme: {
    title: 'Theme',
    text: 'In this browser.',
    options: { system: 'As the system', light: 'Light', dark: 'Dark' },
  },
};

export type ProfileWords = typeof en;
