import type { Ticks } from './money.ts';

/**
 * The ledger's vocabulary. Every movement is a transaction of immutable entries that sum to zero; a balance is
 * the fold of its entries; a correction is a new transaction. Stored balances are projections of this.
 */

/** `wallet:<id>` is credit free to spend, `held:<id>` is credit set aside for requests under way. */
export type LedgerAccount =
  | `wallet:${string}`
  | `held:${string}`
  | 'operator:credit' // where granted credit comes from
  | 'operator:revenue' // where charges go
  | 'operator:uncollected'; // what was served beyond a wallet's credit; never a negative balance

export type EntryKind = 'grant' | 'withdrawal' | 'hold' | 'charge' | 'release' | 'uncollected';

export interface LedgerEntry {
  readonly account: LedgerAccount;
  readonly kind: EntryKind;
  readonly amountTicks: Ticks;
}

/** One movement from an account to another: two entries that cancel out. Asserts that it moves something. */
export function transfer(
  kind: EntryKind,
  from: LedgerAccount,
  to: LedgerAccount,
  amountTicks: Ticks,
): LedgerEntry[] {
  if (amountTicks <= 0n) throw new RangeError('a transfer moves a positive amount');
  return [
    { account: from, kind, amountTicks: -amountTicks },
    { account: to, kind, amountTicks },
  ];
}

export function grantEntries(walletId: string, amountTicks: Ticks): LedgerEntry[] {
  return transfer('grant', 'operator:credit', `wallet:${walletId}`, amountTicks);
}

export function withdrawalEntries(walletId: string, amountTicks: Ticks): LedgerEntry[] {
  return transfer('withdrawal', `wallet:${walletId}`, 'operator:credit', amountTicks);
}

export function holdEntries(walletId: string, amountTicks: Ticks): LedgerEntry[] {
  return transfer('hold', `wallet:${walletId}`, `held:${walletId}`, amountTicks);
}

/** How a finished hold is divided. `charged + released = held + takenFromWallet`; `uncollected` is on top. */
export interface Settlement {
  /** Paid by the account, out of the hold and, if it cost more, out of what else the wallet has. */
  readonly chargedTicks: Ticks;
  /** What goes from the hold back to the wallet. */
  readonly releasedTicks: Ticks;
  /** The part of the charge that the hold did not cover and the wallet did. */
  readonly takenFromWalletTicks: Ticks;
  /** What was served and nobody pays: booked to `operator:uncollected`, and an alarm. */
  readonly uncollectedTicks: Ticks;
}

/**
 * Divides a hold of `heldTicks` for a request that cost `costTicks`, when the wallet has `availableTicks`
 * besides. The wallet never goes below zero.
 */
export function settle(heldTicks: Ticks, costTicks: Ticks, availableTicks: Ticks): Settlement {
  if (heldTicks < 0n || costTicks < 0n || availableTicks < 0n)
    throw new RangeError('negative money in a settlement');
  if (costTicks <= heldTicks) {
    return {
      chargedTicks: costTicks,
      releasedTicks: heldTicks - costTicks,
      takenFromWalletTicks: 0n,
      uncollectedTicks: 0n,
    };
  }
  const beyond = costTicks - heldTicks;
  const takenFromWalletTicks = beyond < availableTicks ? beyond : availableTicks;
  return {
    chargedTicks: heldTicks + takenFromWalletTicks,
    releasedTicks: 0n,
    takenFromWalletTicks,
    uncollectedTicks: beyond - takenFromWalletTicks,
  };
}

/** The entries that end a hold of `heldTicks` as `settlement` says. Empty parts make no entries. */
export function settlementEntries(walletId: string, heldTicks: Ticks, settlement: Settlement): LedgerEntry[] {
  const { chargedTicks, releasedTicks, takenFromWalletTicks, uncollectedTicks } = settlement;
  if (chargedTicks + releasedTicks !== heldTicks + takenFromWalletTicks) {
    throw new RangeError('a settlement does not add up to its hold');
  }
  const wallet: LedgerAccount = `wallet:${walletId}`;
  const held: LedgerAccount = `held:${walletId}`;
  return [
    ...unlessZero('charge', held, 'operator:revenue', chargedTicks - takenFromWalletTicks),
    ...unlessZero('charge', wallet, 'operator:revenue', takenFromWalletTicks),
    ...unlessZero('release', held, wallet, releasedTicks),
    ...unlessZero('uncollected', 'operator:uncollected', 'operator:revenue', uncollectedTicks),
  ];
}

function unlessZero(
  kind: EntryKind,
  from: LedgerAccount,
  to: LedgerAccount,
  amountTicks: Ticks,
): LedgerEntry[] {
  return amountTicks === 0n ? [] : transfer(kind, from, to, amountTicks);
}

/** Sums entries by account. The sum over all accounts is zero for any set of whole transactions. */
export function foldEntries(entries: Iterable<LedgerEntry>): Map<LedgerAccount, Ticks> {
  const balances = new Map<LedgerAccount, Ticks>();
  for (const { account, amountTicks } of entries) {
    balances.set(account, (balances.get(account) ?? 0n) + amountTicks);
  }
  return balances;
}
