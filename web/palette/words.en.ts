export const en = {
  title: 'Find',
  field: 'Find a page, a key, a chat, a request …',
  close: 'Close',
  results: 'What was found',
  nothing: (text: string) => `Nothing is called “${text}”.`,
  groups: {
    pages: 'Pages',
    actions: 'Actions',
    keys: 'Keys',
    people: 'People',
    chats: 'Chats',
    requests: 'Requests',
  },
  actions: {
    newChat: 'New chat',
    language: '简体中文',
    theme: { system: 'Theme: as the system', light: 'Theme: light', dark: 'Theme: dark' },
    signOut: 'Sign out',
  },
  request: (id: string) => `Request ${id}`,
  found: (count: number) => (count === 1 ? 'One result' : `${count} results`),
};

export type PaletteWords = typeof en;
