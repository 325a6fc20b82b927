import { type CheckResult, found } from './check-result.ts';

/** Before this program existed, and long after anybody uses it. */
const EARLIEST_MS = Date.UTC(2026, 0, 1);
const LATEST_MS = Date.UTC(2100, 0, 1);
/** Clocks of healthy machines differ by less. */
const TOLERANCE_MS = 300_000;

/** The clock shows a believable date, and no earlier one than what was already written. */
export function checkClock(nowMs: number, writtenAtMs: readonly number[]): CheckResult[] {
  const now = new Date(nowMs).toISOString();
  if (nowMs < EARLIEST_MS || nowMs > LATEST_MS) return [found('problem', 'clock-wrong', { now })];
  const youngestMs = writtenAtMs.reduce((youngest, atMs) => Math.max(youngest, atMs), 0);
  if (youngestMs > nowMs + TOLERANCE_MS) {
    return [found('problem', 'clock-behind', { now, seen: new Date(youngestMs).toISOString() })];
  }
  return [found('ok', 'clock-ok', {})];
}
