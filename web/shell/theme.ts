export type Theme = 'light' | 'dark' | 'system';

const CHOSEN = 'turnpike.theme';

export function chosenTheme(): Theme {
  const chosen = localStorage.getItem(CHOSEN);
  return chosen === 'light' || chosen === 'dark' ? chosen : 'system';
}

/** The tokens follow the system unless the document says otherwise. */
export function applyTheme(theme: Theme): void {
  if (theme === 'system') {
    localStorage.removeItem(CHOSEN);
    delete document.documentElement.dataset.theme;
  } else {
    localStorage.setItem(CHOSEN, theme);
    document.documentElement.dataset.theme = theme;
  }
}

const NEXT: Record<Theme, Theme> = { system: 'light', light: 'dark', dark: 'system' };

/** Goes on to the next theme, and answers which that is. */
export function turnTheme(): Theme {
  const next = NEXT[chosenTheme()];
  applyTheme(next);
  return next;
}
