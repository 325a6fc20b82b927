import type { Selectable } from 'kysely';
import type { ReportedUsage, TokenUsage } from '../../domain/usage.ts';
import { assertUncharged } from '../ledger-command.ts';
import { makePage, type Page, type PageRequest, readPage } from '../page.ts';
import type { DailyUsage, RequestOutcome, RequestRecord, UsageStore } from '../usage-store.ts';
import type { SqlEngine } from './sql-engine.ts';
import type { Tables, UsageColumns } from './tables.ts';

export class SqlUsageStore implements UsageStore {
  readonly #engine: SqlEngine;
  readonly #write: (record: RequestRecord) => Promise<void>;

  /** `write` is the engine's own way to write a request, the same that its ledger uses. */
  constructor(engine: SqlEngine, write: (record: RequestRecord) => Promise<void>) {
    this.#engine = engine;
    this.#write = write;
  }

  async record(record: RequestRecord): Promise<void> {
    assertUncharged(record);
    await this.#write(record);
  }

  async requests(organizationId: string, page: PageRequest): Promise<Page<RequestRecord>> {
    const { limit, below } = readPage(page);
    const rows = await this.#engine.database
      .selectFrom('requests')
      .selectAll()
      .where('organization_id', '=', organizationId)
      .$if(below !== undefined, (query) => query.where('sequence', '<', below ?? 0n))
      .orderBy('sequence', 'desc')
      .limit(limit + 1)
      .execute();
    return makePage(rows, limit, (row) => row.sequence, presentRequest);
  }

  async daily(organizationId: string, fromDay: string, toDay: string): Promise<readonly DailyUsage[]> {
    const rows = await this.#engine.database
      .selectFrom('usage_daily')
      .selectAll()
      .where('organization_id', '=', organizationId)
      .where('day', '>=', fromDay)
      .where('day', '<=', toDay)
      .orderBy('day')
      .orderBy('key_id')
      .orderBy('model')
      .execute();
    return rows.map((row) => ({
      day: row.day,
      organizationId: row.organization_id,
      keyId: row.key_id,
      model: row.model,
      requests: Number(row.requests),
      failedRequests: Number(row.failed_requests),
      usage: presentUsage(row),
      costTicks: row.cost_ticks,
    }));
  }
}

function presentRequest(row: Selectable<Tables['requests']>): RequestRecord {
  return {
    requestId: row.id,
    atMs: Number(row.at_ms),
    organizationId: row.organization_id,
    userId: row.user_id,
    keyId: row.key_id,
    model: row.model,
    channel: row.channel,
    upstreamModel: row.upstream_model,
    streamed: row.streamed === 1n,
    simulated: row.simulated === 1n,
    endpoint: row.endpoint as RequestRecord['endpoint'],
    outcome: row.outcome as RequestOutcome,
    httpStatus: Number(row.http_status),
    failureCode: row.failure_code,
    usage: presentUsage(row),
    estimated: row.estimated === 1n,
    reported: presentReport(row),
    pricedFromMs: row.priced_from_ms === null ? null : Number(row.priced_from_ms),
    costTicks: row.cost_ticks,
    uncollectedTicks: row.uncollected_ticks,
    queuedMs: row.queued_ms,
    timeToFirstTokenMs: row.time_to_first_token_ms,
    durationMs: row.duration_ms,
    gatewayMs: row.gateway_ms,
  };
}

/** An upstream reports all its figures or none. */
function presentReport(row: Selectable<Tables['requests']>): ReportedUsage | null {
  if (row.reported_input_tokens === null) return null;
  return {
    inputTokens: Number(row.reported_input_tokens),
    cachedInputTokens: Number(row.reported_cached_input_tokens),
    outputTokens: Number(row.reported_output_tokens),
    reasoningTokens: Number(row.reported_reasoning_tokens),
  };
}

function presentUsage(row: Selectable<UsageColumns>): TokenUsage {
  return {
    inputTokens: Number(row.input_tokens),
    cachedInputTokens: Number(row.cached_input_tokens),
    imageInputTokens: Number(row.image_input_tokens),
    audioInputTokens: Number(row.audio_input_tokens),
    outputTokens: Number(row.output_tokens),
    reasoningTokens: Number(row.reasoning_tokens),
  };
}
