interface Press {
  readonly key: string;
  readonly metaKey: boolean;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  readonly isComposing: boolean;
}

/**
 * Whether a key asks for the palette: ⌘K or Ctrl+K anywhere, and a slash where nothing is being written. An input method
 * keeps what it has.
 */
export function asksForPalette(press: Press, isWriting: boolean): boolean {
  if (press.isComposing || press.altKey) return false;
  if (press.key.toLowerCase() === 'k') return (press.metaKey || press.ctrlKey) && !press.shiftKey;
  return press.key === '/' && !isWriting && !press.metaKey && !press.ctrlKey;
}
