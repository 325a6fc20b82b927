import { heldTicks } from '../books.ts';
import type { Invariant, Observed } from '../invariant.ts';
import { Violation } from '../violation.ts';

/** What is stored of a wallet or a hold is the fold of the entries, and what the auditor's own books say. */
export const fold: Invariant = {
  name: '2 fold',
  afterCommand(world) {
    const folded = new Map<string, bigint>();
    for (const { entries } of world.state.transactions.values()) {
      for (const { account, amountTicks } of entries) {
        folded.set(account, (folded.get(account) ?? 0n) + amountTicks);
      }
    }
    for (const [id, { availableTicks, heldTicks }] of world.state.wallets) {
      const { available, held } = world.books.wallet(id);
      const entries = [folded.get(`wallet:${id}`) ?? 0n, folded.get(`held:${id}`) ?? 0n];
      const stored = `${availableTicks} and ${heldTicks} held`;
      if (availableTicks !== entries[0] || heldTicks !== entries[1])
        throw new Violation(fold.name, '', `${id} has ${stored}, its entries make ${entries.join(' and ')}`);
      if (availableTicks !== available || heldTicks !== held)
        throw new Violation(fold.name, '', `${id} has ${stored}, its commands make ${available} and ${held}`);
      if (availableTicks < 0n || heldTicks < 0n) throw new Violation(fold.name, '', `${id} has ${stored}`);
    }
    compareHolds(world);
  },
};

function compareHolds({ state, books }: Observed): void {
  for (const stored of state.holds.values()) {
    const booked = books.holds.get(stored.holdId);
    const same =
      booked !== undefined &&
      stored.state === booked.state &&
      stored.heldTicks === heldTicks(booked) &&
      stored.chargedTicks === booked.charged &&
      (stored.state !== 'held' || stored.costTicks === booked.checkpointTicks);
    if (same) continue;
    const said = `${stored.state}, ${stored.heldTicks} held, ${stored.chargedTicks} charged, checkpoint ${stored.costTicks}`;
    const due =
      booked && `${booked.state}, ${heldTicks(booked)}, ${booked.charged}, ${booked.checkpointTicks}`;
    throw new Violation(fold.name, stored.holdId, `its hold is ${said}; its commands make it ${due}`);
  }
}
