/** The days as the requests add up to them, in the order of the columns. `$1` is the list of `FAILED_OUTCOMES`. */
export const EXPECTED_DAYS = `
    SELECT organization_id, to_char(to_timestamp(at_ms / 1000) AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS day, key_id, model,
      count(*) AS requests, count(*) FILTER (WHERE outcome = ANY($1::text[])) AS failed_requests,
      sum(input_tokens)::bigint AS input_tokens, sum(cached_input_tokens)::bigint AS cached_input_tokens,
      sum(image_input_tokens)::bigint AS image_input_tokens, sum(audio_input_tokens)::bigint AS audio_input_tokens,
      sum(output_tokens)::bigint AS output_tokens, sum(reasoning_tokens)::bigint AS reasoning_tokens,
      sum(cost_ticks)::bigint AS cost_ticks
    FROM requests GROUP BY 1, 2, 3, 4`;

export const DAY_COLUMNS = `organization_id, day, key_id, model, requests, failed_requests, input_tokens,
      cached_input_tokens, image_input_tokens, audio_input_tokens, output_tokens, reasoning_tokens, cost_ticks`;
