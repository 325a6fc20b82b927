import type { Failure } from '../domain/failure.ts';
import type { Ticks } from '../domain/money.ts';
import { NO_USAGE, type ReportedUsage, type TokenUsage } from '../domain/usage.ts';
import type { RequestRecord } from '../storage/usage-store.ts';
import { type Exchange, originOf, type RoutedExchange } from './exchange.ts';
import { CLIENT_GONE_STATUS } from './failure-end.ts';
import type { Gateway } from './gateway.ts';
import type { Metered } from './meter.ts';
import type { End } from './settle.ts';

/** The record of a request that had a hold. */
export function makeRecord(
  exchange: RoutedExchange,
  end: End,
  { usage, estimated, reported }: Metered,
  costTicks: Ticks,
): RequestRecord {
  const origin = originOf(exchange);
  const times = exchange.stopwatch.read();
  // Field by field, as every object of the hot path.
  return {
    requestId: exchange.id,
    atMs: exchange.atMs,
    organizationId: origin.organizationId,
    userId: origin.userId,
    keyId: origin.keyId,
    model: origin.model,
    channel: origin.channel,
    upstreamModel: origin.upstreamModel,
    streamed: origin.streamed,
    simulated: origin.simulated,
    endpoint: 'chat',
    outcome: end.outcome,
    httpStatus: end.httpStatus,
    failureCode: end.failure?.code ?? null,
    usage,
    estimated,
    reported: reported && reportOf(reported),
    pricedFromMs: end.charge ? exchange.sheet.validFromMs : null,
    costTicks,
    uncollectedTicks: 0n,
    queuedMs: times.queuedMs,
    timeToFirstTokenMs: times.timeToFirstTokenMs,
    durationMs: times.durationMs,
    gatewayMs: times.gatewayMs,
  };
}

/** A usage that came with more than what is kept of it. */
function reportOf({
  inputTokens,
  cachedInputTokens,
  outputTokens,
  reasoningTokens,
}: TokenUsage): ReportedUsage {
  return { inputTokens, cachedInputTokens, outputTokens, reasoningTokens };
}

/** Records a request that was refused before any credit was set aside. A lost row is logged and costs nobody. */
export function recordRefusal(
  gateway: Pick<Gateway, 'usage' | 'observe' | 'log'>,
  exchange: Exchange & Partial<RoutedExchange>,
  failure: Failure,
  httpStatus: number,
): void {
  const isGone = exchange.ending.reason === 'client-gone';
  const record: RequestRecord = {
    requestId: exchange.id,
    atMs: exchange.atMs,
    organizationId: exchange.caller.organizationId,
    userId: exchange.caller.userId,
    keyId: exchange.caller.id,
    // A name that is not in the catalogue is the caller's text and stays out of the records.
    model: exchange.model?.id ?? '',
    channel: exchange.upstream?.name ?? '',
    upstreamModel: '',
    streamed: exchange.chat?.stream ?? false,
    simulated: false,
    endpoint: 'chat',
    outcome: isGone ? 'client-gone' : 'refused',
    httpStatus: isGone ? CLIENT_GONE_STATUS : httpStatus,
    failureCode: isGone ? null : failure.code,
    usage: NO_USAGE,
    estimated: false,
    reported: null,
    pricedFromMs: null,
    costTicks: 0n,
    uncollectedTicks: 0n,
    ...exchange.stopwatch.read(),
  };
  gateway.observe(record, exchange.trace);
  gateway.usage
    .record(record)
    .catch(() => gateway.log.error('request-not-recorded', { request: exchange.id }));
}
