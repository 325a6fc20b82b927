import type { Ticks } from '../../domain/money.ts';
import type { CreditMove, CreditMovesAsked } from '../report-store.ts';
import type { SqlEngine } from './sql-engine.ts';

/** A wallet's transactions, youngest first, and its balance, in one statement: they are of the same moment. */
export async function readCreditMoves(
  engine: SqlEngine,
  { walletId, creditOnly, below, fromMs, toMs, limit }: CreditMovesAsked,
): Promise<{ readonly moves: readonly CreditMove[]; readonly availableTicks: Ticks }> {
  const rows = await engine.database
    .selectFrom('wallets')
    .leftJoin('ledger_transactions as transaction', (join) => {
      let on = join.onRef('transaction.wallet_number', '=', 'wallets.number');
      if (creditOnly) on = on.on('transaction.grant_id', 'is not', null);
      if (below !== undefined) on = on.on('transaction.sequence', '<', below);
      if (fromMs !== undefined) on = on.on('transaction.at_ms', '>=', BigInt(fromMs));
      if (toMs !== undefined) on = on.on('transaction.at_ms', '<', BigInt(toMs));
      return on;
    })
    .leftJoin('holds', 'holds.id', 'transaction.request_id')
    .select('wallets.available_ticks as balance')
    .select(COLUMNS)
    .where('wallets.id', '=', walletId)
    .orderBy('transaction.sequence', 'desc')
    .limit(limit)
    .execute();
  return {
    moves: rows.flatMap((row) => (row.sequence === null ? [] : [presentMove(row as MoveRow)])),
    availableTicks: rows[0]?.balance ?? 0n,
  };
}

export async function readMovesOfRequest(
  engine: SqlEngine,
  walletId: string,
  requestId: string,
): Promise<readonly CreditMove[]> {
  const rows = await engine.database
    .selectFrom('ledger_transactions as transaction')
    .innerJoin('wallets', 'wallets.number', 'transaction.wallet_number')
    .leftJoin('holds', 'holds.id', 'transaction.request_id')
    .select(COLUMNS)
    .where('transaction.request_id', '=', requestId)
    .where('wallets.id', '=', walletId)
    .orderBy('transaction.sequence')
    .execute();
  return rows.map(presentMove);
}

const COLUMNS = [
  'transaction.sequence',
  'transaction.command',
  'transaction.at_ms',
  'transaction.available_ticks',
  'transaction.held_ticks',
  'transaction.revenue_ticks',
  'transaction.uncollected_ticks',
  'transaction.request_id',
  'transaction.memo',
  'holds.model',
] as const;

interface MoveRow {
  readonly sequence: bigint;
  readonly command: string;
  readonly at_ms: bigint;
  readonly available_ticks: bigint;
  readonly held_ticks: bigint;
  readonly revenue_ticks: bigint;
  readonly uncollected_ticks: bigint;
  readonly request_id: string | null;
  readonly memo: string | null;
  readonly model: string | null;
}

function presentMove(row: MoveRow): CreditMove {
  return {
    sequence: row.sequence,
    atMs: Number(row.at_ms),
    command: row.command as CreditMove['command'],
    availableTicks: row.available_ticks,
    heldTicks: row.held_ticks,
    revenueTicks: row.revenue_ticks,
    uncollectedTicks: -row.uncollected_ticks,
    requestId: row.request_id,
    model: row.model,
    memo: row.memo,
  };
}
