import type { Ticks } from '../domain/money.ts';
import { InvalidPage, type Page } from '../storage/page.ts';
import type { CreditMove } from '../storage/report-store.ts';
import type { ConsolePorts } from './console-ports.ts';

/** A movement of a team's credit, with what was available after it where that is known. */
export interface StatementMove extends CreditMove {
  readonly balanceAfterTicks: Ticks | null;
}

export interface StatementAsked {
  /** All movements, only those that charged a request, or only credit that came and went. */
  readonly what: 'everything' | 'charges' | 'credit';
  readonly fromMs?: number | undefined;
  readonly toMs?: number | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** A request has a hold and an end, and seldom an extension between them. */
const READ_FOR_EACH_CHARGE = 3;
const MAXIMUM_READS = 4;

/**
 * A page of a team's statement, youngest first. The running balance is folded back from what is available now, over
 * every movement, shown or not; the cursor carries it to the next page.
 */
export async function teamStatement(
  { reports }: Pick<ConsolePorts, 'reports'>,
  walletId: string,
  asked: StatementAsked,
): Promise<Page<StatementMove>> {
  const { what, limit, fromMs, toMs } = asked;
  const isWhole = what !== 'credit' && fromMs === undefined && toMs === undefined;
  let place = readCursor(asked.cursor);
  const rows: StatementMove[] = [];
  const batch = what === 'charges' ? limit * READ_FOR_EACH_CHARGE : limit + 1;
  for (let read = 0; read < MAXIMUM_READS; read += 1) {
    const { moves, availableTicks } = await reports.creditMoves({
      ...{ walletId, creditOnly: what === 'credit', fromMs, toMs, limit: batch },
      below: place?.below,
    });
    let balanceTicks = place?.balanceTicks ?? availableTicks;
    for (const move of moves) {
      // This one begins the next page.
      if (rows.length === limit) return { rows, nextCursor: writeCursor(place) };
      if (what !== 'charges' || move.revenueTicks > 0n)
        rows.push({ ...move, balanceAfterTicks: isWhole ? balanceTicks : null });
      balanceTicks -= move.availableTicks;
      place = { below: move.sequence, balanceTicks };
    }
    if (moves.length < batch) return { rows };
  }
  return { rows, nextCursor: writeCursor(place) };
}

interface Place {
  readonly below: bigint;
  readonly balanceTicks: Ticks;
}

function readCursor(cursor: string | undefined): Place | undefined {
  if (cursor === undefined) return undefined;
  const [, below, balance] = /^(\d{1,18})\.(-?\d{1,18})$/.exec(cursor) ?? [];
  if (below === undefined || balance === undefined) throw new InvalidPage('the cursor is not one of ours');
  return { below: BigInt(below), balanceTicks: BigInt(balance) };
}

function writeCursor(place: Place | undefined): string {
  return place === undefined ? '' : `${place.below}.${place.balanceTicks}`;
}
