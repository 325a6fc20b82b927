import type { TokenUsage } from '../../domain/usage.ts';
import type { MemoryHold } from '../memory/memory-state.ts';
import { bit } from '../sql/tables.ts';
import type { RequestRecord } from '../usage-store.ts';

/** Rows as `json_populate_recordset` reads them: by the names of their columns. */
export function holdRow(hold: MemoryHold, walletNumber: bigint, lastStep = 0): object {
  return {
    id: hold.holdId,
    wallet_number: walletNumber,
    process_id: hold.processId,
    ...originColumns(hold.origin),
    at_ms: hold.atMs,
    state: hold.state,
    held_ticks: hold.heldTicks,
    ...usageColumns(hold.usage),
    checkpoint_cost_ticks: hold.costTicks,
    checkpoint_at_ms: hold.checkpointAtMs,
    last_step: lastStep,
    charged_ticks: hold.chargedTicks,
    released_ticks: hold.releasedTicks,
    uncollected_ticks: hold.uncollectedTicks,
  };
}

export function requestRow(record: RequestRecord): object {
  return {
    id: record.requestId,
    at_ms: record.atMs,
    ...originColumns(record),
    endpoint: record.endpoint,
    outcome: record.outcome,
    http_status: record.httpStatus,
    failure_code: record.failureCode,
    ...usageColumns(record.usage),
    estimated: bit(record.estimated),
    cost_ticks: record.costTicks,
    uncollected_ticks: record.uncollectedTicks,
    queued_ms: record.queuedMs,
    time_to_first_token_ms: record.timeToFirstTokenMs,
    duration_ms: record.durationMs,
    gateway_ms: record.gatewayMs,
    reported_input_tokens: record.reported?.inputTokens ?? null,
    reported_cached_input_tokens: record.reported?.cachedInputTokens ?? null,
    reported_output_tokens: record.reported?.outputTokens ?? null,
    reported_reasoning_tokens: record.reported?.reasoningTokens ?? null,
    priced_from_ms: record.pricedFromMs,
  };
}

export function usageColumns(usage: TokenUsage) {
  return {
    input_tokens: usage.inputTokens,
    cached_input_tokens: usage.cachedInputTokens,
    image_input_tokens: usage.imageInputTokens,
    audio_input_tokens: usage.audioInputTokens,
    output_tokens: usage.outputTokens,
    reasoning_tokens: usage.reasoningTokens,
  };
}

function originColumns(origin: MemoryHold['origin']) {
  return {
    organization_id: origin.organizationId,
    user_id: origin.userId,
    key_id: origin.keyId,
    model: origin.model,
    channel: origin.channel,
    upstream_model: origin.upstreamModel,
    streamed: bit(origin.streamed),
    simulated: bit(origin.simulated),
  };
}
