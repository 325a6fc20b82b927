import type { Invariant } from '../invariant.ts';
import { Violation } from '../violation.ts';

/** The entries of every transaction, and so of the whole ledger, cancel out. */
export const zeroSum: Invariant = {
  name: '1 zero sum',
  afterCommand({ state }) {
    for (const { id, entries } of state.transactions.values()) {
      let sum = 0n;
      for (const { amountTicks } of entries) sum += amountTicks;
      if (sum !== 0n) throw new Violation(zeroSum.name, '', `the entries of ${id} sum to ${sum}`);
    }
  },
};
