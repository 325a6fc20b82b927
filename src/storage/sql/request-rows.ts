import type { Selectable } from 'kysely';
import type { ReportedUsage, TokenUsage } from '../../domain/usage.ts';
import type { RequestOutcome, RequestRecord } from '../usage-store.ts';
import type { Tables, UsageColumns } from './tables.ts';

export function presentRequest(row: Selectable<Tables['requests']>): RequestRecord {
  return {
    requestId: row.id,
    atMs: Number(row.at_ms),
    organizationId: row.organization_id,
    userId: row.user_id,
    keyId: row.key_id,
    model: row.model,
    channel: row.channel,
    upstreamModel: row.upstream_model,
    streamed: row.streamed === 1n,
    simulated: row.simulated === 1n,
    endpoint: row.endpoint as RequestRecord['endpoint'],
    outcome: row.outcome as RequestOutcome,
    httpStatus: Number(row.http_status),
    failureCode: row.failure_code,
    usage: presentUsage(row),
    estimated: row.estimated === 1n,
    reported: presentReport(row),
    pricedFromMs: row.priced_from_ms === null ? null : Number(row.priced_from_ms),
    costTicks: row.cost_ticks,
    uncollectedTicks: row.uncollected_ticks,
    queuedMs: row.queued_ms,
    timeToFirstTokenMs: row.time_to_first_token_ms,
    durationMs: row.duration_ms,
    gatewayMs: row.gateway_ms,
  };
}

/** An upstream reports all its figures or none. */
function presentReport(row: Selectable<Tables['requests']>): ReportedUsage | null {
  if (row.reported_input_tokens === null) return null;
  return {
    inputTokens: Number(row.reported_input_tokens),
    cachedInputTokens: Number(row.reported_cached_input_tokens),
    outputTokens: Number(row.reported_output_tokens),
    reasoningTokens: Number(row.reported_reasoning_tokens),
  };
}

export function presentUsage(row: Selectable<UsageColumns>): TokenUsage {
  return {
    inputTokens: Number(row.input_tokens),
    cachedInputTokens: Number(row.cached_input_tokens),
    imageInputTokens: Number(row.image_input_tokens),
    audioInputTokens: Number(row.audio_input_tokens),
    outputTokens: Number(row.output_tokens),
    reasoningTokens: Number(row.reasoning_tokens),
  };
}
