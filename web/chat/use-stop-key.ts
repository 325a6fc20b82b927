import { useEffect } from 'react';

/** Escape stops an answer, when there is nothing else for it to close or end. */
export function useStopKey(stop: (() => void) | undefined): void {
  useEffect(() => {
    if (stop === undefined) return;
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing) return;
      if (document.querySelector('dialog[open], :popover-open') === null) stop();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [stop]);
}
