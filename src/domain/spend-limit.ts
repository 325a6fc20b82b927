import type { Ticks } from './money.ts';

/** What one key may spend by UTC day and by UTC month; null is no limit. */
export interface SpendLimits {
  readonly perDayTicks: Ticks | null;
  readonly perMonthTicks: Ticks | null;
}

export const NO_SPEND_LIMITS: SpendLimits = { perDayTicks: null, perMonthTicks: null };

export type SpendPeriodName = 'day' | 'month';

/** A limited period that a moment falls in. A call counts in the periods it was let in, however long it takes. */
export interface SpendPeriod {
  readonly name: SpendPeriodName;
  readonly limitTicks: Ticks;
  readonly fromMs: number;
  /** The first moment after it. */
  readonly endMs: number;
}

/** The limited periods that a moment falls in, the longer one first: it is the one that says when to come back. */
export function spendPeriods({ perDayTicks, perMonthTicks }: SpendLimits, atMs: number): SpendPeriod[] {
  const date = new Date(atMs);
  const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()];
  const periods: SpendPeriod[] = [];
  if (perMonthTicks !== null) {
    const [fromMs, endMs] = [Date.UTC(year, month), Date.UTC(year, month + 1)];
    periods.push({ name: 'month', limitTicks: perMonthTicks, fromMs, endMs });
  }
  if (perDayTicks !== null) {
    const [fromMs, endMs] = [Date.UTC(year, month, day), Date.UTC(year, month, day + 1)];
    periods.push({ name: 'day', limitTicks: perDayTicks, fromMs, endMs });
  }
  return periods;
}

/** What all limits together leave, and the period that leaves least. */
export interface SpendAllowance {
  readonly leftTicks: Ticks;
  readonly period: SpendPeriod;
}

/** `spentTicks` answers what was charged and is held in a period. Undefined without a limit. */
export function spendAllowance(
  limits: SpendLimits,
  atMs: number,
  spentTicks: (period: SpendPeriod) => Ticks,
): SpendAllowance | undefined {
  let least: SpendAllowance | undefined;
  for (const period of spendPeriods(limits, atMs)) {
    const rest = period.limitTicks - spentTicks(period);
    const leftTicks = rest > 0n ? rest : 0n;
    if (least === undefined || leftTicks < least.leftTicks) least = { leftTicks, period };
  }
  return least;
}
