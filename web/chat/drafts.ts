/** What was typed and not sent, by person and conversation. It stays in this browser. */
const PREFIX = 'turnpike.draft.';

/** Longer texts are files; a browser's store is small. */
const LONGEST_CHARACTERS = 100_000;

export function readDraft(key: string): string {
  return localStorage.getItem(PREFIX + key) ?? '';
}

export function writeDraft(key: string, text: string): void {
  try {
    if (text === '' || text.length > LONGEST_CHARACTERS) localStorage.removeItem(PREFIX + key);
    else localStorage.setItem(PREFIX + key, text);
  } catch {
    // The store is full or forbidden: the text is still in the window.
  }
}
