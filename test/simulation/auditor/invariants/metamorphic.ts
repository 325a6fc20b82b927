import { isDeepStrictEqual } from 'node:util';
import { auditState } from '../../../../src/storage/memory/audit.ts';
import { MemoryLedgerStore } from '../../../../src/storage/memory/ledger-store.ts';
import { MemoryState } from '../../../../src/storage/memory/memory-state.ts';
import { describeFinding } from '../describe-finding.ts';
import type { CarriedOut, Invariant, Observed } from '../invariant.ts';
import { Violation } from '../violation.ts';

/** Which price a request was let in at is held against what its process knew, by another invariant. */
const NO_PRICES = () => [];

/**
 * The commands that were carried out, sent to an empty store in the same order, and each of them twice, make the same
 * wallets and holds. And the product's own audit finds nothing.
 */
export const metamorphic: Invariant = {
  name: '16 metamorphic',
  async atEnd(world) {
    const [finding] = auditState(world.state, undefined, NO_PRICES).findings;
    if (finding !== undefined) fail(`the product's audit finds ${describeFinding(finding)}`);
    const state = new MemoryState();
    const store = new MemoryLedgerStore(state);
    for (const account of world.plan.accounts) await store.openWallet(account.id);
    for (const done of world.carriedOut) {
      for (const time of ['first', 'second']) {
        await send(store, done).catch((reason) =>
          fail(`replayed, ${done.name} breaks the ${time} time: ${reason}`),
        );
      }
    }
    if (!isDeepStrictEqual(state.wallets, world.state.wallets))
      fail('replayed, the wallets are not the same');
    if (!isDeepStrictEqual(ends(state), ends(world.state))) fail('replayed, the holds are not the same');
  },
};

async function send(store: MemoryLedgerStore, { name, command }: CarriedOut): Promise<void> {
  if (name === 'expire') await store.expireHoldsOfOthers(command.liveProcessId, command.atMs);
  else await (store[name] as (sent: CarriedOut['command']) => Promise<unknown>).call(store, command);
}

function ends({ holds }: Observed['state']) {
  return [...holds.values()].map(({ holdId, state, heldTicks, chargedTicks, uncollectedTicks }) => ({
    ...{ holdId, state, heldTicks, chargedTicks, uncollectedTicks },
  }));
}

function fail(detail: string): never {
  throw new Violation(metamorphic.name, '', detail);
}
