import { startTransition, useEffect, useState } from 'react';

/** What is seen at first, and what is added whenever the browser has nothing else to do. */
const FIRST_TURNS = 16;
const MORE_TURNS = 24;

/** How many turns at the end are drawn: a few at once, and all of them soon after. `of` names the conversation. */
export function useGrowingWindow(of: string, turns: number): number {
  const [state, setState] = useState({ of, drawn: FIRST_TURNS });
  const drawn = state.of === of ? state.drawn : FIRST_TURNS;
  useEffect(() => {
    if (drawn >= turns) return;
    const grow = () => startTransition(() => setState({ of, drawn: drawn + MORE_TURNS }));
    if (typeof requestIdleCallback !== 'function') {
      const timer = setTimeout(grow, 50);
      return () => clearTimeout(timer);
    }
    const handle = requestIdleCallback(grow, { timeout: 500 });
    return () => cancelIdleCallback(handle);
  }, [of, drawn, turns]);
  return Math.min(drawn, turns);
}
