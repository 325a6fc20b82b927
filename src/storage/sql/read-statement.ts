import {
  grantEntries,
  holdEntries,
  type LedgerEntry,
  settlementEntries,
  withdrawalEntries,
} from '../../domain/ledger.ts';
import { endTransactionId, extendTransactionId, holdTransactionId } from '../ledger-command.ts';
import type { StatementLine } from '../ledger-store.ts';
import { makePage, type Page, type PageRequest, readPage } from '../page.ts';
import type { SqlEngine } from './sql-engine.ts';

/** A transaction has fewer lines than this, so a line's sequence is one number. */
const POSITIONS = 16n;

/** A page of a wallet's entries, youngest first, read along the index of its transactions. */
export async function readStatement(
  engine: SqlEngine,
  walletId: string,
  page: PageRequest,
): Promise<Page<StatementLine>> {
  const { limit, below } = readPage(page);
  const rows = await engine.database
    .selectFrom('ledger_transactions as transaction')
    .leftJoin('holds', 'holds.id', 'transaction.request_id')
    .select([
      'transaction.sequence',
      'transaction.command',
      'transaction.grant_id',
      'transaction.request_id',
      'transaction.step',
      'transaction.memo',
      'transaction.at_ms',
      'transaction.available_ticks',
      'transaction.held_ticks',
      'transaction.revenue_ticks',
      'transaction.uncollected_ticks',
      'holds.model',
    ])
    .where('transaction.wallet_number', '=', (query) =>
      query.selectFrom('wallets').select('number').where('wallets.id', '=', walletId),
    )
    .where((is) =>
      is.or([is('transaction.available_ticks', '<>', 0n), is('transaction.held_ticks', '<>', 0n)]),
    )
    .$if(below !== undefined, (query) => query.where('transaction.sequence', '<=', (below ?? 0n) / POSITIONS))
    .orderBy('transaction.sequence', 'desc')
    // Each of these has a line at least; of the first one all may have been on the page before.
    .limit(limit + 2)
    .execute();
  const lines = rows
    .flatMap((row) => linesOf(row, walletId))
    .filter(({ sequence }) => below === undefined || sequence < below);
  return makePage(
    lines,
    limit,
    ({ sequence }) => sequence,
    (line) => line,
  );
}

interface TransactionRow {
  readonly sequence: bigint;
  readonly command: string;
  readonly grant_id: string | null;
  readonly request_id: string | null;
  readonly step: bigint | null;
  readonly memo: string | null;
  readonly at_ms: bigint;
  readonly available_ticks: bigint;
  readonly held_ticks: bigint;
  readonly revenue_ticks: bigint;
  readonly uncollected_ticks: bigint;
  readonly model: string | null;
}

/** The lines of one transaction that concern its wallet, youngest first. */
function linesOf(row: TransactionRow, walletId: string): StatementLine[] {
  const own = [`wallet:${walletId}`, `held:${walletId}`];
  return entriesOf(row, walletId)
    .map(({ account, kind, amountTicks }, position) => ({
      sequence: row.sequence * POSITIONS + BigInt(position),
      transactionId: nameOf(row),
      atMs: Number(row.at_ms),
      kind,
      account,
      amountTicks,
      requestId: row.request_id,
      model: row.model,
      memo: row.memo,
    }))
    .filter(({ account }) => own.includes(account))
    .reverse();
}

/** The entries that a row stands for, as the domain makes them. */
function entriesOf(row: TransactionRow, walletId: string): LedgerEntry[] {
  const { command, available_ticks: availableTicks, held_ticks: heldTicks } = row;
  if (command === 'grant') return grantEntries(walletId, availableTicks);
  if (command === 'withdraw') return withdrawalEntries(walletId, -availableTicks);
  if (command === 'hold' || command === 'extend')
    return heldTicks === 0n ? [] : holdEntries(walletId, heldTicks);
  return settlementEntries(walletId, -heldTicks, {
    chargedTicks: row.revenue_ticks + row.uncollected_ticks,
    releasedTicks: availableTicks > 0n ? availableTicks : 0n,
    takenFromWalletTicks: availableTicks < 0n ? -availableTicks : 0n,
    uncollectedTicks: -row.uncollected_ticks,
  });
}

function nameOf({ command, grant_id: grantId, request_id: requestId, step }: TransactionRow): string {
  if (requestId === null) return grantId ?? '';
  if (command === 'hold') return holdTransactionId(requestId);
  return command === 'extend' ? extendTransactionId(requestId, Number(step)) : endTransactionId(requestId);
}
