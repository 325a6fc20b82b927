import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';

/** So near to the end, a reader reads along. */
const NEAR_PX = 64;

interface Stick {
  readonly scroller: RefObject<HTMLElement | null>;
  readonly column: RefObject<HTMLDivElement | null>;
  readonly isAtEnd: boolean;
  /** Something is above what is seen. */
  readonly isScrolled: boolean;
  readonly toEnd: () => void;
}

/**
 * Keeps the end of a growing column in view for whoever is there, and leaves everybody else where they read. `of` names
 * what is shown: another one begins at its end.
 */
export function useStickToEnd(of: string): Stick {
  const scroller = useRef<HTMLElement>(null);
  const column = useRef<HTMLDivElement>(null);
  const sticks = useRef(true);
  const [isAtEnd, setAtEnd] = useState(true);
  const [isScrolled, setScrolled] = useState(false);
  const toEnd = useCallback(() => {
    sticks.current = true;
    setAtEnd(true);
    if (scroller.current !== null) scroller.current.scrollTop = scroller.current.scrollHeight;
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another conversation begins at its end
  useEffect(() => {
    const [box, content] = [scroller.current, column.current];
    if (box === null || content === null) return;
    toEnd();
    let lastTop = box.scrollTop;
    const onScroll = () => {
      const left = box.scrollHeight - box.clientHeight - box.scrollTop;
      // Whoever goes up leaves the end, however near it is; growth alone moves nobody.
      if (box.scrollTop < lastTop - 1 && left > 2) sticks.current = false;
      else if (left <= NEAR_PX) sticks.current = true;
      lastTop = box.scrollTop;
      setAtEnd(sticks.current || left <= NEAR_PX);
      setScrolled(box.scrollTop > 0);
    };
    const onGrowth = () => {
      if (!sticks.current) return onScroll();
      box.scrollTop = box.scrollHeight;
      lastTop = box.scrollTop;
      setScrolled(box.scrollTop > 0);
    };
    const sizes = new ResizeObserver(onGrowth);
    sizes.observe(content);
    sizes.observe(box);
    box.addEventListener('scroll', onScroll, { passive: true });
    return () => {
      sizes.disconnect();
      box.removeEventListener('scroll', onScroll);
    };
  }, [of]);
  return { scroller, column, isAtEnd, isScrolled, toEnd };
}
