import { type RefObject, useLayoutEffect } from 'react';

const GROWS_BY_ITSELF = globalThis.CSS?.supports('field-sizing', 'content') === true;

/** Lets a field be as high as its text, up to what its style allows, where the browser does not do so by itself. */
export function useGrowing(field: RefObject<HTMLTextAreaElement | null>, text: string): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text is what makes it higher
  useLayoutEffect(() => {
    if (GROWS_BY_ITSELF || field.current === null) return;
    field.current.style.height = 'auto';
    field.current.style.height = `${field.current.scrollHeight}px`;
  }, [field, text]);
}
