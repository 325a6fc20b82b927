import { type RefObject, useEffect, useRef, useState } from 'react';

/**
 * Shows a dialog over everything for as long as it is there, begins at the first element that `first` selects, and gives
 * the focus back afterwards. The browser would too,
 * but a field that takes the focus as it appears does so before the dialog is shown, and would be given it back.
 */
export function useModal(first: string): RefObject<HTMLDialogElement | null> {
  const element = useRef<HTMLDialogElement>(null);
  const [before] = useState(() => document.activeElement);
  useEffect(() => {
    const dialog = element.current;
    dialog?.showModal();
    dialog?.querySelector<HTMLElement>(first)?.focus();
    return () => {
      dialog?.close();
      // Where a page was gone to, it has the focus already.
      const isNowhere = document.activeElement === null || document.activeElement === document.body;
      if (isNowhere && before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, [first, before]);
  return element;
}
