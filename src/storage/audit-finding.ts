import type { HoldState } from '../domain/hold.ts';
import type { Ticks } from '../domain/money.ts';
import type { ReportedUsage, TokenUsage } from '../domain/usage.ts';

/**
 * Everything that an audit can find, with the figures its sentence needs. Each kind is a fault that no command of ours
 * leaves behind: it comes from somebody's editor, a broken disk, or a bug.
 */
export interface AuditFacts {
  'transaction-not-zero': { readonly sumTicks: Ticks };
  'balance-differs': WalletSums;
  'negative-balance': WalletSums;
  'hold-without-end': { readonly state: HoldState };
  'hold-ended-twice': { readonly ends: number };
  /** Transactions name a hold that is not there. */
  'hold-missing': Nothing;
  /** The hold and the entries of its transactions say different amounts, or that it ended differently. */
  'hold-differs': {
    readonly state: HoldState;
    readonly heldTicks: Ticks;
    readonly chargedTicks: Ticks;
    readonly releasedTicks: Ticks;
    readonly bookedHeldTicks: Ticks;
    readonly bookedChargedTicks: Ticks;
    readonly bookedReleasedTicks: Ticks;
  };
  /** `costTicks` is what the request's row says; undefined when there is no row. */
  'charge-without-request': { readonly chargedTicks: Ticks; readonly costTicks?: Ticks | undefined };
  'request-without-charge': { readonly costTicks: Ticks; readonly chargedTicks: Ticks };
  /** The row names another account, key or model than the hold that was charged for it. */
  'request-misfiled': { readonly heldBy: string };
  'cost-differs-from-price': { readonly costTicks: Ticks; readonly pricedTicks: Ticks };
  'price-not-in-force': { readonly pricedFromMs: number; readonly atMs: number };
  'usage-differs-from-report': {
    readonly usage: TokenUsage;
    readonly reported: ReportedUsage;
    /** The bill says of itself that it was counted by us; what was counted does not explain the difference. */
    readonly estimated: boolean;
  };
  'usage-without-report': { readonly usage: TokenUsage };
  'rollup-differs': Nothing;
}

type Nothing = Readonly<Record<never, never>>;

/** What is stored of a wallet, and what its entries fold to. */
export interface WalletSums {
  readonly availableTicks: Ticks;
  readonly heldTicks: Ticks;
  readonly foldedAvailableTicks: Ticks;
  readonly foldedHeldTicks: Ticks;
}

/** Where to look. What does not apply is absent. */
export interface AuditPlace {
  /** The wallet's and its organization's id. */
  readonly account?: string | undefined;
  readonly requestId?: string | undefined;
  readonly transactionId?: string | undefined;
  /** The UTC day, `2026-11-22`. */
  readonly day?: string | undefined;
  readonly keyId?: string | undefined;
  readonly model?: string | undefined;
}

export type AuditFindingKind = keyof AuditFacts;

export type AuditFinding = {
  readonly [Kind in AuditFindingKind]: {
    readonly kind: Kind;
    readonly place: AuditPlace;
    readonly facts: AuditFacts[Kind];
  };
}[AuditFindingKind];
