import type { TokenUsage } from '../../domain/usage.ts';
import type { DailyUsage, RequestRecord } from '../../storage/usage-store.ts';
import type { JsonObject } from './json-value.ts';
import { presentMoment, presentMoney } from './present-money.ts';

export function presentRequest(record: RequestRecord) {
  return {
    request_id: record.requestId,
    at: presentMoment(record.atMs),
    model: record.model,
    outcome: record.outcome,
    http_status: record.httpStatus,
    failure_code: record.failureCode,
    ...presentUsage(record.usage),
    estimated: record.estimated,
    reported: record.reported && {
      input_tokens: record.reported.inputTokens,
      cached_input_tokens: record.reported.cachedInputTokens,
      output_tokens: record.reported.outputTokens,
      reasoning_tokens: record.reported.reasoningTokens,
    },
    priced_from: record.pricedFromMs === null ? null : presentMoment(record.pricedFromMs),
    ...presentMoney('cost', record.costTicks),
    ...presentMoney('uncollected', record.uncollectedTicks),
    key_id: record.keyId,
    user_id: record.userId,
    channel: record.channel,
    upstream_model: record.upstreamModel,
    streamed: record.streamed,
    simulated: record.simulated,
    endpoint: record.endpoint,
    queued_ms: record.queuedMs,
    time_to_first_token_ms: record.timeToFirstTokenMs,
    duration_ms: record.durationMs,
    gateway_ms: record.gatewayMs,
  } satisfies JsonObject;
}

export function presentDay(day: DailyUsage) {
  return {
    day: day.day,
    model: day.model,
    key_id: day.keyId,
    requests: day.requests,
    failed_requests: day.failedRequests,
    ...presentUsage(day.usage),
    ...presentMoney('cost', day.costTicks),
  } satisfies JsonObject;
}

function presentUsage(usage: TokenUsage) {
  return {
    input_tokens: usage.inputTokens,
    cached_input_tokens: usage.cachedInputTokens,
    image_input_tokens: usage.imageInputTokens,
    audio_input_tokens: usage.audioInputTokens,
    output_tokens: usage.outputTokens,
    reasoning_tokens: usage.reasoningTokens,
  } satisfies JsonObject;
}
