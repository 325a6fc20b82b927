import type { Database } from 'bun:sqlite';

/** As the mock answers: 32 tokens in and 64 out, at the shipped price of grok-beta. */
const INPUT_TOKENS = 32;
const OUTPUT_TOKENS = 64;
const COST_TICKS = 32 * 50_000 + 64 * 150_000;
const HELD_TICKS = 5 * COST_TICKS;

const DAYS = 90;
const DAY_MS = 86_400_000;
const BATCH_ROWS = 100_000;

/**
 * Puts in requests of the last 90 days with everything that the ledger keeps of each: the hold and its two
 * transactions. They belong to the first key of the file, whose wallet is granted what they cost.
 */
export function fillUsage(
  database: Database,
  rowCount: number,
  nowMs: number,
  say: (done: number) => void,
): void {
  const owner = database
    .query<Owner, []>(
      `SELECT k.id AS keyId, k.user_id AS userId, k.organization_id AS teamId, w.number AS wallet
        FROM api_keys k JOIN wallets w ON w.id = k.organization_id ORDER BY k.created_at_ms LIMIT 1`,
    )
    .get();
  if (owner === null) throw new Error('the file has no key with a wallet');
  database.run('CREATE TEMP TABLE batch (n INTEGER PRIMARY KEY, id TEXT NOT NULL, at_ms INTEGER NOT NULL)');
  grant(database, owner.wallet, rowCount, nowMs - DAYS * DAY_MS);
  for (let done = 0; done < rowCount; done += BATCH_ROWS) {
    const first = { first: done, rows: Math.min(BATCH_ROWS, rowCount - done) };
    fillBatch(database, { ...first, beganMs: nowMs - DAYS * DAY_MS, stepMs: (DAYS * DAY_MS) / rowCount });
    insertBatch(database, owner);
    say(done + first.rows);
  }
  database.run('DROP TABLE batch');
  database
    .query('UPDATE wallets SET available_ticks = available_ticks - ? WHERE number = ?')
    .run(rowCount * COST_TICKS, owner.wallet);
  sumUpDays(database);
}

interface Owner {
  readonly keyId: string;
  readonly userId: string;
  readonly teamId: string;
  readonly wallet: number;
}

function grant(database: Database, wallet: number, rowCount: number, atMs: number): void {
  const amount = rowCount * COST_TICKS;
  database
    .query(
      `INSERT INTO ledger_transactions (grant_id, command, wallet_number, memo, at_ms, available_ticks, held_ticks,
          credit_ticks, revenue_ticks, uncollected_ticks)
        VALUES ('growth-usage-grant', 'grant', ?1, '', ?2, ?3, 0, -?3, 0, 0)`,
    )
    .run(wallet, atMs, amount);
  database
    .query('UPDATE wallets SET available_ticks = available_ticks + ? WHERE number = ?')
    .run(amount, wallet);
}

/** Ids are of the kind the server makes: the moment in front, so that later ones sort later, and chance behind. */
function fillBatch(
  database: Database,
  { first, rows, beganMs, stepMs }: { first: number; rows: number; beganMs: number; stepMs: number },
): void {
  database.run('DELETE FROM batch');
  database
    .query(
      `WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < $rows),
        moments AS (SELECT i, CAST($beganMs + ($first + i) * $stepMs AS INTEGER) AS at_ms FROM n)
      INSERT INTO batch (n, id, at_ms)
      SELECT i, printf('%08x-%04x-7%03x-8%03x-%012x', at_ms >> 16, at_ms & 65535, random() & 4095, random() & 4095,
        random() & 281474976710655), at_ms FROM moments`,
    )
    .run({ first, rows, beganMs, stepMs });
}

function insertBatch(database: Database, { keyId, userId, teamId, wallet }: Owner): void {
  const { last } = database
    .query<{ last: number }, []>('SELECT max(sequence) AS last FROM ledger_transactions')
    .get() ?? { last: 0 };
  const origin = { keyId, userId, teamId };
  const sequence = '$last + 1 + 2 * n';
  for (const [sql, parameters] of [
    [
      `INSERT INTO holds (id, wallet_number, process_id, organization_id, user_id, key_id, model, channel, upstream_model,
          streamed, simulated, at_ms, state, held_ticks, checkpoint_at_ms, charged_ticks, released_ticks)
        SELECT id, $wallet, 'growth', $teamId, $userId, $keyId, 'grok-beta', 'mock', 'grok-beta', 0, 0, at_ms, 'posted',
          ${HELD_TICKS}, at_ms, ${COST_TICKS}, ${HELD_TICKS - COST_TICKS} FROM batch`,
      { ...origin, wallet },
    ],
    [
      `INSERT INTO ledger_transactions (sequence, request_id, step, command, wallet_number, at_ms, available_ticks,
          held_ticks, credit_ticks, revenue_ticks, uncollected_ticks)
        SELECT ${sequence} + later, id, -later, command, $wallet, at_ms, available, held, 0, revenue, 0
        FROM batch, (${TRANSACTIONS}) ORDER BY n, later`,
      { last, wallet },
    ],
    [
      `INSERT INTO requests (id, at_ms, organization_id, user_id, key_id, model, channel, upstream_model, streamed,
          simulated, endpoint, outcome, http_status, input_tokens, cached_input_tokens, image_input_tokens,
          audio_input_tokens, output_tokens, reasoning_tokens, estimated, cost_ticks, uncollected_ticks, queued_ms,
          time_to_first_token_ms, duration_ms, gateway_ms)
        SELECT id, at_ms, $teamId, $userId, $keyId, 'grok-beta', 'mock', 'grok-beta', 0, 0, 'chat', 'completed', 200,
          ${INPUT_TOKENS}, 0, 0, 0, ${OUTPUT_TOKENS}, 0, 0, ${COST_TICKS}, 0, 0, 1.5, 1.5, 1.0 FROM batch`,
      origin,
    ],
  ] as const) {
    database.query(sql).run(parameters);
  }
}

const TRANSACTIONS = [
  `SELECT 0 AS later, 'hold' AS command, ${-HELD_TICKS} AS available, ${HELD_TICKS} AS held, 0 AS revenue`,
  `SELECT 1, 'post', ${HELD_TICKS - COST_TICKS}, ${-HELD_TICKS}, ${COST_TICKS}`,
].join(' UNION ALL ');

function sumUpDays(database: Database): void {
  database.run('DELETE FROM usage_daily');
  database.run(
    `INSERT INTO usage_daily (organization_id, day, key_id, model, requests, failed_requests, input_tokens,
        cached_input_tokens, image_input_tokens, audio_input_tokens, output_tokens, reasoning_tokens, cost_ticks)
      SELECT organization_id, date(at_ms / 1000, 'unixepoch'), key_id, model, count(*), 0, sum(input_tokens), 0, 0, 0,
        sum(output_tokens), 0, sum(cost_ticks)
      FROM requests GROUP BY 1, 2, 3, 4`,
  );
}
