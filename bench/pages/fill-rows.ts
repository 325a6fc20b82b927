/**
 * Usage of 200 teams over 90 days, the same rows on every engine: half of it is one team's, with twenty keys, so that
 * its pages are the worst there can be. A request in fifty failed, one in 50,000 was of a model that nobody uses.
 */
export const TEAMS = 200;
export const DAYS = 90;
export const DAY_MS = 86_400_000;
export const RARE_MODEL = 'rare-model';

/** As the shipped price makes of 32 tokens in and 64 out. */
const COST_TICKS = 32 * 50_000 + 64 * 150_000;
const HELD_TICKS = 5 * COST_TICKS;

export interface Batch {
  readonly first: number;
  readonly rows: number;
  readonly beganMs: number;
  readonly stepMs: number;
}

/** How an engine writes what the others write otherwise. */
export interface Dialect {
  /** A table `n` with one column `i`, the numbers of a batch. */
  numbers(batch: Batch): string;
  /** A moment of better-auth's tables, and a flag of theirs that is not set. */
  readonly now: string;
  readonly off: string;
}

/** The rows of teams, before any usage. */
export function teamStatements(beganMs: number, rows: number, { numbers, now, off }: Dialect): string[] {
  const teams = numbers({ first: 0, rows: TEAMS, beganMs, stepMs: 0 });
  const keys = numbers({ first: 0, rows: TEAMS * 20, beganMs, stepMs: 0 });
  const credit = rows * HELD_TICKS;
  return [
    `INSERT INTO "user" ("id", "name", "email", "emailVerified", "createdAt", "updatedAt", "role", "banned")
      SELECT 'user-' || i, 'Person ' || i, 'person-' || i || '@example.com', ${off}, ${now}, ${now}, 'user', ${off} FROM ${teams}`,
    `INSERT INTO "organization" ("id", "name", "slug", "createdAt", "personal")
      SELECT 'team-' || i, 'Team ' || i, 'team-' || i, ${now}, ${off} FROM ${teams}`,
    `INSERT INTO "member" ("id", "organizationId", "userId", "role", "createdAt")
      SELECT 'member-' || i, 'team-' || i, 'user-' || i, 'owner', ${now} FROM ${teams}`,
    `INSERT INTO wallets (number, id, available_ticks, held_ticks, created_at_ms)
      SELECT 1000 + i, 'team-' || i, ${credit}, 0, ${beganMs} FROM ${teams}`,
    `INSERT INTO ledger_transactions (grant_id, command, wallet_number, memo, at_ms, available_ticks, held_ticks,
        credit_ticks, revenue_ticks, uncollected_ticks)
      SELECT 'grant-' || i, 'grant', 1000 + i, '', ${beganMs}, ${credit}, 0, -${credit}, 0, 0 FROM ${teams}`,
    `INSERT INTO api_keys (id, hash, redacted, name, organization_id, user_id, acls, limits, disabled, created_at_ms,
        modified_at_ms, modified_by)
      SELECT 'key-' || i, '${'0'.repeat(58)}' || (100000 + i), 'xai-...' || i, 'Key ' || i, 'team-' || (i / 20),
        'user-' || (i / 20), '["api-key:model:*"]', '{}', 0, ${beganMs}, ${beganMs}, 'x'
      FROM ${keys}`,
  ];
}

const TEAM = '(CASE WHEN i % 2 = 0 THEN 0 ELSE 1 + (i / 2) % 199 END)';
const KEY = `(${TEAM} * 20 + (i / 2) * 7 % 20)`;
const MODEL = `(CASE WHEN i % 50000 = 0 THEN '${RARE_MODEL}' WHEN (i / 2) % 10 < 6 THEN 'grok-beta'
  WHEN (i / 2) % 10 < 8 THEN 'grok-2' WHEN (i / 2) % 10 < 9 THEN 'grok-vision-beta' ELSE 'llama' END)`;
const CHANNEL = "(CASE WHEN (i / 2) % 3 = 0 THEN 'xai' WHEN (i / 2) % 3 = 1 THEN 'vllm' ELSE 'ollama' END)";
const OUTCOME = "(CASE WHEN (i / 2) % 50 = 1 THEN 'failed' ELSE 'completed' END)";

/** The rows of one batch of requests: their holds, their transactions, and they themselves. */
export function usageStatements(batch: Batch, dialect: Dialect): string[] {
  const n = dialect.numbers(batch);
  const at = `(${batch.beganMs} + CAST(i * ${batch.stepMs} AS BIGINT))`;
  const id = "('request-' || i)";
  return [
    `INSERT INTO holds (id, wallet_number, process_id, organization_id, user_id, key_id, model, channel, upstream_model,
        streamed, simulated, at_ms, state, held_ticks, checkpoint_at_ms, charged_ticks, released_ticks)
      SELECT ${id}, 1000 + ${TEAM}, 'bench', 'team-' || ${TEAM}, 'user-' || ${TEAM}, 'key-' || ${KEY}, ${MODEL}, ${CHANNEL},
        'upstream', 0, 0, ${at}, 'posted', ${HELD_TICKS}, ${at}, ${COST_TICKS}, ${HELD_TICKS - COST_TICKS} FROM ${n}`,
    `INSERT INTO ledger_transactions (request_id, step, command, wallet_number, at_ms, available_ticks, held_ticks,
        credit_ticks, revenue_ticks, uncollected_ticks)
      SELECT ${id}, -later, command, 1000 + ${TEAM}, ${at}, available, held, 0, revenue, 0
      FROM ${n}, (SELECT 0 AS later, 'hold' AS command, ${-HELD_TICKS} AS available, ${HELD_TICKS} AS held, 0 AS revenue
        UNION ALL SELECT 1, 'post', ${HELD_TICKS - COST_TICKS}, ${-HELD_TICKS}, ${COST_TICKS}) AS step
      ORDER BY i, later`,
    `INSERT INTO requests (id, at_ms, organization_id, user_id, key_id, model, channel, upstream_model, streamed,
        simulated, endpoint, outcome, http_status, input_tokens, cached_input_tokens, image_input_tokens,
        audio_input_tokens, output_tokens, reasoning_tokens, estimated, cost_ticks, uncollected_ticks, queued_ms,
        time_to_first_token_ms, duration_ms, gateway_ms)
      SELECT ${id}, ${at}, 'team-' || ${TEAM}, 'user-' || ${TEAM}, 'key-' || ${KEY}, ${MODEL}, ${CHANNEL}, 'upstream', 0,
        0, 'chat', ${OUTCOME}, 200, 32, 0, 0, 0, 64, 0, 0, ${COST_TICKS}, 0, 0, 400, 900, 1 FROM ${n} ORDER BY i`,
  ];
}

/** The projections, summed up once at the end. */
export function projectionStatements(day: string): string[] {
  const sums = `count(*), sum(CASE WHEN outcome = 'failed' THEN 1 ELSE 0 END), sum(input_tokens), 0`;
  return [
    `INSERT INTO usage_daily SELECT organization_id, ${day}, key_id, model, ${sums}, 0, 0, sum(output_tokens), 0,
      sum(cost_ticks) FROM requests GROUP BY 1, 2, 3, 4`,
    `INSERT INTO usage_hourly SELECT organization_id, at_ms / 3600000, key_id, model, ${sums}, sum(output_tokens), 0,
      sum(cost_ticks) FROM requests GROUP BY 1, 2, 3, 4`,
    `INSERT INTO channel_hourly SELECT at_ms / 3600000, channel, model, ${sums}, sum(output_tokens), 0, sum(cost_ticks)
      FROM requests GROUP BY 1, 2, 3`,
  ];
}
