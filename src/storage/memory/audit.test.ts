import { describe, expect, test } from 'bun:test';
import { NOON_MS, Samples } from '../../../test/conformance/samples.ts';
import type { AuditFinding } from '../ledger-store.ts';
import type { Storage } from '../storage.ts';
import { MemoryLedgerStore } from './ledger-store.ts';
import { MemoryState } from './memory-state.ts';
import { MemoryUsageStore } from './usage-store.ts';

/** A wallet of 1,000 with a posted hold, in a state that the test can reach into. */
async function books() {
  const state = new MemoryState();
  const storage = {
    ledger: new MemoryLedgerStore(state),
    usage: new MemoryUsageStore(state),
  } as unknown as Storage;
  const samples = new Samples(storage, 'audit');
  const walletId = await samples.wallet(1_000n);
  const posted = samples.hold(walletId, 100n);
  await storage.ledger.hold(posted);
  await storage.ledger.post(samples.post(posted, 60n));
  return { state, walletId, posted, audit: () => storage.ledger.audit(undefined) };
}

type Books = Awaited<ReturnType<typeof books>>;

const DAMAGES: readonly [AuditFinding['kind'], (books: Books) => void][] = [
  [
    'transaction-not-zero',
    ({ state, walletId }) => {
      const sequence = state.nextSequence();
      const entries = [{ account: `wallet:${walletId}`, kind: 'grant', amountTicks: 5n, sequence }] as const;
      const transaction = { command: 'grant', walletId, requestId: null, memo: null, atMs: NOON_MS } as const;
      state.transactions.set('forged', { id: 'forged', ...transaction, entries });
    },
  ],
  [
    'balance-differs',
    ({ state, walletId }) => state.wallets.set(walletId, { availableTicks: 5n, heldTicks: 0n }),
  ],
  [
    'negative-balance',
    ({ state, walletId }) => state.wallets.set(walletId, { availableTicks: -5n, heldTicks: 0n }),
  ],
  ['hold-without-end', ({ state, posted }) => state.transactions.delete(`request:${posted.holdId}:end`)],
  [
    'hold-ended-twice',
    ({ state, posted }) => {
      const end = state.transactions.get(`request:${posted.holdId}:end`);
      if (end !== undefined)
        state.transactions.set('forged', { ...end, id: 'forged', command: 'void', entries: [] });
    },
  ],
  ['hold-differs', ({ state, posted }) => state.holds.delete(posted.holdId)],
  ['charge-without-request', ({ state, posted }) => state.requests.delete(posted.holdId)],
  [
    'request-without-charge',
    ({ state, posted }) => {
      const request = state.requests.get(posted.holdId);
      if (request === undefined) return;
      const record = { ...request.record, requestId: 'forged' };
      state.requests.set('forged', { sequence: state.nextSequence(), record });
    },
  ],
  ['rollup-differs', ({ state }) => state.daily.clear()],
];

describe('the audit of the memory engine', () => {
  test('finds nothing in sound books', async () => {
    const { audit } = await books();
    expect((await audit()).findings).toEqual([]);
  });

  for (const [kind, damage] of DAMAGES) {
    test(`finds ${kind}`, async () => {
      const sound = await books();
      damage(sound);
      expect((await sound.audit()).findings.map((finding) => finding.kind)).toContain(kind);
    });
  }
});
