import type { Database, SQLQueryBindings, Statement } from 'bun:sqlite';
import { isWorthNoting } from '../key-use.ts';
import { countsAsFailed, usageDay } from '../usage-rollup.ts';
import type { RequestRecord } from '../usage-store.ts';
import { usageValues } from './ledger-statements.ts';

/** About 100 bytes each. Forgetting them costs a write for each key in use. */
const MAXIMUM_NOTED_KEYS = 100_000;

/** Writes a request's row and adds it to its day, in whatever transaction is open. */
export class RequestWriter {
  readonly #insert: Statement<unknown, SQLQueryBindings[]>;
  readonly #addToDay: Statement<unknown, SQLQueryBindings[]>;
  readonly #noteUse: Statement<unknown, [number, string, number]>;
  /** By key id, so that the hot path does not look at the keys' table. Never ahead of it by more than a rollback. */
  readonly #notedAtMs = new Map<string, number>();

  constructor(database: Database) {
    this.#insert = database.prepare(INSERT_REQUEST);
    this.#addToDay = database.prepare(ADD_TO_DAY);
    this.#noteUse = database.prepare(NOTE_USE);
  }

  /** False when the request was recorded before: nothing is written and nothing counted twice. */
  write(record: RequestRecord): boolean {
    const usage = usageValues(record.usage);
    const { reported } = record;
    const { changes } = this.#insert.run(
      record.requestId,
      record.atMs,
      record.organizationId,
      record.userId,
      record.keyId,
      record.model,
      record.channel,
      record.upstreamModel,
      record.streamed,
      record.simulated,
      record.endpoint,
      record.outcome,
      record.httpStatus,
      record.failureCode,
      ...usage,
      record.estimated,
      record.costTicks,
      record.uncollectedTicks,
      record.queuedMs,
      record.timeToFirstTokenMs,
      record.durationMs,
      record.gatewayMs,
      reported?.inputTokens ?? null,
      reported?.cachedInputTokens ?? null,
      reported?.outputTokens ?? null,
      reported?.reasoningTokens ?? null,
      record.pricedFromMs,
    );
    if (changes === 0) return false;
    this.#addToDay.run(
      record.organizationId,
      usageDay(record.atMs),
      record.keyId,
      record.model,
      countsAsFailed(record.outcome),
      ...usage,
      record.costTicks,
    );
    this.#noteUseOf(record);
    return true;
  }

  #noteUseOf({ keyId, atMs }: RequestRecord): void {
    if (!isWorthNoting(this.#notedAtMs.get(keyId), atMs)) return;
    if (this.#notedAtMs.size >= MAXIMUM_NOTED_KEYS) this.#notedAtMs.clear();
    this.#notedAtMs.set(keyId, atMs);
    this.#noteUse.run(atMs, keyId, atMs);
  }
}

const INSERT_REQUEST = `
  INSERT INTO requests (id, at_ms, organization_id, user_id, key_id, model, channel, upstream_model, streamed,
    simulated, endpoint, outcome, http_status, failure_code, input_tokens, cached_input_tokens, image_input_tokens,
    audio_input_tokens, output_tokens, reasoning_tokens, estimated, cost_ticks, uncollected_ticks, queued_ms,
    time_to_first_token_ms, duration_ms, gateway_ms, reported_input_tokens, reported_cached_input_tokens,
    reported_output_tokens, reported_reasoning_tokens, priced_from_ms)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT (id) DO NOTHING`;

const ADD_TO_DAY = `
  INSERT INTO usage_daily (organization_id, day, key_id, model, requests, failed_requests, input_tokens,
    cached_input_tokens, image_input_tokens, audio_input_tokens, output_tokens, reasoning_tokens, cost_ticks)
  VALUES (?, ?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT (organization_id, day, key_id, model) DO UPDATE SET
    requests = requests + 1,
    failed_requests = failed_requests + excluded.failed_requests,
    input_tokens = input_tokens + excluded.input_tokens,
    cached_input_tokens = cached_input_tokens + excluded.cached_input_tokens,
    image_input_tokens = image_input_tokens + excluded.image_input_tokens,
    audio_input_tokens = audio_input_tokens + excluded.audio_input_tokens,
    output_tokens = output_tokens + excluded.output_tokens,
    reasoning_tokens = reasoning_tokens + excluded.reasoning_tokens,
    cost_ticks = cost_ticks + excluded.cost_ticks`;

const NOTE_USE = `
  UPDATE api_keys SET last_used_at_ms = ? WHERE id = ? AND (last_used_at_ms IS NULL OR last_used_at_ms < ?)`;
