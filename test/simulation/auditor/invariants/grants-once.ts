import { GRANTS_ONCE } from '../book-command.ts';
import type { Invariant } from '../invariant.ts';
import { Violation } from '../violation.ts';

/** One payment is one grant, of its amount, however often and at whatever moments it is delivered. */
export const grantsOnce: Invariant = {
  name: GRANTS_ONCE,
  afterCommand({ plan, state }, { name }) {
    if (name !== 'grant' && name !== 'withdraw') return;
    for (const [id, transaction] of state.transactions) {
      if (transaction.command !== 'grant' && transaction.command !== 'withdraw') continue;
      const event = plan.events.find((one) => 'transactionId' in one && one.transactionId === id);
      const moved =
        transaction.entries.find(({ account }) => account.startsWith('wallet:'))?.amountTicks ?? 0n;
      const due = event !== undefined && 'amountTicks' in event ? event.amountTicks : undefined;
      if (due !== moved && due !== -moved)
        throw new Violation(GRANTS_ONCE, '', `${id} moved ${moved}, its payment was ${due}`);
    }
  },
  atEnd({ books, state }) {
    const totals = new Map<string, bigint>();
    for (const transaction of state.transactions.values()) {
      if (transaction.command !== 'grant' && transaction.command !== 'withdraw') continue;
      const credit =
        transaction.entries.find(({ account }) => account === 'operator:credit')?.amountTicks ?? 0n;
      totals.set(transaction.id, (totals.get(transaction.id) ?? 0n) - credit);
    }
    for (const [id, due] of books.movements) {
      if (totals.get(id) !== due)
        throw new Violation(GRANTS_ONCE, '', `${id} moved ${totals.get(id)} in all, not ${due}`);
    }
  },
};
