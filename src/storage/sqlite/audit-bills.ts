import type { Database } from 'bun:sqlite';
import { MAXIMUM_TICKS, type Ticks } from '../../domain/money.ts';
import type { PriceSheet } from '../../domain/price.ts';
import {
  type BillFigures,
  billFindings,
  type EstimatedBills,
  PRICE_CHANGE_SPREADS_WITHIN_MS,
} from '../audit-bills.ts';
import type { AuditFinding } from '../audit-finding.ts';
import { unpaidRequest } from '../audit-findings.ts';

/**
 * Holds every request's row against its hold, its price sheet and its upstream's report, in one pass along the table.
 * SQL picks out the rows that may be wrong; what is wrong with them is decided where every engine decides it.
 */
export function findWrongBills(database: Database, most: number): AuditFinding[] {
  return database
    .query<BillRow, [number]>(WRONG_BILLS)
    .all(most)
    .flatMap((row) => {
      const account = row.organization_id;
      const isUnpaid =
        row.cost_ticks > row.charged_ticks || row.uncollected_ticks > row.hold_uncollected_ticks;
      return [
        ...(isUnpaid
          ? [unpaidRequest(row.id, row.cost_ticks, row.charged_ticks, account, Number(row.at_ms))]
          : []),
        ...(row.hold_organization_id === null ? [] : billFindings(billFigures(row))),
      ];
    });
}

/** Why bills were counted by us, and how many of each. */
export function countEstimated(database: Database): EstimatedBills {
  const row = database.query<EstimatedRow, []>(ESTIMATED).get();
  return {
    interrupted: Number(row?.interrupted ?? 0n),
    unreported: Number(row?.unreported ?? 0n),
    withoutPrompt: Number(row?.without_prompt ?? 0n),
    beyondReport: Number(row?.beyond_report ?? 0n),
  };
}

interface BillRow {
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

/** As `cost` in domain/price.ts: cached tokens are taken off the text part of the prompt first. */
const TEXT_TOKENS = '(q.input_tokens - q.image_input_tokens - q.audio_input_tokens)';
const CACHED_TEXT_TOKENS = `min(q.cached_input_tokens, ${TEXT_TOKENS})`;

const WRONG_BILLS = `
  SELECT q.id, q.organization_id, q.key_id, q.model, q.at_ms, q.input_tokens, q.cached_input_tokens,
    q.image_input_tokens, q.audio_input_tokens, q.output_tokens, q.reasoning_tokens, q.estimated, q.cost_ticks,
    q.uncollected_ticks, q.reported_input_tokens, q.reported_cached_input_tokens, q.reported_output_tokens,
    q.reported_reasoning_tokens, q.priced_from_ms, coalesce(h.charged_ticks, 0) AS charged_ticks,
    coalesce(h.uncollected_ticks, 0) AS hold_uncollected_ticks, h.organization_id AS hold_organization_id,
    h.key_id AS hold_key_id, h.model AS hold_model, p.input_ticks_per_token, p.cached_input_ticks_per_token,
    p.image_input_ticks_per_token, p.audio_input_ticks_per_token, p.output_ticks_per_token, (
      SELECT max(f.valid_from_ms) FROM model_prices f
      WHERE f.model_id = q.model AND f.valid_from_ms <= q.at_ms - ${PRICE_CHANGE_SPREADS_WITHIN_MS}
    ) AS in_force_from_ms
  FROM requests q LEFT JOIN holds h ON h.id = q.id
  LEFT JOIN model_prices p ON p.model_id = q.model AND p.valid_from_ms = q.priced_from_ms
  WHERE q.cost_ticks > coalesce(h.charged_ticks, 0) OR q.uncollected_ticks > coalesce(h.uncollected_ticks, 0)
    OR h.organization_id <> q.organization_id OR h.key_id <> q.key_id OR h.model <> q.model
    OR (q.priced_from_ms IS NOT NULL AND (
      (p.model_id IS NOT NULL AND (
        q.cost_ticks + q.uncollected_ticks <> min(${MAXIMUM_TICKS},
          (${TEXT_TOKENS} - ${CACHED_TEXT_TOKENS}) * p.input_ticks_per_token
          + ${CACHED_TEXT_TOKENS} * p.cached_input_ticks_per_token
          + q.image_input_tokens * p.image_input_ticks_per_token
          + q.audio_input_tokens * p.audio_input_ticks_per_token
          + (q.output_tokens + q.reasoning_tokens) * p.output_ticks_per_token)
        OR q.priced_from_ms > q.at_ms OR in_force_from_ms > q.priced_from_ms
      ))
      OR (q.reported_input_tokens IS NULL AND q.estimated = 0)
      OR q.reported_cached_input_tokens <> q.cached_input_tokens
      OR q.reported_reasoning_tokens <> q.reasoning_tokens
      OR (q.reported_input_tokens <> q.input_tokens AND (q.estimated = 0 OR q.reported_input_tokens <> 0))
      OR (q.reported_output_tokens <> q.output_tokens
        AND (q.estimated = 0 OR q.reported_output_tokens > q.output_tokens))
    ))
  LIMIT ?`;

interface EstimatedRow {
  readonly interrupted: bigint | null;
  readonly unreported: bigint | null;
  readonly without_prompt: bigint | null;
  readonly beyond_report: bigint | null;
}

/** As `estimateReason` in storage/audit-bills.ts. */
const ESTIMATED = `
  SELECT sum(outcome = 'interrupted') AS interrupted,
    sum(outcome <> 'interrupted' AND reported_input_tokens IS NULL) AS unreported,
    sum(outcome <> 'interrupted' AND reported_input_tokens = 0) AS without_prompt,
    sum(outcome <> 'interrupted' AND reported_input_tokens > 0) AS beyond_report
  FROM requests WHERE estimated = 1`;
