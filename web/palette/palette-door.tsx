import { type ReactNode, Suspense, useEffect, useState } from 'react';
import { definePage } from '../shell/define-page.tsx';
import { onPaletteAsked } from './open-palette.ts';
import { asksForPalette } from './palette-key.ts';

const Palette = definePage(
  {
    en: async () => ({
      own: (await import('./words.en.ts')).en,
      shell: (await import('../shell/words.en.ts')).en,
      english: (await import('../shell/words.en.ts')).en,
    }),
    zh: async () => ({
      own: (await import('./words.zh.ts')).zh,
      shell: (await import('../shell/words.zh.ts')).zh,
      english: (await import('../shell/words.en.ts')).en,
    }),
  },
  async () => (await import('./palette.tsx')).Palette,
);

/** Waits for whoever wants to find something; the palette is loaded when they do. */
export function PaletteDoor(): ReactNode {
  const [isOpen, setIsOpen] = useState(false);
  useEffect(() => onPaletteAsked(() => setIsOpen(true)), []);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (!asksForPalette(event, isWritten(event.target))) return;
      event.preventDefault();
      setIsOpen((is) => !is);
    };
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  }, []);
  return <Suspense>{isOpen && <Palette onClose={() => setIsOpen(false)} />}</Suspense>;
}

function isWritten(target: EventTarget | null): boolean {
  return target instanceof Element && target.matches('input, textarea, select, [contenteditable]');
}
