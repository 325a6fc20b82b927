import type { Invariant } from '../invariant.ts';
import { Violation } from '../violation.ts';

/** No upstream is called for a request whose credit is not set aside, durably; so none while the ledger is away. */
export const closed: Invariant = {
  name: '13 closed',
  onUpstreamCall({ state, books }, { plan }) {
    const hold = state.holds.get(plan.id);
    if (hold?.state !== 'held' || !books.holds.has(plan.id))
      throw new Violation(
        closed.name,
        plan.id,
        `an upstream was called; its hold is ${hold?.state ?? 'not there'}`,
      );
  },
};
