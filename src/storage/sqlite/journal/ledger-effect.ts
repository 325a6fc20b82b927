import type { TokenUsage } from '../../../domain/usage.ts';
import type { RequestOrigin } from '../../ledger-store.ts';
import type { RequestRecord } from '../../usage-store.ts';

/**
 * What a command of the ledger did, decided once and for all: carrying an effect out needs no further decision, so it
 * can be done later and again. An effect is plain JSON, one line of the journal. Amounts are numbers there: no command
 * moves more than `MAXIMUM_TICKS`, up to which a number is exact.
 */
export type LedgerEffect =
  | WalletOpened
  | CreditMoved
  | HoldMade
  | HoldExtended
  | UsageNoted
  | HoldEnded
  | RequestRecorded;

export interface WalletOpened {
  readonly kind: 'wallet';
  readonly walletId: string;
  readonly atMs: number;
}

export interface CreditMoved {
  readonly kind: 'credit';
  readonly command: 'grant' | 'withdraw';
  readonly transactionId: string;
  readonly walletId: string;
  /** What the wallet has more of afterwards; negative for a withdrawal. */
  readonly availableTicks: number;
  readonly memo: string;
  readonly atMs: number;
}

export interface HoldMade {
  readonly kind: 'hold';
  readonly holdId: string;
  readonly walletId: string;
  readonly processId: string;
  readonly origin: RequestOrigin;
  readonly heldTicks: number;
  readonly atMs: number;
}

export interface HoldExtended {
  readonly kind: 'extend';
  readonly holdId: string;
  readonly walletId: string;
  readonly step: number;
  /** What this step adds. */
  readonly heldTicks: number;
  readonly atMs: number;
}

/** A checkpoint. */
export interface UsageNoted {
  readonly kind: 'usage';
  readonly holdId: string;
  readonly usage: TokenUsage;
  readonly costTicks: number;
  readonly atMs: number;
}

export interface HoldEnded {
  readonly kind: 'end';
  readonly command: 'post' | 'void' | 'expire';
  readonly holdId: string;
  readonly walletId: string;
  /** All that was set aside for it. */
  readonly heldTicks: number;
  readonly chargedTicks: number;
  readonly releasedTicks: number;
  readonly takenFromWalletTicks: number;
  readonly uncollectedTicks: number;
  readonly record: PlainRecord;
  readonly atMs: number;
}

/** A request that never had a hold. */
export interface RequestRecorded {
  readonly kind: 'record';
  readonly record: PlainRecord;
}

export interface PlainRecord extends Omit<RequestRecord, 'costTicks' | 'uncollectedTicks'> {
  readonly costTicks: number;
  readonly uncollectedTicks: number;
}

export function plainRecord(record: RequestRecord): PlainRecord {
  // Field by field, as every object of the hot path: a copy of one of which the engine knows no shape is dear.
  return {
    requestId: record.requestId,
    atMs: record.atMs,
    organizationId: record.organizationId,
    userId: record.userId,
    keyId: record.keyId,
    model: record.model,
    channel: record.channel,
    upstreamModel: record.upstreamModel,
    streamed: record.streamed,
    simulated: record.simulated,
    endpoint: record.endpoint,
    outcome: record.outcome,
    httpStatus: record.httpStatus,
    failureCode: record.failureCode,
    usage: record.usage,
    estimated: record.estimated,
    reported: record.reported,
    pricedFromMs: record.pricedFromMs,
    costTicks: Number(record.costTicks),
    uncollectedTicks: Number(record.uncollectedTicks),
    queuedMs: record.queuedMs,
    timeToFirstTokenMs: record.timeToFirstTokenMs,
    durationMs: record.durationMs,
    gatewayMs: record.gatewayMs,
  };
}
