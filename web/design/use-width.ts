import { type RefObject, useLayoutEffect, useRef, useState } from 'react';

/** How wide an element is drawn, in CSS pixels; undefined until it is. */
export function useWidth<Shown extends HTMLElement>(): readonly [
  RefObject<Shown | null>,
  number | undefined,
] {
  const element = useRef<Shown>(null);
  const [width, setWidth] = useState<number | undefined>();
  useLayoutEffect(() => {
    const shown = element.current;
    if (shown === null) return;
    setWidth(shown.clientWidth);
    const observer = new ResizeObserver(() => setWidth(shown.clientWidth));
    observer.observe(shown);
    return () => observer.disconnect();
  }, []);
  return [element, width];
}
