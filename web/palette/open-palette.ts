const door = new EventTarget();

/** Opens the palette, from wherever on the page. */
export function openPalette(): void {
  door.dispatchEvent(new Event('open'));
}

/** Calls back whenever the palette is asked for. The answer ends that. */
export function onPaletteAsked(listener: () => void): () => void {
  door.addEventListener('open', listener);
  return () => door.removeEventListener('open', listener);
}
