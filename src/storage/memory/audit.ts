import { isDeepStrictEqual } from 'node:util';
import { foldEntries, type LedgerAccount } from '../../domain/ledger.ts';
import type { Ticks } from '../../domain/money.ts';
import { type PriceSheet, priceAt } from '../../domain/price.ts';
import {
  billFindings,
  type EstimatedBills,
  estimateReason,
  PRICE_CHANGE_SPREADS_WITHIN_MS,
} from '../audit-bills.ts';
import type { AuditFinding } from '../audit-finding.ts';
import {
  requestFindings,
  unevenTransaction,
  unpaidRequest,
  walletFindings,
  wrongDay,
} from '../audit-findings.ts';
import type { AuditReport } from '../ledger-store.ts';
import { addToDay } from '../usage-rollup.ts';
import type { DailyUsage } from '../usage-store.ts';
import type { MemoryEntry, MemoryState, MemoryTransaction } from './memory-state.ts';
import { dayKey } from './usage-store.ts';

/** All price sheets of a model that are still known. */
export type PricesOf = (modelId: string) => readonly PriceSheet[];

/** Holds the whole state against itself: everything that is stored twice is computed anew from the entries. */
export function auditState(
  state: MemoryState,
  liveProcessId: string | undefined,
  prices: PricesOf,
): AuditReport {
  const transactions = [...state.transactions.values()];
  const entries = transactions.flatMap((transaction) => transaction.entries);
  const folded = foldEntries(entries);
  const open = [...state.holds.values()].filter((hold) => hold.state === 'held');
  const liveHolds = open.filter((hold) => hold.processId === liveProcessId).length;
  const total = (matches: (account: LedgerAccount) => boolean) =>
    [...folded].reduce((sum, [account, ticks]) => (matches(account) ? sum + ticks : sum), 0n);

  return {
    findings: [
      ...transactions.flatMap(auditTransaction),
      ...auditWallets(state, folded),
      ...auditHolds(state, transactions),
      ...auditRequests(state),
      ...auditBills(state, prices),
      ...auditDays(state),
    ],
    transactions: transactions.length,
    entries: entries.length,
    wallets: state.wallets.size,
    liveHolds,
    lostHolds: open.length - liveHolds,
    estimated: countEstimated(state),
    totals: {
      availableTicks: total((account) => account.startsWith('wallet:')),
      heldTicks: total((account) => account.startsWith('held:')),
      grantedTicks: total((account) => account === 'operator:credit'),
      revenueTicks: total((account) => account === 'operator:revenue'),
      uncollectedTicks: total((account) => account === 'operator:uncollected'),
    },
  };
}

function auditTransaction({ id, entries, walletId }: MemoryTransaction): AuditFinding[] {
  const sum = entries.reduce((ticks, entry) => ticks + entry.amountTicks, 0n);
  return sum === 0n ? [] : [unevenTransaction(id, sum, walletId)];
}

function auditWallets(state: MemoryState, folded: ReadonlyMap<LedgerAccount, Ticks>): AuditFinding[] {
  return [...state.wallets].flatMap(([walletId, wallet]) =>
    walletFindings({
      walletId,
      ...wallet,
      foldedAvailableTicks: folded.get(`wallet:${walletId}`) ?? 0n,
      foldedHeldTicks: folded.get(`held:${walletId}`) ?? 0n,
    }),
  );
}

function auditHolds(state: MemoryState, transactions: readonly MemoryTransaction[]): AuditFinding[] {
  const byRequest = Map.groupBy(transactions, (transaction) => transaction.requestId);
  const requestIds = new Set([...byRequest.keys(), ...state.holds.keys()]);
  return [...requestIds].flatMap((requestId) => {
    if (requestId === null) return [];
    const own = byRequest.get(requestId) ?? [];
    const asides = own.filter(({ command }) => command === 'hold' || command === 'extend');
    const ends = own.filter((transaction) => !asides.includes(transaction));
    return requestFindings({
      requestId,
      walletId: own[0]?.walletId ?? state.holds.get(requestId)?.walletId,
      atMs: own[0]?.atMs ?? state.holds.get(requestId)?.atMs,
      hold: state.holds.get(requestId),
      setAsideTicks: sum(asides, ({ account }) => account.startsWith('held:')),
      emptiedTicks: -sum(ends, ({ account }) => account.startsWith('held:')),
      chargedTicks: sum(ends, ({ kind, account }) => kind === 'charge' && account === 'operator:revenue'),
      releasedTicks: sum(ends, ({ kind, account }) => kind === 'release' && account.startsWith('wallet:')),
      uncollectedTicks: sum(
        ends,
        ({ kind, account }) => kind === 'uncollected' && account === 'operator:revenue',
      ),
      ends: ends.length,
      endCommand: ends[0]?.command ?? null,
      record: state.requests.get(requestId)?.record,
    });
  });
}

function auditRequests(state: MemoryState): AuditFinding[] {
  return [...state.requests.values()].flatMap(({ record }) => {
    const hold = state.holds.get(record.requestId);
    const charged = hold?.chargedTicks ?? 0n;
    const paid = record.costTicks <= charged && record.uncollectedTicks <= (hold?.uncollectedTicks ?? 0n);
    return paid
      ? []
      : [unpaidRequest(record.requestId, record.costTicks, charged, record.organizationId, record.atMs)];
  });
}

function auditBills(state: MemoryState, prices: PricesOf): AuditFinding[] {
  return [...state.requests.values()].flatMap(({ record }) => {
    const hold = state.holds.get(record.requestId);
    if (hold === undefined) return [];
    const sheets = prices(record.model);
    return billFindings({
      ...record,
      account: record.organizationId,
      costTicks: record.costTicks + record.uncollectedTicks,
      sheet: sheets.find(({ validFromMs }) => validFromMs === record.pricedFromMs),
      inForceFromMs: priceAt(sheets, record.atMs - PRICE_CHANGE_SPREADS_WITHIN_MS)?.validFromMs,
      hold: { ...hold.origin, account: hold.origin.organizationId },
    });
  });
}

function countEstimated(state: MemoryState): EstimatedBills {
  const counts = { interrupted: 0, unreported: 0, withoutPrompt: 0, beyondReport: 0 };
  for (const { record } of state.requests.values()) {
    if (record.estimated) counts[estimateReason(record)] += 1;
  }
  return counts;
}

function auditDays(state: MemoryState): AuditFinding[] {
  const expected = new Map<string, DailyUsage>();
  for (const { record } of state.requests.values()) {
    const key = dayKey(record);
    expected.set(key, addToDay(expected.get(key), record));
  }
  return [...new Map([...state.daily, ...expected])]
    .filter(([key]) => !isDeepStrictEqual(expected.get(key), state.daily.get(key)))
    .map(([, { day, organizationId, keyId, model }]) => wrongDay(day, organizationId, keyId, model));
}

function sum(transactions: readonly MemoryTransaction[], matches: (entry: MemoryEntry) => boolean): Ticks {
  return transactions
    .flatMap((transaction) => transaction.entries)
    .filter(matches)
    .reduce((ticks, entry) => ticks + entry.amountTicks, 0n);
}
