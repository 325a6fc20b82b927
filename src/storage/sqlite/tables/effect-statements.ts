import type { Database, SQLQueryBindings, Statement } from 'bun:sqlite';

/** What effects are carried out with, prepared once for the writer's connection. */
export class EffectStatements {
  readonly openWallet: Statement<unknown, [string, number]>;
  readonly walletNumber: Statement<{ number: bigint }, [string]>;
  readonly moveWallet: Statement<unknown, [number, number, bigint]>;
  readonly insertTransaction: Statement<unknown, SQLQueryBindings[]>;
  readonly insertHold: Statement<unknown, SQLQueryBindings[]>;
  readonly extendHold: Statement<unknown, [number, number, string]>;
  readonly noteUsage: Statement<unknown, SQLQueryBindings[]>;
  readonly endHold: Statement<unknown, [string, number, number, number, string]>;
  readonly insertRequest: Statement<unknown, SQLQueryBindings[]>;
  readonly addToDay: Statement<unknown, SQLQueryBindings[]>;
  readonly addToHour: Statement<unknown, SQLQueryBindings[]>;
  readonly addToChannelHour: Statement<unknown, SQLQueryBindings[]>;
  readonly noteKeyUse: Statement<unknown, [number, string, number]>;
  readonly position: Statement<{ effects: bigint; segment: bigint; bytes: bigint }, []>;
  readonly movePosition: Statement<unknown, [number, number, number]>;

  constructor(database: Database) {
    this.openWallet = database.prepare(
      'INSERT INTO wallets (id, created_at_ms) VALUES (?, ?) ON CONFLICT (id) DO NOTHING',
    );
    this.walletNumber = database.prepare('SELECT number FROM wallets WHERE id = ?');
    this.moveWallet = database.prepare(
      'UPDATE wallets SET available_ticks = available_ticks + ?, held_ticks = held_ticks + ? WHERE number = ?',
    );
    this.insertTransaction = database.prepare(
      `INSERT INTO ledger_transactions (command, wallet_number, grant_id, request_id, step, memo, at_ms,
          available_ticks, held_ticks, credit_ticks, revenue_ticks, uncollected_ticks)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.insertHold = database.prepare(
      `INSERT INTO holds (id, wallet_number, process_id, organization_id, user_id, key_id, model, channel,
          upstream_model, streamed, simulated, at_ms, state, held_ticks, input_tokens, cached_input_tokens,
          image_input_tokens, audio_input_tokens, output_tokens, reasoning_tokens, checkpoint_cost_ticks,
          checkpoint_at_ms, last_step, charged_ticks, released_ticks, uncollected_ticks)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.extendHold = database.prepare(
      'UPDATE holds SET held_ticks = held_ticks + ?, last_step = ? WHERE id = ?',
    );
    this.noteUsage = database.prepare(
      `UPDATE holds SET input_tokens = ?, cached_input_tokens = ?, image_input_tokens = ?, audio_input_tokens = ?,
          output_tokens = ?, reasoning_tokens = ?, checkpoint_cost_ticks = ?, checkpoint_at_ms = ?
        WHERE id = ?`,
    );
    this.endHold = database.prepare(
      'UPDATE holds SET state = ?, charged_ticks = ?, released_ticks = ?, uncollected_ticks = ? WHERE id = ?',
    );
    this.insertRequest = database.prepare(INSERT_REQUEST);
    this.addToDay = database.prepare(ADD_TO_DAY);
    this.addToHour = database.prepare(ADD_TO_HOUR);
    this.addToChannelHour = database.prepare(ADD_TO_CHANNEL_HOUR);
    this.noteKeyUse = database.prepare(
      `UPDATE api_keys SET last_used_at_ms = ? WHERE id = ? AND (last_used_at_ms IS NULL OR last_used_at_ms < ?)`,
    );
    this.position = database.prepare('SELECT effects, segment, bytes FROM journal_position');
    this.movePosition = database.prepare('UPDATE journal_position SET effects = ?, segment = ?, bytes = ?');
  }

  /** A connection with statements left closes only when they are collected. */
  finalize(): void {
    for (const statement of Object.values(this) as Statement[]) statement.finalize();
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
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT (organization_id, day, key_id, model) DO UPDATE SET
    requests = requests + excluded.requests,
    failed_requests = failed_requests + excluded.failed_requests,
    input_tokens = input_tokens + excluded.input_tokens,
    cached_input_tokens = cached_input_tokens + excluded.cached_input_tokens,
    image_input_tokens = image_input_tokens + excluded.image_input_tokens,
    audio_input_tokens = audio_input_tokens + excluded.audio_input_tokens,
    output_tokens = output_tokens + excluded.output_tokens,
    reasoning_tokens = reasoning_tokens + excluded.reasoning_tokens,
    cost_ticks = cost_ticks + excluded.cost_ticks`;

const HOUR_FIGURES = `requests, failed_requests, input_tokens, cached_input_tokens, output_tokens, reasoning_tokens,
    cost_ticks`;

const ADD_FIGURES = `
    requests = requests + excluded.requests,
    failed_requests = failed_requests + excluded.failed_requests,
    input_tokens = input_tokens + excluded.input_tokens,
    cached_input_tokens = cached_input_tokens + excluded.cached_input_tokens,
    output_tokens = output_tokens + excluded.output_tokens,
    reasoning_tokens = reasoning_tokens + excluded.reasoning_tokens,
    cost_ticks = cost_ticks + excluded.cost_ticks`;

const ADD_TO_HOUR = `
  INSERT INTO usage_hourly (organization_id, hour, key_id, model, ${HOUR_FIGURES})
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT (organization_id, hour, key_id, model) DO UPDATE SET ${ADD_FIGURES}`;

const ADD_TO_CHANNEL_HOUR = `
  INSERT INTO channel_hourly (hour, channel, model, ${HOUR_FIGURES})
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT (hour, channel, model) DO UPDATE SET ${ADD_FIGURES}`;
