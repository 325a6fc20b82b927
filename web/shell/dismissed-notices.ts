const DISMISSED = 'turnpike.dismissed-notices';
/** More than an installation shows in years. */
const MOST_REMEMBERED = 100;

/** The notices that were seen enough of in this browser. */
export function dismissedNotices(): readonly string[] {
  try {
    return JSON.parse(localStorage.getItem(DISMISSED) ?? '[]') as string[];
  } catch {
    return [];
  }
}

/** Remembers one more, and forgets the oldest in time. */
export function dismissNotice(id: string): readonly string[] {
  const kept = [...new Set([...dismissedNotices(), id])].slice(-MOST_REMEMBERED);
  localStorage.setItem(DISMISSED, JSON.stringify(kept));
  return kept;
}
