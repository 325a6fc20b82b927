import { type Draft, emptyMessage, newDraft } from './draft.ts';

/** The draft of a person stays in their browser, and in nobody else's. */
const PREFIX = 'turnpike.playground.';

export function keptDraft(userId: string): Draft {
  const fresh = newDraft();
  try {
    const kept = JSON.parse(localStorage.getItem(PREFIX + userId) ?? 'null') as Partial<Draft> | null;
    if (kept === null || !Array.isArray(kept.messages)) return fresh;
    const messages = kept.messages.map((message) => emptyMessage(message.role, message));
    return { ...fresh, ...kept, numbers: { ...fresh.numbers, ...kept.numbers }, messages };
  } catch {
    return fresh;
  }
}

export function keepDraft(userId: string, draft: Draft): void {
  try {
    localStorage.setItem(PREFIX + userId, JSON.stringify(draft));
  } catch {
    keepWithoutImages(userId, draft);
  }
}

/** A browser's store is small, and images are not. */
function keepWithoutImages(userId: string, draft: Draft): void {
  const messages = draft.messages.map((message) => ({ ...message, images: [] }));
  try {
    localStorage.setItem(PREFIX + userId, JSON.stringify({ ...draft, messages }));
  } catch {
    // The store is full or forbidden: the draft is still in the window.
  }
}
