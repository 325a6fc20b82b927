const IS_MAC = /Mac|iPhone|iPad/.test(navigator.platform);

/** How the keys are written that are pressed together with a letter: `⇧⌘O`, elsewhere `Ctrl ⇧ O`. */
export function shortcut(letter: string): string {
  return IS_MAC ? `⇧⌘${letter}` : `Ctrl ⇧ ${letter}`;
}
