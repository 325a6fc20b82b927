import type { Settlement } from '../domain/ledger.ts';
import type { TokenUsage } from '../domain/usage.ts';
import type { RequestOrigin } from './ledger-store.ts';
import type { RequestRecord } from './usage-store.ts';

/** What a hold knows of its request when its process is gone. */
export interface InterruptedHold {
  readonly holdId: string;
  readonly origin: RequestOrigin;
  readonly atMs: number;
  readonly checkpointAtMs: number;
  readonly usage: TokenUsage;
}

/**
 * The record of a request whose process died. Its caller saw the connection break, so there is no status
 * (0), and it lasted at least until its last checkpoint.
 */
export function interruptedRecord(hold: InterruptedHold, settlement: Settlement): RequestRecord {
  return {
    ...hold.origin,
    requestId: hold.holdId,
    atMs: hold.atMs,
    endpoint: 'chat',
    outcome: 'interrupted',
    httpStatus: 0,
    failureCode: null,
    usage: hold.usage,
    estimated: true,
    reported: null,
    pricedFromMs: null,
    costTicks: settlement.chargedTicks,
    uncollectedTicks: settlement.uncollectedTicks,
    queuedMs: 0,
    timeToFirstTokenMs: null,
    durationMs: Math.max(0, hold.checkpointAtMs - hold.atMs),
    gatewayMs: 0,
  };
}
