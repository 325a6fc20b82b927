import type { MemoryEntry } from '../../../../src/storage/memory/memory-state.ts';
import type { Invariant, Observed } from '../invariant.ts';
import { MOST_TICKS } from '../measure-usage.ts';
import { Violation } from '../violation.ts';

/** Every amount is within what may be moved, and an entry that was written stays as it is. */
export const noNegativeCharge: Invariant = {
  name: '3 no negative charge',
  afterCommand(world) {
    const seen = seenIn(world);
    for (const { id, entries } of world.state.transactions.values()) {
      if (seen.has(id)) continue;
      seen.set(id, entries.map(writtenAs));
      for (const { amountTicks } of entries) {
        const size = amountTicks < 0n ? -amountTicks : amountTicks;
        if (size === 0n || size > MOST_TICKS)
          throw new Violation(noNegativeCharge.name, '', `${id} moves ${amountTicks}`);
      }
    }
    if (world.state.transactions.size < seen.size)
      throw new Violation(noNegativeCharge.name, '', 'a transaction has vanished');
    for (const { costTicks, chargedTicks, uncollectedTicks, holdId } of world.state.holds.values()) {
      if (costTicks < 0n || chargedTicks < 0n || uncollectedTicks < 0n)
        throw new Violation(noNegativeCharge.name, holdId, 'a charge or a checkpoint is below zero');
    }
  },
  atEnd(world) {
    const seen = seenIn(world);
    for (const { id, entries } of world.state.transactions.values()) {
      if (entries.map(writtenAs).join() !== (seen.get(id) ?? []).join())
        throw new Violation(noNegativeCharge.name, '', `the entries of ${id} are not what was written`);
    }
  },
};

const seenByWorld = new WeakMap<object, Map<string, string[]>>();

function seenIn({ state }: Observed): Map<string, string[]> {
  const seen = seenByWorld.get(state) ?? new Map<string, string[]>();
  seenByWorld.set(state, seen);
  return seen;
}

function writtenAs({ account, kind, amountTicks, sequence }: MemoryEntry): string {
  return `${sequence} ${account} ${kind} ${amountTicks}`;
}
