import type { Clock } from '../ports/clock.ts';
import { LongTimers } from './long-timers.ts';

/** From here on a second more or less is none of anybody's business. */
const LONG_MS = 30_000;

const exact = {
  monotonicMs: () => performance.now(),
  after(delayMs: number, run: () => void): () => void {
    const timer = setTimeout(run, Math.max(0, delayMs));
    return () => clearTimeout(timer);
  },
};

const longTimers = new LongTimers(exact);

/** The machine's own time. A wait of half a minute or more may end up to a second late. */
export const systemClock: Clock = {
  ...exact,
  nowMs: () => Date.now(),
  after: (delayMs, run) => (delayMs >= LONG_MS ? longTimers.after(delayMs, run) : exact.after(delayMs, run)),
};
