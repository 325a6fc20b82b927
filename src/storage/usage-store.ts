import type { Ticks } from '../domain/money.ts';
import type { ReportedUsage, TokenUsage } from '../domain/usage.ts';
import type { RequestOrigin } from './ledger-store.ts';
import type { Page, PageRequest } from './page.ts';

/** How a request ended. */
export type RequestOutcome =
  | 'completed'
  | 'cut-credit' // cut off in an orderly way because the credit was used up
  | 'cut-limit' // the same, because its key's spend limit was reached
  | 'cut-key' // its key was revoked or disabled while it ran
  | 'client-gone'
  | 'upstream-broke' // the upstream died in mid-answer
  | 'failed' // the upstream never answered
  | 'refused' // by a limit, by credit, or because the request was wrong
  | 'shut-down'
  | 'interrupted'; // its process died; finished by the next start

/** One row per request of a known key. It never holds a prompt or an answer. */
export interface RequestRecord extends RequestOrigin {
  readonly requestId: string;
  readonly atMs: number;
  readonly endpoint: 'chat';
  readonly outcome: RequestOutcome;
  /** What the caller was answered with; 0 when their connection broke with our process. */
  readonly httpStatus: number;
  /** The failure's code and nothing of its words. */
  readonly failureCode: string | null;
  readonly usage: TokenUsage;
  /** Counted by us, because the upstream did not say or did not say anything sane. */
  readonly estimated: boolean;
  /** The upstream's own figures; null when it reported none, nothing sane, or before they were kept. */
  readonly reported: ReportedUsage | null;
  /** Which price sheet of the model it was charged by: the one that is valid from then on; null when by none. */
  readonly pricedFromMs: number | null;
  readonly costTicks: Ticks;
  readonly uncollectedTicks: Ticks;
  /** Spent waiting in line for a limit or for credit. */
  readonly queuedMs: number;
  /** From arrival to the first byte of the answer's content; null when there was none. */
  readonly timeToFirstTokenMs: number | null;
  readonly durationMs: number;
  /** The gateway's own share of the duration: neither waiting in line, nor for the upstream, nor for the reader. */
  readonly gatewayMs: number;
}

/** What an organization, key and model used on one UTC day. */
export interface DailyUsage {
  /** `2026-11-22`. */
  readonly day: string;
  readonly organizationId: string;
  readonly keyId: string;
  readonly model: string;
  readonly requests: number;
  readonly failedRequests: number;
  readonly usage: TokenUsage;
  readonly costTicks: Ticks;
}

/** Reads and writes the record of requests. Rows with a charge are written by the ledger, with the charge. */
export interface UsageStore {
  /** Records a request that never had a hold, and so cost nothing. The same request twice: nothing happens. */
  record(record: RequestRecord): Promise<void>;
  /** The organization's requests, youngest first. */
  requests(organizationId: string, page: PageRequest): Promise<Page<RequestRecord>>;
  /** Days from `fromDay` to `toDay`, both included, oldest first. */
  daily(organizationId: string, fromDay: string, toDay: string): Promise<readonly DailyUsage[]>;
}
