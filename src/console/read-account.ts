import { type Refusal, refuse } from '../domain/refusal.ts';
import type { Balance, StatementLine } from '../storage/ledger-store.ts';
import { InvalidPage, type Page, type PageRequest } from '../storage/page.ts';
import type { DailyUsage, RequestRecord } from '../storage/usage-store.ts';
import type { ConsolePorts } from './console-ports.ts';

const MAXIMUM_PAGE_ROWS = 1_000;
const MAXIMUM_DAYS = 400;
const DAY_MS = 86_400_000;

/** A team's credit. A team whose wallet was not opened yet has none. */
export async function balanceOf(
  { ledger }: Pick<ConsolePorts, 'ledger'>,
  organizationId: string,
): Promise<Balance> {
  return (await ledger.balance(organizationId)) ?? { availableTicks: 0n, heldTicks: 0n };
}

/** What moved a team's credit, youngest first. */
export function statementOf(
  { ledger }: Pick<ConsolePorts, 'ledger'>,
  organizationId: string,
  page: PageRequest,
): Promise<Page<StatementLine> | Refusal> {
  return readPage(() => ledger.statement(organizationId, page));
}

/** A team's requests, youngest first. */
export function requestsOf(
  { usage }: Pick<ConsolePorts, 'usage'>,
  organizationId: string,
  page: PageRequest,
): Promise<Page<RequestRecord> | Refusal> {
  return readPage(() => usage.requests(organizationId, page));
}

/** A team's usage by UTC day, key and model; both days are included. */
export async function dailyUsageOf(
  { usage }: Pick<ConsolePorts, 'usage'>,
  organizationId: string,
  fromDay: string,
  toDay: string,
): Promise<readonly DailyUsage[] | Refusal> {
  const [fromMs, toMs] = [startOfDay(fromDay), startOfDay(toDay)];
  const days = fromMs === undefined || toMs === undefined ? 0 : (toMs - fromMs) / DAY_MS + 1;
  if (days < 1 || days > MAXIMUM_DAYS) return refuse('bad-days', { most: MAXIMUM_DAYS });
  return usage.daily(organizationId, fromDay, toDay);
}

async function readPage<Row>(read: () => Promise<Page<Row>>): Promise<Page<Row> | Refusal> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof InvalidPage) return refuse('bad-page', { most: MAXIMUM_PAGE_ROWS });
    throw error;
  }
}

/** The moment a UTC day begins, or undefined for text that is no day, such as the 30th of February. */
function startOfDay(day: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return undefined;
  const startMs = Date.parse(`${day}T00:00:00Z`);
  return Number.isNaN(startMs) || new Date(startMs).toISOString().slice(0, 10) !== day ? undefined : startMs;
}
