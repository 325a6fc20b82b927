import type { Ticks } from '../../domain/money.ts';
import { extendTransactionId, holdTransactionId } from '../ledger-command.ts';
import type { MemoryTransaction } from '../memory/memory-state.ts';
import type { Row } from './row-values.ts';

/** A transaction that sets credit aside, or ends that, is named by its request and one of these steps. */
export const HOLD_STEP = 0;
const END_STEP = -1;

/** One row with what the transaction adds to each account. `place` keeps the order of a batch. */
export function transactionRow(transaction: MemoryTransaction, place: number, walletNumber: bigint): object {
  const { id, command, requestId, memo, atMs } = transaction;
  return {
    ...{ place, command, wallet_number: walletNumber, memo, at_ms: atMs },
    grant_id: requestId === null ? id : null,
    request_id: requestId,
    step: requestId === null ? null : stepOf(transaction),
    available_ticks: sumOf(transaction, 'wallet:'),
    held_ticks: sumOf(transaction, 'held:'),
    credit_ticks: sumOf(transaction, 'operator:credit'),
    revenue_ticks: sumOf(transaction, 'operator:revenue'),
    uncollected_ticks: sumOf(transaction, 'operator:uncollected'),
  };
}

/** The name under which commands know a transaction that is no end. */
export function transactionName({ grant_id: grantId, request_id: requestId, step }: Row): string {
  if (typeof grantId === 'string') return grantId;
  return Number(step) === HOLD_STEP
    ? holdTransactionId(requestId as string)
    : extendTransactionId(requestId as string, Number(step));
}

/** The step of an extension is the last part of its name. */
function stepOf({ id, command }: MemoryTransaction): number {
  if (command === 'hold') return HOLD_STEP;
  return command === 'extend' ? Number(id.slice(id.lastIndexOf(':') + 1)) : END_STEP;
}

function sumOf({ entries }: MemoryTransaction, account: string): Ticks {
  return entries.reduce(
    (sum, entry) => (entry.account.startsWith(account) ? sum + entry.amountTicks : sum),
    0n,
  );
}
