import type { EntryKind, LedgerAccount } from '../../domain/ledger.ts';
import type { StatementLine } from '../ledger-store.ts';
import { makePage, type Page, type PageRequest, readPage } from '../page.ts';
import type { SqlEngine } from './sql-engine.ts';

/** A transaction has fewer entries than this (the schema checks it), so a line's sequence is one number. */
const POSITIONS = 16n;

/** A page of a wallet's entries, youngest first, read along the index of its entries. */
export async function readStatement(
  engine: SqlEngine,
  walletId: string,
  page: PageRequest,
): Promise<Page<StatementLine>> {
  const { limit, below } = readPage(page);
  const rows = await engine.database
    .selectFrom('ledger_entries as entry')
    .innerJoin('ledger_transactions as transaction', 'transaction.sequence', 'entry.transaction_sequence')
    .leftJoin('holds', 'holds.id', 'transaction.request_id')
    .select([
      'entry.transaction_sequence',
      'entry.position',
      'entry.account',
      'entry.kind',
      'entry.amount_ticks',
      'transaction.id',
      'transaction.request_id',
      'transaction.memo',
      'transaction.at_ms',
      'holds.model',
    ])
    .where('entry.wallet_number', '=', (query) =>
      query.selectFrom('wallets').select('number').where('wallets.id', '=', walletId),
    )
    .$if(below !== undefined, (query) =>
      query.where((is) =>
        is(
          is.refTuple('entry.transaction_sequence', 'entry.position'),
          '<',
          is.tuple((below ?? 0n) / POSITIONS, (below ?? 0n) % POSITIONS),
        ),
      ),
    )
    .orderBy('entry.transaction_sequence', 'desc')
    .orderBy('entry.position', 'desc')
    .limit(limit + 1)
    .execute();
  const sequence = (row: (typeof rows)[number]) => row.transaction_sequence * POSITIONS + row.position;
  return makePage(rows, limit, sequence, (row) => ({
    sequence: sequence(row),
    transactionId: row.id,
    atMs: Number(row.at_ms),
    kind: row.kind as EntryKind,
    account: `${row.account}:${walletId}` as LedgerAccount,
    amountTicks: row.amount_ticks,
    requestId: row.request_id,
    model: row.model,
    memo: row.memo,
  }));
}
