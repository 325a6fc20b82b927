export const en = {
  skip: 'Skip to the content',
  nav: {
    label: 'Pages',
    home: 'Home',
    chat: 'Chat',
    keys: 'Keys',
    requests: 'Requests',
    usage: 'Usage',
    models: 'Models',
    credit: 'Credit',
    operator: 'Operator',
    overview: 'Overview',
    channels: 'Channels',
    catalogue: 'Models and prices',
    people: 'People',
    codes: 'Codes',
    ledger: 'Ledger',
  },
  menu: {
    open: 'Account, language, theme',
    language: '简体中文',
    theme: { system: 'Theme: as the system', light: 'Theme: light', dark: 'Theme: dark' },
    team: (name: string) => `Show ${name}`,
    signOut: 'Sign out',
  },
  simulated: 'No model is connected: every answer comes from the simulator.',
  connect: 'Connect a model',
  more: 'More',
  close: 'Close',
  loading: 'Loading',
  notThere: {
    title: 'There is no such page',
    text: 'The address leads nowhere.',
    home: 'Go to the home page',
  },
};

export type ShellWords = typeof en;
