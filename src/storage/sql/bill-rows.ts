import type { Ticks } from '../../domain/money.ts';
import type { PriceSheet } from '../../domain/price.ts';
import { type BillFigures, billFindings, type EstimatedBills } from '../audit-bills.ts';
import type { AuditFinding } from '../audit-finding.ts';
import { unpaidRequest } from '../audit-findings.ts';

/**
 * A request's row beside its hold and its price sheet, as every SQL engine's audit selects those that may be wrong. What
 * is wrong with them is decided where every engine decides it.
 */
export interface BillRow {
  readonly id: string;
  readonly organization_id: string;
  readonly key_id: string;
  readonly model: string;
  readonly at_ms: bigint;
  readonly input_tokens: bigint;
  readonly cached_input_tokens: bigint;
  readonly image_input_tokens: bigint;
  readonly audio_input_tokens: bigint;
  readonly output_tokens: bigint;
  readonly reasoning_tokens: bigint;
  readonly estimated: bigint;
  readonly cost_ticks: Ticks;
  readonly uncollected_ticks: Ticks;
  readonly reported_input_tokens: bigint | null;
  readonly reported_cached_input_tokens: bigint;
  readonly reported_output_tokens: bigint;
  readonly reported_reasoning_tokens: bigint;
  readonly priced_from_ms: bigint | null;
  readonly charged_ticks: Ticks;
  readonly hold_uncollected_ticks: Ticks;
  readonly hold_organization_id: string | null;
  readonly hold_key_id: string;
  readonly hold_model: string;
  readonly input_ticks_per_token: Ticks | null;
  readonly cached_input_ticks_per_token: Ticks;
  readonly image_input_ticks_per_token: Ticks;
  readonly audio_input_ticks_per_token: Ticks;
  readonly output_ticks_per_token: Ticks;
  readonly in_force_from_ms: bigint | null;
}

function billFigures(row: BillRow): BillFigures {
  return {
    requestId: row.id,
    account: row.organization_id,
    keyId: row.key_id,
    model: row.model,
    atMs: Number(row.at_ms),
    usage: {
      inputTokens: Number(row.input_tokens),
      cachedInputTokens: Number(row.cached_input_tokens),
      imageInputTokens: Number(row.image_input_tokens),
      audioInputTokens: Number(row.audio_input_tokens),
      outputTokens: Number(row.output_tokens),
      reasoningTokens: Number(row.reasoning_tokens),
    },
    estimated: row.estimated === 1n,
    reported:
      row.reported_input_tokens === null
        ? null
        : {
            inputTokens: Number(row.reported_input_tokens),
            cachedInputTokens: Number(row.reported_cached_input_tokens),
            outputTokens: Number(row.reported_output_tokens),
            reasoningTokens: Number(row.reported_reasoning_tokens),
          },
    pricedFromMs: row.priced_from_ms === null ? null : Number(row.priced_from_ms),
    costTicks: row.cost_ticks + row.uncollected_ticks,
    sheet: sheetOf(row),
    inForceFromMs: row.in_force_from_ms === null ? undefined : Number(row.in_force_from_ms),
    hold: { account: row.hold_organization_id ?? '', keyId: row.hold_key_id, model: row.hold_model },
  };
}

function sheetOf(row: BillRow): PriceSheet | undefined {
  if (row.input_ticks_per_token === null || row.priced_from_ms === null) return undefined;
  return {
    validFromMs: Number(row.priced_from_ms),
    inputTicksPerToken: row.input_ticks_per_token,
    cachedInputTicksPerToken: row.cached_input_ticks_per_token,
    imageInputTicksPerToken: row.image_input_ticks_per_token,
    audioInputTicksPerToken: row.audio_input_ticks_per_token,
    outputTicksPerToken: row.output_ticks_per_token,
  };
}

export interface EstimatedRow {
  readonly interrupted: bigint | null;
  readonly unreported: bigint | null;
  readonly without_prompt: bigint | null;
  readonly beyond_report: bigint | null;
}

export function billRowFindings(row: BillRow): AuditFinding[] {
  const account = row.organization_id;
  const isUnpaid = row.cost_ticks > row.charged_ticks || row.uncollected_ticks > row.hold_uncollected_ticks;
  return [
    ...(isUnpaid
      ? [unpaidRequest(row.id, row.cost_ticks, row.charged_ticks, account, Number(row.at_ms))]
      : []),
    ...(row.hold_organization_id === null ? [] : billFindings(billFigures(row))),
  ];
}

export function estimatedBills(row: EstimatedRow | null | undefined): EstimatedBills {
  return {
    interrupted: Number(row?.interrupted ?? 0n),
    unreported: Number(row?.unreported ?? 0n),
    withoutPrompt: Number(row?.without_prompt ?? 0n),
    beyondReport: Number(row?.beyond_report ?? 0n),
  };
}
