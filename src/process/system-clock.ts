import type { Clock } from '../ports/clock.ts';

/** Delays beyond this overflow the runtime's timer and would fire at once. */
const LONGEST_DELAY_MS = 2_147_483_647;

/** The machine's own time. */
export const systemClock: Clock = {
  nowMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  after(delayMs, run) {
    const timer = setTimeout(run, Math.min(Math.max(0, delayMs), LONGEST_DELAY_MS));
    return () => clearTimeout(timer);
  },
};
