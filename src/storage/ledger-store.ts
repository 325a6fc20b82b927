import type { HoldState } from '../domain/hold.ts';
import type { EntryKind, LedgerAccount } from '../domain/ledger.ts';
import type { Ticks } from '../domain/money.ts';
import type { SpendLimits, SpendPeriod } from '../domain/spend-limit.ts';
import type { TokenUsage } from '../domain/usage.ts';
import type { EstimatedBills } from './audit-bills.ts';
import type { AuditFinding } from './audit-finding.ts';
import type { Page, PageRequest } from './page.ts';
import type { RequestRecord } from './usage-store.ts';

/**
 * The ledger, spoken to in whole commands. Each one is a single atomic step with an id made by the caller, and
 * is durable when its promise resolves. Nobody reads a balance and then writes: the command itself refuses.
 *
 * A promise that rejects with `StorageUnavailable` means that the database did not answer: its `outcome` says
 * whether the command is known not to have been carried out; the caller may repeat it with the same id. With
 * `StorageConflict` (an id that belongs to another request) or `RangeError` (an amount, usage or time that cannot
 * be) the command is a bug of its caller and has done nothing.
 */
export interface LedgerStore {
  /** Makes the wallet of an organization, empty. Exists already: nothing happens. */
  openWallet(walletId: string, atMs: number): Promise<void>;
  grant(command: GrantCommand): Promise<GrantAnswer>;
  /** Takes credit out again, never more than is available. */
  withdraw(command: GrantCommand): Promise<GrantAnswer>;
  hold(command: HoldCommand): Promise<HoldAnswer>;
  /** Adds to a hold, and notes what the request has used so far. */
  extend(command: ExtendCommand): Promise<HoldAnswer>;
  /** Notes what a request has used so far, so that a crash loses no more than what came after. */
  checkpoint(command: CheckpointCommand): Promise<void>;
  /** Charges a finished request, releases the rest of its hold and records it: one transaction. */
  post(command: PostCommand): Promise<EndAnswer>;
  /** Releases a hold whole; the request is recorded in the same transaction. */
  void(command: VoidCommand): Promise<EndAnswer>;
  /**
   * Ends every hold of a dead process: charges what its last checkpoint shows, releases the rest and records the
   * request as interrupted. A hold belongs to the process named in its `hold` command.
   */
  expireHoldsOfOthers(liveProcessId: string, atMs: number): Promise<{ expired: number; chargedTicks: Ticks }>;

  balance(walletId: string): Promise<Balance | undefined>;
  /** The wallet's entries, youngest first. */
  statement(walletId: string, page: PageRequest): Promise<Page<StatementLine>>;
  /** Holds the whole ledger against itself, on one snapshot. */
  audit(liveProcessId: string | undefined): Promise<AuditReport>;
}

export interface Balance {
  readonly availableTicks: Ticks;
  readonly heldTicks: Ticks;
}

export interface GrantCommand {
  /** The caller's id; the same id grants once, however often it is sent. */
  readonly transactionId: string;
  readonly walletId: string;
  readonly amountTicks: Ticks;
  /** Why, in the words of whoever did it; at most 200 characters. */
  readonly memo: string;
  readonly atMs: number;
}

export type GrantAnswer =
  | { readonly outcome: 'done' | 'exists'; readonly balance: Balance }
  /** No such wallet, or (withdrawals) less is available than asked for. */
  | {
      readonly outcome: 'refused';
      readonly reason: 'no-wallet' | 'not-enough' | 'too-much';
      readonly balance: Balance;
    };

/** Who asked for what; kept with the hold, so that a request can be recorded even after its process died. */
export interface RequestOrigin {
  readonly organizationId: string;
  readonly userId: string;
  readonly keyId: string;
  readonly model: string;
  readonly channel: string;
  readonly upstreamModel: string;
  readonly streamed: boolean;
  readonly simulated: boolean;
}

export interface HoldCommand {
  /** The request's id. Extending, posting and voiding name it. */
  readonly holdId: string;
  readonly walletId: string;
  /** Held whole if it is available. */
  readonly amountTicks: Ticks;
  /**
   * If less is available but at least this, everything that is available is held. Equal to `amountTicks` (or
   * more): all or nothing.
   */
  readonly minimumTicks: Ticks;
  /**
   * What the key may spend in the periods that `atMs` falls in: what was charged and is held there leaves an allowance,
   * which bounds the hold as the available credit does. Absent: no limit.
   */
  readonly spendLimits?: SpendLimits | undefined;
  readonly processId: string;
  readonly origin: RequestOrigin;
  /** When the request came, as in its record: the day and the month it counts in. */
  readonly atMs: number;
}

export interface ExtendCommand {
  readonly holdId: string;
  /** 1, 2, 3 … for each extension of this hold, so that a repeated command is known. */
  readonly step: number;
  readonly amountTicks: Ticks;
  /** As in `HoldCommand`. */
  readonly minimumTicks: Ticks;
  /** As in `HoldCommand`, in the periods of the hold. */
  readonly spendLimits?: SpendLimits | undefined;
  readonly usage: TokenUsage;
  readonly costTicks: Ticks;
  readonly atMs: number;
}

export type HoldAnswer =
  /** `heldTicks` is what this command set aside, `balance` what the wallet has after it. */
  | { readonly outcome: 'done' | 'exists'; readonly heldTicks: Ticks; readonly balance: Balance }
  | {
      readonly outcome: 'refused';
      readonly reason: 'no-wallet' | 'not-enough' | 'not-held';
      readonly balance: Balance;
    }
  /** The key's allowance for this period is less than the minimum, whatever the wallet has. */
  | {
      readonly outcome: 'refused';
      readonly reason: 'spend-limit';
      readonly period: SpendPeriod;
      readonly balance: Balance;
    };

export interface CheckpointCommand {
  readonly holdId: string;
  readonly usage: TokenUsage;
  readonly costTicks: Ticks;
  readonly atMs: number;
}

export interface PostCommand {
  readonly holdId: string;
  readonly costTicks: Ticks;
  /** `costTicks` and `uncollectedTicks` of the record are filled in by the ledger from the settlement. */
  readonly record: RequestRecord;
  readonly atMs: number;
}

export interface VoidCommand {
  readonly holdId: string;
  readonly record: RequestRecord;
  readonly atMs: number;
}

export type EndAnswer =
  | {
      readonly outcome: 'done' | 'exists';
      readonly chargedTicks: Ticks;
      readonly releasedTicks: Ticks;
      readonly uncollectedTicks: Ticks;
      readonly balance: Balance;
    }
  /** The hold is unknown, or ended in another way. */
  | { readonly outcome: 'refused'; readonly reason: 'no-hold' | HoldState };

export interface StatementLine {
  /** Orders the lines; the younger the larger. */
  readonly sequence: bigint;
  readonly transactionId: string;
  readonly atMs: number;
  readonly kind: EntryKind;
  readonly account: LedgerAccount;
  readonly amountTicks: Ticks;
  /** The request that a hold, charge or release belongs to. */
  readonly requestId: string | null;
  readonly model: string | null;
  readonly memo: string | null;
}

export interface AuditReport {
  readonly findings: readonly AuditFinding[];
  readonly transactions: number;
  readonly entries: number;
  readonly wallets: number;
  /** Holds of the running server; they end with their requests. */
  readonly liveHolds: number;
  /** Holds whose process is gone; the next start ends them. */
  readonly lostHolds: number;
  /** Bills that were counted by us; what the upstream said does not stand behind them. */
  readonly estimated: EstimatedBills;
  /** The fold of each kind of account over all entries. Their sum is zero. */
  readonly totals: {
    readonly availableTicks: Ticks;
    readonly heldTicks: Ticks;
    readonly grantedTicks: Ticks;
    readonly revenueTicks: Ticks;
    readonly uncollectedTicks: Ticks;
  };
}
