import type { SQL } from 'bun';
import { MAXIMUM_TICKS } from '../../domain/money.ts';
import { type EstimatedBills, PRICE_CHANGE_SPREADS_WITHIN_MS } from '../audit-bills.ts';
import type { AuditFinding } from '../audit-finding.ts';
import { type BillRow, billRowFindings, type EstimatedRow, estimatedBills } from '../sql/bill-rows.ts';
import { run } from './connection.ts';

/**
 * Holds every request's row against its hold, its price sheet and its upstream's report. SQL picks out the rows that may
 * be wrong.
 */
export async function findWrongBills(connection: SQL, most: number): Promise<AuditFinding[]> {
  const { rows } = await run(connection, WRONG_BILLS, [most]);
  return (rows as unknown as BillRow[]).flatMap(billRowFindings);
}

/** Why bills were counted by us, and how many of each. */
export async function countEstimated(connection: SQL): Promise<EstimatedBills> {
  const { rows } = await run(connection, ESTIMATED);
  return estimatedBills((rows as unknown as EstimatedRow[])[0]);
}

/**
 * As `cost` in domain/price.ts: cached tokens are taken off the text part of the prompt first. Whatever is there
 * is reckoned with; nothing overflows.
 */
const TEXT_TOKENS = '(q.input_tokens - q.image_input_tokens - q.audio_input_tokens)::numeric';
const CACHED_TEXT_TOKENS = `least(q.cached_input_tokens, ${TEXT_TOKENS})`;

const WRONG_BILLS = `
  SELECT q.id, q.organization_id, q.key_id, q.model, q.at_ms, q.input_tokens, q.cached_input_tokens,
    q.image_input_tokens, q.audio_input_tokens, q.output_tokens, q.reasoning_tokens, q.estimated, q.cost_ticks,
    q.uncollected_ticks, q.reported_input_tokens, q.reported_cached_input_tokens, q.reported_output_tokens,
    q.reported_reasoning_tokens, q.priced_from_ms, coalesce(h.charged_ticks, 0) AS charged_ticks,
    coalesce(h.uncollected_ticks, 0) AS hold_uncollected_ticks, h.organization_id AS hold_organization_id,
    h.key_id AS hold_key_id, h.model AS hold_model, p.input_ticks_per_token, p.cached_input_ticks_per_token,
    p.image_input_ticks_per_token, p.audio_input_ticks_per_token, p.output_ticks_per_token,
    force.from_ms AS in_force_from_ms
  FROM requests q LEFT JOIN holds h ON h.id = q.id
  LEFT JOIN model_prices p ON p.model_id = q.model AND p.valid_from_ms = q.priced_from_ms
  LEFT JOIN LATERAL (
    SELECT max(f.valid_from_ms) AS from_ms FROM model_prices f
    WHERE f.model_id = q.model AND f.valid_from_ms <= q.at_ms - ${PRICE_CHANGE_SPREADS_WITHIN_MS}
  ) force ON true
  WHERE q.cost_ticks > coalesce(h.charged_ticks, 0) OR q.uncollected_ticks > coalesce(h.uncollected_ticks, 0)
    OR h.organization_id <> q.organization_id OR h.key_id <> q.key_id OR h.model <> q.model
    OR (q.priced_from_ms IS NOT NULL AND (
      (p.model_id IS NOT NULL AND (
        q.cost_ticks + q.uncollected_ticks <> least(${MAXIMUM_TICKS},
          (${TEXT_TOKENS} - ${CACHED_TEXT_TOKENS}) * p.input_ticks_per_token
          + ${CACHED_TEXT_TOKENS} * p.cached_input_ticks_per_token
          + q.image_input_tokens::numeric * p.image_input_ticks_per_token
          + q.audio_input_tokens::numeric * p.audio_input_ticks_per_token
          + (q.output_tokens + q.reasoning_tokens)::numeric * p.output_ticks_per_token)
        OR q.priced_from_ms > q.at_ms OR force.from_ms > q.priced_from_ms
      ))
      OR (q.reported_input_tokens IS NULL AND q.estimated = 0)
      OR q.reported_cached_input_tokens <> q.cached_input_tokens
      OR q.reported_reasoning_tokens <> q.reasoning_tokens
      OR (q.reported_input_tokens <> q.input_tokens AND (q.estimated = 0 OR q.reported_input_tokens <> 0))
      OR (q.reported_output_tokens <> q.output_tokens
        AND (q.estimated = 0 OR q.reported_output_tokens > q.output_tokens))
    ))
  LIMIT $1`;

/** As `estimateReason` in storage/audit-bills.ts. */
const ESTIMATED = `
  SELECT count(*) FILTER (WHERE outcome = 'interrupted') AS interrupted,
    count(*) FILTER (WHERE outcome <> 'interrupted' AND reported_input_tokens IS NULL) AS unreported,
    count(*) FILTER (WHERE outcome <> 'interrupted' AND reported_input_tokens = 0) AS without_prompt,
    count(*) FILTER (WHERE outcome <> 'interrupted' AND reported_input_tokens > 0) AS beyond_report
  FROM requests WHERE estimated = 1`;
