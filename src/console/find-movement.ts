import type { LedgerStore, StatementLine } from '../storage/ledger-store.ts';

const PAGES = 10;
const PAGE_LINES = 1_000;

/**
 * A transaction's line in a wallet's statement, as far back as ten thousand lines; undefined when it is not there.
 */
export async function findMovement(
  ledger: LedgerStore,
  walletId: string,
  transactionId: string,
): Promise<StatementLine | undefined> {
  let cursor: string | undefined;
  for (let page = 0; page < PAGES; page += 1) {
    const { rows, nextCursor } = await ledger.statement(walletId, { limit: PAGE_LINES, cursor });
    const line = rows.find(
      (row) => row.transactionId === transactionId && row.account === `wallet:${walletId}`,
    );
    if (line !== undefined || nextCursor === undefined) return line;
    cursor = nextCursor;
  }
  return undefined;
}
