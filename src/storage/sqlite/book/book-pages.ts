import type { HoldState } from '../../../domain/hold.ts';
import type { Ticks } from '../../../domain/money.ts';
import type { SpendPeriod } from '../../../domain/spend-limit.ts';
import type { TokenUsage } from '../../../domain/usage.ts';
import type { RequestOrigin } from '../../ledger-store.ts';
import type { LedgerLookups } from './ledger-lookups.ts';

/** A wallet that commands are decided on. */
export interface BookWallet {
  availableTicks: Ticks;
  heldTicks: Ticks;
  /** Effects on it that are not in the tables yet. While there are any, the tables cannot be asked about it. */
  ahead: number;
}

/** A hold that commands are decided on. */
export interface BookHold {
  readonly walletId: string;
  readonly origin: RequestOrigin;
  readonly atMs: number;
  state: HoldState;
  heldTicks: Ticks;
  /** What each step set aside since the book knows the hold: 0 made it, 1, 2 … extended it. */
  readonly setAside: Map<number, Ticks>;
  usage: TokenUsage;
  costTicks: Ticks;
  checkpointAtMs: number;
  chargedTicks: Ticks;
  releasedTicks: Ticks;
  uncollectedTicks: Ticks;
  /** As of a wallet. */
  ahead: number;
}

/** What an effect did to the amount that a key has spent: it counts until the tables have it. */
interface Spending {
  readonly effect: number;
  readonly keyId: string;
  readonly atMs: number;
  readonly ticks: Ticks;
}

/** An effect that the tables do not have yet, and what it concerned. */
interface Ahead {
  readonly effect: number;
  readonly walletId: string | undefined;
  readonly holdId: string | undefined;
  /** Of a grant or withdrawal. */
  readonly transactionId: string | undefined;
  /** Of a request without a hold. */
  readonly requestId: string | undefined;
}

/** Wallets that are kept in memory; about 200 bytes each. Those in use longest ago are looked up again. */
const MAXIMUM_WALLETS = 200_000;

/**
 * What the book knows: wallets and holds as they are after all that was decided, some of it ahead of the tables. What is
 * not here is in the tables as it is, because whatever is ahead of them is kept.
 */
export class BookPages {
  readonly #lookups: LedgerLookups;
  readonly #wallets = new Map<string, BookWallet>();
  readonly #holds = new Map<string, BookHold>();
  /** Ids of grants and withdrawals, and of requests without a hold, that are ahead. */
  readonly #grants = new Set<string>();
  readonly #requests = new Set<string>();
  #ahead: Ahead[] = [];
  #spendings: Spending[] = [];
  /**
   * The greatest id of a request that is not in memory. Ids are ordered by the time they were made, so nearly every new
   * request has a greater one, and the tables need not be asked whether they have met it.
   */
  #greatestForgotten: string;

  constructor(lookups: LedgerLookups) {
    this.#lookups = lookups;
    this.#greatestForgotten = lookups.greatestRequestId();
  }

  wallet(walletId: string): BookWallet | undefined {
    const known = this.#wallets.get(walletId);
    if (known !== undefined) return known;
    const stored = this.#lookups.wallet(walletId);
    return stored && this.addWallet(walletId, stored.availableTicks, stored.heldTicks);
  }

  addWallet(walletId: string, availableTicks: Ticks, heldTicks: Ticks): BookWallet {
    const wallet = { availableTicks, heldTicks, ahead: 0 };
    this.#wallets.set(walletId, wallet);
    if (this.#wallets.size > MAXIMUM_WALLETS) this.#forgetWallet();
    return wallet;
  }

  hold(holdId: string): BookHold | undefined {
    const known = this.#holds.get(holdId);
    if (known !== undefined) return known;
    if (this.#isNew(holdId)) return undefined;
    const stored = this.#lookups.hold(holdId);
    if (stored === undefined) return undefined;
    const { interrupted, checkpointCostTicks, ...rest } = stored;
    const hold: BookHold = {
      ...rest,
      origin: interrupted.origin,
      atMs: interrupted.atMs,
      setAside: new Map(),
      usage: interrupted.usage,
      costTicks: checkpointCostTicks,
      checkpointAtMs: interrupted.checkpointAtMs,
      ahead: 0,
    };
    // One that has ended changes no more and is looked up again should anybody ask.
    if (hold.state === 'held') this.#holds.set(holdId, hold);
    return hold;
  }

  addHold(holdId: string, hold: BookHold): void {
    this.#holds.set(holdId, hold);
  }

  /** What a step of a hold set aside; undefined when there was no such step. */
  setAside(holdId: string, hold: BookHold, step: number): Ticks | undefined {
    return hold.setAside.get(step) ?? this.#lookups.setAside(holdId, step);
  }

  /** True when a request was recorded under this id. */
  hasRequest(requestId: string): boolean {
    if (this.#requests.has(requestId)) return true;
    return !this.#isNew(requestId) && this.#lookups.hasRequest(requestId);
  }

  hasGrant(transactionId: string): boolean {
    return this.#grants.has(transactionId) || this.#lookups.hasGrant(transactionId);
  }

  /** What a key was charged in a period and what its open holds of that period set aside. */
  spent({ organizationId, keyId }: RequestOrigin, period: SpendPeriod): Ticks {
    const { ticks, effects } = this.#lookups.spent(organizationId, keyId, period);
    return this.#spendings.reduce(
      (sum, spending) =>
        spending.effect > effects &&
        spending.keyId === keyId &&
        spending.atMs >= period.fromMs &&
        spending.atMs < period.endMs
          ? sum + spending.ticks
          : sum,
      ticks,
    );
  }

  /** Notes that an effect is ahead of the tables. */
  wentAhead(ahead: Ahead): void {
    this.#ahead.push(ahead);
    const { walletId, holdId, transactionId, requestId } = ahead;
    const wallet = walletId === undefined ? undefined : this.#wallets.get(walletId);
    if (wallet !== undefined) wallet.ahead += 1;
    const hold = holdId === undefined ? undefined : this.#holds.get(holdId);
    if (hold !== undefined) hold.ahead += 1;
    if (transactionId !== undefined) this.#grants.add(transactionId);
    if (requestId !== undefined) this.#requests.add(requestId);
  }

  noteSpending(spending: Spending): void {
    if (spending.ticks !== 0n) this.#spendings.push(spending);
  }

  /** The tables hold the first so many effects. */
  applied(effects: number): void {
    const ahead = countUpTo(this.#ahead, effects);
    for (let index = 0; index < ahead; index += 1) this.#caughtUp(this.#ahead[index]);
    this.#ahead = this.#ahead.slice(ahead);
    this.#spendings = this.#spendings.slice(countUpTo(this.#spendings, effects));
  }

  /** Forgets everything: from now on it is as the tables have it, once they hold all that is durable. */
  clear(): void {
    for (const holdId of this.#holds.keys()) this.#forget(holdId);
    for (const requestId of this.#requests) this.#forget(requestId);
    this.#wallets.clear();
    this.#holds.clear();
    this.#grants.clear();
    this.#requests.clear();
    this.#ahead = [];
    this.#spendings = [];
  }

  #caughtUp(ahead: Ahead | undefined): void {
    const { walletId = '', holdId = '', transactionId = '', requestId = '' } = ahead ?? {};
    const wallet = this.#wallets.get(walletId);
    if (wallet !== undefined) wallet.ahead -= 1;
    const hold = this.#holds.get(holdId);
    if (hold !== undefined) {
      hold.ahead -= 1;
      if (hold.ahead === 0 && hold.state !== 'held') {
        this.#holds.delete(holdId);
        this.#forget(holdId);
      }
    }
    this.#grants.delete(transactionId);
    if (this.#requests.delete(requestId)) this.#forget(requestId);
  }

  #isNew(requestId: string): boolean {
    return requestId > this.#greatestForgotten;
  }

  #forget(id: string): void {
    if (id > this.#greatestForgotten) this.#greatestForgotten = id;
  }

  /** The one added first that is not ahead of the tables. Busy ones are added again, at the end, when they come back. */
  #forgetWallet(): void {
    for (const [walletId, wallet] of this.#wallets) {
      this.#wallets.delete(walletId);
      if (wallet.ahead === 0) return;
      this.#wallets.set(walletId, wallet);
    }
  }
}

/** They are in the order of their effects, so half of what is left can be passed over with each look. */
function countUpTo(entries: readonly { readonly effect: number }[], effects: number): number {
  let from = 0;
  let to = entries.length;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if ((entries[middle] as { effect: number }).effect <= effects) from = middle + 1;
    else to = middle;
  }
  return from;
}
