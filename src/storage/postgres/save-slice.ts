import type { SQL } from 'bun';
import { addToDay } from '../usage-rollup.ts';
import type { DailyUsage, RequestRecord } from '../usage-store.ts';
import { all, commit, type Result, run } from './connection.ts';
import { holdRow, requestRow, usageColumns } from './ledger-rows.ts';
import type { LedgerSlice } from './ledger-slice.ts';
import { boundRows } from './row-values.ts';
import { transactionRow } from './transaction-rows.ts';
import { ADD_TO_CHANNEL_HOURS, ADD_TO_HOURS, channelHoursOf, hoursOf } from './usage-hours.ts';

export interface SaveOptions {
  /** Steps of extensions that were carried out, by hold; they are noted with it. */
  readonly steps: ReadonlyMap<string, number>;
  /** When keys were used that is worth noting, by key. */
  readonly keyUses: readonly (readonly [keyId: string, atMs: number])[];
}

/**
 * Writes what a batch has changed and commits, in one go. Rows that several batches may change (days, keys) are taken
 * in the order of their keys, after the wallets, as everywhere. Rejects when anything of it failed: the server has
 * taken all of it back then, or the connection broke.
 */
export async function saveSlice(connection: SQL, slice: LedgerSlice, options: SaveOptions): Promise<void> {
  const transactions = slice.newTransactions();
  const newHolds = slice.newHolds();
  const changedHolds = slice.changedHolds();
  const records = slice.newRequests().map(({ record }) => record);
  const write = (text: string, rows: readonly object[]): Promise<Result>[] =>
    rows.length === 0 ? [] : [run(connection, text, [boundRows(rows)])];

  const written = [
    ...write(
      INSERT_TRANSACTIONS,
      transactions.map((transaction, place) =>
        transactionRow(transaction, place, slice.walletNumber(transaction.walletId)),
      ),
    ),
    ...write(MOVE_WALLETS, slice.movedWallets()),
    ...write(
      INSERT_HOLDS,
      newHolds.map((hold) =>
        holdRow(hold, slice.walletNumber(hold.walletId), options.steps.get(hold.holdId)),
      ),
    ),
    ...write(
      CHANGE_HOLDS,
      changedHolds.map((hold) =>
        holdRow(hold, slice.walletNumber(hold.walletId), options.steps.get(hold.holdId)),
      ),
    ),
    ...write(INSERT_REQUESTS, records.map(requestRow)),
    ...write(ADD_TO_DAYS, daysOf(records)),
    ...write(ADD_TO_HOURS, hoursOf(records)),
    ...write(ADD_TO_CHANNEL_HOURS, channelHoursOf(records)),
    ...write(
      NOTE_KEY_USES,
      options.keyUses.map(([id, at_ms]) => ({ id, at_ms })),
    ),
  ];
  const committed = commit(connection);
  await all([...written, committed]);
  // A transaction that was lost before is "committed" without an error.
  if ((await committed).command !== 'COMMIT') throw new Error('the server rolled a transaction back');
}

/** One row for each day, key and model, in the order of the table's key. */
function daysOf(records: readonly RequestRecord[]): object[] {
  const days = new Map<string, DailyUsage>();
  for (const record of records) {
    const added = addToDay(undefined, record);
    const key = JSON.stringify([added.organizationId, added.day, added.keyId, added.model]);
    days.set(key, addToDay(days.get(key), record));
  }
  return [...days.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, day], place) => ({
      ...{ place, organization_id: day.organizationId, day: day.day, key_id: day.keyId, model: day.model },
      ...{ requests: day.requests, failed_requests: day.failedRequests, cost_ticks: day.costTicks },
      ...usageColumns(day.usage),
    }));
}

const INSERT_TRANSACTIONS = `
  INSERT INTO ledger_transactions (command, wallet_number, grant_id, request_id, step, memo, at_ms, available_ticks,
    held_ticks, credit_ticks, revenue_ticks, uncollected_ticks)
  SELECT command, wallet_number, grant_id, request_id, step, memo, at_ms, available_ticks,
    held_ticks, credit_ticks, revenue_ticks, uncollected_ticks
  FROM json_to_recordset($1::text::json) AS row (place int, command text, wallet_number bigint, grant_id text,
    request_id text, step bigint, memo text, at_ms bigint, available_ticks bigint, held_ticks bigint,
    credit_ticks bigint, revenue_ticks bigint, uncollected_ticks bigint)
  ORDER BY place`;

/** By what was moved and not to what was reckoned: the table's checks have the last word. */
const MOVE_WALLETS = `
  UPDATE wallets SET available_ticks = wallets.available_ticks + moved.available_ticks,
    held_ticks = wallets.held_ticks + moved.held_ticks
  FROM json_to_recordset($1::text::json) AS moved (number bigint, available_ticks bigint, held_ticks bigint)
  WHERE wallets.number = moved.number`;

const INSERT_HOLDS = `
  INSERT INTO holds (id, wallet_number, process_id, organization_id, user_id, key_id, model, channel, upstream_model,
    streamed, simulated, at_ms, state, held_ticks, input_tokens, cached_input_tokens, image_input_tokens,
    audio_input_tokens, output_tokens, reasoning_tokens, checkpoint_cost_ticks, checkpoint_at_ms, last_step,
    charged_ticks, released_ticks, uncollected_ticks)
  SELECT id, wallet_number, process_id, organization_id, user_id, key_id, model, channel, upstream_model,
    streamed, simulated, at_ms, state, held_ticks, input_tokens, cached_input_tokens, image_input_tokens,
    audio_input_tokens, output_tokens, reasoning_tokens, checkpoint_cost_ticks, checkpoint_at_ms, last_step,
    charged_ticks, released_ticks, uncollected_ticks
  FROM json_populate_recordset(NULL::holds, $1::text::json)`;

const CHANGE_HOLDS = `
  UPDATE holds SET state = changed.state, held_ticks = changed.held_ticks, input_tokens = changed.input_tokens,
    cached_input_tokens = changed.cached_input_tokens, image_input_tokens = changed.image_input_tokens,
    audio_input_tokens = changed.audio_input_tokens, output_tokens = changed.output_tokens,
    reasoning_tokens = changed.reasoning_tokens, checkpoint_cost_ticks = changed.checkpoint_cost_ticks,
    checkpoint_at_ms = changed.checkpoint_at_ms, last_step = greatest(holds.last_step, changed.last_step),
    charged_ticks = changed.charged_ticks, released_ticks = changed.released_ticks,
    uncollected_ticks = changed.uncollected_ticks
  FROM json_populate_recordset(NULL::holds, $1::text::json) AS changed
  WHERE holds.id = changed.id`;

const INSERT_REQUESTS = `
  INSERT INTO requests (id, at_ms, organization_id, user_id, key_id, model, channel, upstream_model, streamed,
    simulated, endpoint, outcome, http_status, failure_code, input_tokens, cached_input_tokens, image_input_tokens,
    audio_input_tokens, output_tokens, reasoning_tokens, estimated, cost_ticks, uncollected_ticks, queued_ms,
    time_to_first_token_ms, duration_ms, gateway_ms, reported_input_tokens, reported_cached_input_tokens,
    reported_output_tokens, reported_reasoning_tokens, priced_from_ms)
  SELECT id, at_ms, organization_id, user_id, key_id, model, channel, upstream_model, streamed,
    simulated, endpoint, outcome, http_status, failure_code, input_tokens, cached_input_tokens, image_input_tokens,
    audio_input_tokens, output_tokens, reasoning_tokens, estimated, cost_ticks, uncollected_ticks, queued_ms,
    time_to_first_token_ms, duration_ms, gateway_ms, reported_input_tokens, reported_cached_input_tokens,
    reported_output_tokens, reported_reasoning_tokens, priced_from_ms
  FROM json_populate_recordset(NULL::requests, $1::text::json)`;

const ADD_TO_DAYS = `
  INSERT INTO usage_daily (organization_id, day, key_id, model, requests, failed_requests, input_tokens,
    cached_input_tokens, image_input_tokens, audio_input_tokens, output_tokens, reasoning_tokens, cost_ticks)
  SELECT organization_id, day, key_id, model, requests, failed_requests, input_tokens,
    cached_input_tokens, image_input_tokens, audio_input_tokens, output_tokens, reasoning_tokens, cost_ticks
  FROM json_to_recordset($1::text::json) AS row (place int, organization_id text, day text, key_id text, model text,
    requests bigint, failed_requests bigint, input_tokens bigint, cached_input_tokens bigint,
    image_input_tokens bigint, audio_input_tokens bigint, output_tokens bigint, reasoning_tokens bigint,
    cost_ticks bigint)
  ORDER BY place
  ON CONFLICT (organization_id, day, key_id, model) DO UPDATE SET
    requests = usage_daily.requests + excluded.requests,
    failed_requests = usage_daily.failed_requests + excluded.failed_requests,
    input_tokens = usage_daily.input_tokens + excluded.input_tokens,
    cached_input_tokens = usage_daily.cached_input_tokens + excluded.cached_input_tokens,
    image_input_tokens = usage_daily.image_input_tokens + excluded.image_input_tokens,
    audio_input_tokens = usage_daily.audio_input_tokens + excluded.audio_input_tokens,
    output_tokens = usage_daily.output_tokens + excluded.output_tokens,
    reasoning_tokens = usage_daily.reasoning_tokens + excluded.reasoning_tokens,
    cost_ticks = usage_daily.cost_ticks + excluded.cost_ticks`;

/** A key that somebody else is changing is left out: it is noted with its next use, and no call waits for it. */
const NOTE_KEY_USES = `
  UPDATE api_keys SET last_used_at_ms = used.at_ms
  FROM json_to_recordset($1::text::json) AS used (id text, at_ms bigint)
  WHERE api_keys.id = used.id AND (api_keys.last_used_at_ms IS NULL OR api_keys.last_used_at_ms < used.at_ms)
    AND api_keys.id IN (
      SELECT id FROM api_keys WHERE id IN (SELECT id FROM json_to_recordset($1::text::json) AS named (id text))
      FOR NO KEY UPDATE SKIP LOCKED
    )`;
