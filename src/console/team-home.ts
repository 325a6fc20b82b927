import type { Ticks } from '../domain/money.ts';
import type { Balance } from '../storage/ledger-store.ts';
import type { UsageCell } from '../storage/report-store.ts';
import type { ConsolePorts } from './console-ports.ts';
import { balanceOf } from './read-account.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const SHOWN_DAYS = 14;
/** What is usual is what the last week was like. */
const USUAL_DAYS = 7;

/** A team's day so far and the two weeks before it. Days are UTC days. */
export interface TeamHome {
  readonly balance: Balance;
  readonly grantedTicks: Ticks;
  /** At the pace of the last seven whole days; null when they cost nothing. */
  readonly daysLeft: number | null;
  readonly todayMs: number;
  readonly spentTicks: Ticks;
  /** What the days of the last week had spent by this time of day, on average over days with requests. */
  readonly usualByNowTicks: Ticks | null;
  readonly requests: number;
  readonly failedRequests: number;
  readonly requestsByHour: readonly number[];
  /** By day and model, oldest first. */
  readonly days: readonly UsageCell[];
}

export async function teamHome(
  ports: Pick<ConsolePorts, 'ledger' | 'reports' | 'clock'>,
  organizationId: string,
): Promise<TeamHome> {
  const nowMs = ports.clock.nowMs();
  const todayMs = nowMs - (nowMs % DAY_MS);
  const toMs = todayMs + DAY_MS;
  const [balance, grantedTicks, hours, days] = await Promise.all([
    balanceOf(ports, organizationId),
    ports.reports.grantedTicks(organizationId),
    ports.reports.usage(
      organizationId,
      { fromMs: todayMs - USUAL_DAYS * DAY_MS, toMs, step: 'hour' },
      { byKey: false, byModel: false },
    ),
    ports.reports.usage(
      organizationId,
      { fromMs: todayMs - (SHOWN_DAYS - 1) * DAY_MS, toMs, step: 'day' },
      { byKey: false, byModel: true },
    ),
  ]);
  const today = hours.filter(({ atMs }) => atMs >= todayMs);
  const week = hours.filter(({ atMs }) => atMs < todayMs);
  const weekTicks = spent(week);
  return {
    balance,
    grantedTicks,
    daysLeft:
      weekTicks === 0n ? null : Number((balance.availableTicks * BigInt(USUAL_DAYS) * 10n) / weekTicks) / 10,
    todayMs,
    spentTicks: spent(today),
    usualByNowTicks: usualByNow(week, nowMs - todayMs),
    requests: today.reduce((sum, { requests }) => sum + requests, 0),
    failedRequests: today.reduce((sum, { failedRequests }) => sum + failedRequests, 0),
    requestsByHour: Array.from({ length: 24 }, (_, hour) =>
      today
        .filter(({ atMs }) => atMs === todayMs + hour * HOUR_MS)
        .reduce((sum, { requests }) => sum + requests, 0),
    ),
    days,
  };
}

/** Whole hours that have passed, and of the running hour as much as has passed of it. */
function usualByNow(week: readonly UsageCell[], sinceMidnightMs: number): Ticks | null {
  const days = new Set(week.map(({ atMs }) => Math.floor(atMs / DAY_MS)));
  if (days.size === 0) return null;
  let ticks = 0n;
  for (const { atMs, costTicks } of week) {
    const passedMs = Math.min(HOUR_MS, sinceMidnightMs - (atMs % DAY_MS));
    if (passedMs > 0) ticks += (costTicks * BigInt(passedMs)) / BigInt(HOUR_MS);
  }
  return ticks / BigInt(days.size);
}

/** One cell's figures added to another's, which gives the sum its name. */
export function addCell<Cell extends Omit<UsageCell, 'keyId' | 'model'>>(
  sum: Cell | undefined,
  cell: Cell,
): Cell {
  if (sum === undefined) return cell;
  return {
    ...sum,
    requests: sum.requests + cell.requests,
    failedRequests: sum.failedRequests + cell.failedRequests,
    inputTokens: sum.inputTokens + cell.inputTokens,
    cachedInputTokens: sum.cachedInputTokens + cell.cachedInputTokens,
    outputTokens: sum.outputTokens + cell.outputTokens,
    reasoningTokens: sum.reasoningTokens + cell.reasoningTokens,
    costTicks: sum.costTicks + cell.costTicks,
  };
}

function spent(cells: readonly UsageCell[]): Ticks {
  return cells.reduce((sum, { costTicks }) => sum + costTicks, 0n);
}
