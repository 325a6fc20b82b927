import type { RequestTrace } from '../gateway/request-trace.ts';
import type { Log } from '../ports/log.ts';
import type { RequestRecord } from '../storage/usage-store.ts';
import { isInShare } from './share-of-requests.ts';

/**
 * One log line for a request: who, what, how it ended and what it cost. Never what was said. Of the requests that
 * went well only the share is logged; whatever was refused, failed, was cut or not paid for is logged always.
 */
export function logRequest(log: Log, share: number, record: RequestRecord, trace?: RequestTrace): void {
  const wentWell = record.outcome === 'completed' && record.uncollectedTicks === 0n;
  if (wentWell && !isInShare(record.requestId, share)) return;
  const { usage } = record;
  log.info('request', {
    request: record.requestId,
    // What is undefined is left out.
    trace: trace?.place.isSampled ? trace.place.traceId : undefined,
    team: record.organizationId,
    key: record.keyId,
    model: record.model,
    channel: record.channel,
    stream: record.streamed,
    outcome: record.outcome,
    status: record.httpStatus,
    code: record.failureCode,
    inputTokens: usage.inputTokens,
    outputTokens: usage.outputTokens,
    reasoningTokens: usage.reasoningTokens,
    estimated: record.estimated,
    costTicks: String(record.costTicks),
    queuedMs: round(record.queuedMs),
    firstTokenMs: record.timeToFirstTokenMs === null ? null : round(record.timeToFirstTokenMs),
    durationMs: round(record.durationMs),
    gatewayMs: round(record.gatewayMs),
  });
}

function round(durationMs: number): number {
  return Math.round(durationMs * 1_000) / 1_000;
}
