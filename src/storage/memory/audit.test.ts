import { describe, expect, test } from 'bun:test';
import { NOON_MS, priced, Samples, usageOf } from '../../../test/conformance/samples.ts';
import type { PriceSheet } from '../../domain/price.ts';
import type { AuditFinding } from '../audit-finding.ts';
import type { Storage } from '../storage.ts';
import type { RequestRecord } from '../usage-store.ts';
import { MemoryLedgerStore } from './ledger-store.ts';
import { MemoryState } from './memory-state.ts';
import { MemoryUsageStore } from './usage-store.ts';

const [SHEET] = priced(2n, 8n).prices as [PriceSheet];

/** A wallet of 1,000 with a posted hold, in a state that the test can reach into. */
async function books() {
  const state = new MemoryState();
  const sheets = [SHEET];
  const storage = {
    ledger: new MemoryLedgerStore(state, () => sheets),
    usage: new MemoryUsageStore(state),
  } as unknown as Storage;
  const samples = new Samples(storage, 'audit');
  const walletId = await samples.wallet(1_000n);
  const posted = samples.hold(walletId, 100n);
  await storage.ledger.hold(posted);
  await storage.ledger.post(samples.post(posted, 60n, { pricedFromMs: 0 }));
  return { state, sheets, walletId, posted, audit: () => storage.ledger.audit(undefined) };
}

/** Writes over the row of the posted request. */
function alter({ state, posted }: Books, change: Partial<RequestRecord>): void {
  const request = state.requests.get(posted.holdId);
  if (request === undefined) throw new Error('the request is not recorded');
  state.requests.set(posted.holdId, { ...request, record: { ...request.record, ...change } });
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
  ['hold-missing', ({ state, posted }) => state.holds.delete(posted.holdId)],
  [
    'hold-differs',
    ({ state, posted }) => {
      const hold = state.holds.get(posted.holdId);
      if (hold !== undefined) hold.heldTicks += 1n;
    },
  ],
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
  ['request-misfiled', (books) => alter(books, { model: 'another' })],
  ['cost-differs-from-price', (books) => alter(books, { usage: usageOf(6), reported: usageOf(6) })],
  ['price-not-in-force', (books) => books.sheets.push({ ...SHEET, validFromMs: NOON_MS - 3_600_000 })],
  ['usage-differs-from-report', (books) => alter(books, { reported: usageOf(4) })],
  ['usage-without-report', (books) => alter(books, { reported: null })],
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
