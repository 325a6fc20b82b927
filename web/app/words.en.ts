export const en = {
  title: 'This page did not open',
  text: 'Part of it could not be loaded. Nothing was changed. Load it again.',
  again: 'Load again',
};

export type BrokenWords = typeof en;
