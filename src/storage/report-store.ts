import type { Ticks } from '../domain/money.ts';
import type { Page, PageRequest } from './page.ts';
import type { RequestOutcome, RequestRecord } from './usage-store.ts';

/** Which requests of an organization; what is absent does not matter. */
export interface RequestFilter {
  readonly organizationId: string;
  /** A key's id, or all of `console` or `chat`. */
  readonly keyId?: string | undefined;
  readonly model?: string | undefined;
  readonly outcomes?: readonly RequestOutcome[] | undefined;
  readonly minimumCostTicks?: Ticks | undefined;
  /** Of the request's arrival; the end is not included. */
  readonly fromMs?: number | undefined;
  readonly toMs?: number | undefined;
}

/** A request and its place among all: the younger the larger. */
export interface PlacedRequest {
  readonly sequence: bigint;
  readonly record: RequestRecord;
}

/** Sums of requests, as the projections keep them. */
export interface UsageSums {
  readonly requests: number;
  readonly failedRequests: number;
  readonly inputTokens: number;
  readonly cachedInputTokens: number;
  readonly outputTokens: number;
  readonly reasoningTokens: number;
  readonly costTicks: Ticks;
}

export interface UsageCell extends UsageSums {
  /** When its hour or UTC day begins. */
  readonly atMs: number;
  readonly keyId: string;
  readonly model: string;
}

export interface ChannelCell extends UsageSums {
  readonly atMs: number;
  readonly channel: string;
  readonly model: string;
}

export interface UsageSpan {
  /** Whole hours or UTC days: what begins within is in it. The end is not included. */
  readonly fromMs: number;
  readonly toMs: number;
  readonly step: 'hour' | 'day';
}

/** Which cells are told apart; what is not is added up, and has no name in the answer. */
export interface UsageParts {
  readonly byKey: boolean;
  readonly byModel: boolean;
}

/** What one transaction of the ledger did to a wallet. */
export interface CreditMove {
  readonly sequence: bigint;
  readonly atMs: number;
  readonly command: 'grant' | 'withdraw' | 'hold' | 'extend' | 'post' | 'void' | 'expire';
  readonly availableTicks: Ticks;
  readonly heldTicks: Ticks;
  /** What the operator earned by it, and what could not be collected. */
  readonly revenueTicks: Ticks;
  readonly uncollectedTicks: Ticks;
  readonly requestId: string | null;
  readonly model: string | null;
  readonly memo: string | null;
}

export interface CreditMovesAsked {
  readonly walletId: string;
  /** Only grants and withdrawals. */
  readonly creditOnly: boolean;
  readonly below?: bigint | undefined;
  readonly fromMs?: number | undefined;
  readonly toMs?: number | undefined;
  readonly limit: number;
}

/** What pages report of requests, usage and credit. It only reads, and no answer adds up requests one by one. */
export interface ReportStore {
  /**
   * Youngest first. A page may be short of its limit, or empty, and still have a next one: no call looks through more
   * than a few thousand requests that do not match.
   */
  requests(filter: RequestFilter, page: PageRequest): Promise<Page<RequestRecord>>;
  /** Recorded after `after`, oldest first; without it, where the youngest one is: for whoever watches. */
  requestsAfter(organizationId: string, after: bigint, limit: number): Promise<readonly PlacedRequest[]>;
  lastSequence(organizationId: string): Promise<bigint>;
  findRequest(organizationId: string, requestId: string): Promise<RequestRecord | undefined>;
  /** Of all organizations, the youngest ones: a start remembers from them how fast models were. */
  latestOfAll(limit: number): Promise<readonly RequestRecord[]>;

  /** Cells of an organization, oldest first. */
  usage(organizationId: string, span: UsageSpan, parts: UsageParts): Promise<readonly UsageCell[]>;
  /** Cells of the whole installation by channel and model, oldest first. */
  channels(span: UsageSpan): Promise<readonly ChannelCell[]>;

  /** Youngest first; with what the wallet has available now, seen in the same moment. */
  creditMoves(
    asked: CreditMovesAsked,
  ): Promise<{ readonly moves: readonly CreditMove[]; readonly availableTicks: Ticks }>;
  /** What a request moved, oldest first; none where its hold was of another wallet. */
  movesOfRequest(walletId: string, requestId: string): Promise<readonly CreditMove[]>;
  /** All grants less all withdrawals. */
  grantedTicks(walletId: string): Promise<Ticks>;
  /** Of all wallets together. */
  balances(): Promise<{ readonly availableTicks: Ticks; readonly heldTicks: Ticks }>;
}
