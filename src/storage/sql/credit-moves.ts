import type { Ticks } from '../../domain/money.ts';
import type { CreditMove, CreditMovesAsked } from '../report-store.ts';
import { lastBefore, SLACK_MS, smaller } from './sequence-at.ts';
import type { SqlEngine } from './sql-engine.ts';

/** A wallet's transactions, youngest first, and its balance, in one statement: they are of the same moment. */
export async function readCreditMoves(
  engine: SqlEngine,
  { walletId, creditOnly, below, fromMs, toMs, limit }: CreditMovesAsked,
): Promise<{ readonly moves: readonly CreditMove[]; readonly availableTicks: Ticks }> {
  const [lowest, above] = await Promise.all([
    fromMs === undefined ? undefined : sequenceAt(engine, walletId, fromMs - SLACK_MS),
    toMs === undefined ? undefined : sequenceAt(engine, walletId, toMs + SLACK_MS),
  ]);
  const end = smaller(below, above === undefined ? undefined : above + 1n);
  // The page is cut before anything is joined to it.
  const page = ofWallet(engine, walletId)
    .selectAll()
    .$if(creditOnly, (query) => query.where('grant_id', 'is not', null))
    .$if(lowest !== undefined, (query) => query.where('sequence', '>=', lowest ?? 0n))
    .$if(end !== undefined, (query) => query.where('sequence', '<', end ?? 0n))
    .$if(fromMs !== undefined, (query) => query.where('at_ms', '>=', BigInt(fromMs ?? 0)))
    .$if(toMs !== undefined, (query) => query.where('at_ms', '<', BigInt(toMs ?? 0)))
    .orderBy('sequence', 'desc')
    .limit(limit);
  const rows = await engine.database
    .selectFrom(page.as('transaction'))
    .leftJoin('holds', 'holds.id', 'transaction.request_id')
    .select((is) =>
      is.selectFrom('wallets').select('available_ticks').where('wallets.id', '=', walletId).as('balance'),
    )
    .select(COLUMNS)
    .orderBy('transaction.sequence', 'desc')
    .execute();
  return { moves: rows.map(presentMove), availableTicks: rows[0]?.balance ?? 0n };
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
    .select('wallets.id as wallet_id')
    .where('transaction.request_id', '=', requestId)
    .orderBy('transaction.sequence')
    .execute();
  // Not asked for above: SQLite would go through all that the wallet ever moved.
  return rows.filter(({ wallet_id }) => wallet_id === walletId).map(presentMove);
}

function ofWallet(engine: SqlEngine, walletId: string) {
  return engine.database
    .selectFrom('ledger_transactions')
    .where('wallet_number', '=', (query) =>
      query.selectFrom('wallets').select('number').where('wallets.id', '=', walletId),
    );
}

function sequenceAt(engine: SqlEngine, walletId: string, atMs: number): Promise<bigint> {
  return lastBefore(atMs, async (sequence) => {
    const [row] = await ofWallet(engine, walletId)
      .select(['sequence', 'at_ms'])
      .where('sequence', '<=', sequence)
      .orderBy('sequence', 'desc')
      .limit(1)
      .execute();
    return row;
  });
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
