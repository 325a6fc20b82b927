import { FAILED_OUTCOMES } from '../usage-rollup.ts';

/**
 * The days as the requests add up to them, in the order of the table's columns. Takes `FAILED_OUTCOMES` as its
 * parameters.
 */
export const EXPECTED_DAYS = `
    SELECT organization_id, date(at_ms / 1000, 'unixepoch') AS day, key_id, model, count(*) AS requests,
      sum(outcome IN (${FAILED_OUTCOMES.map(() => '?').join(', ')})) AS failed_requests,
      sum(input_tokens) AS input_tokens, sum(cached_input_tokens) AS cached_input_tokens,
      sum(image_input_tokens) AS image_input_tokens, sum(audio_input_tokens) AS audio_input_tokens,
      sum(output_tokens) AS output_tokens, sum(reasoning_tokens) AS reasoning_tokens, sum(cost_ticks) AS cost_ticks
    FROM requests GROUP BY 1, 2, 3, 4`;

export const DAY_COLUMNS = `organization_id, day, key_id, model, requests, failed_requests, input_tokens,
      cached_input_tokens, image_input_tokens, audio_input_tokens, output_tokens, reasoning_tokens, cost_ticks`;
