import { type Selectable, sql } from 'kysely';
import type { Ticks } from '../../domain/money.ts';
import type { Page, PageRequest } from '../page.ts';
import type {
  ChannelCell,
  CreditMove,
  CreditMovesAsked,
  PlacedRequest,
  ReportStore,
  RequestFilter,
  UsageCell,
  UsageSpan,
  UsageSums,
} from '../report-store.ts';
import type { RequestRecord } from '../usage-store.ts';
import { readCreditMoves, readMovesOfRequest } from './credit-moves.ts';
import { readRequests } from './request-pages.ts';
import { presentRequest } from './request-rows.ts';
import type { SqlEngine } from './sql-engine.ts';
import type { HourColumns } from './tables.ts';

const HOUR_MS = 3_600_000n;
const DAY_HOURS = 24n;

export class SqlReportStore implements ReportStore {
  readonly #engine: SqlEngine;

  constructor(engine: SqlEngine) {
    this.#engine = engine;
  }

  requests(filter: RequestFilter, page: PageRequest): Promise<Page<RequestRecord>> {
    return readRequests(this.#engine, filter, page);
  }

  async requestsAfter(organizationId: string, after: bigint, limit: number): Promise<PlacedRequest[]> {
    const rows = await this.#engine.database
      .selectFrom('requests')
      .selectAll()
      .where('organization_id', '=', organizationId)
      .where('sequence', '>', after)
      .orderBy('sequence')
      .limit(limit)
      .execute();
    return rows.map((row) => ({ sequence: row.sequence, record: presentRequest(row) }));
  }

  async lastSequence(organizationId: string): Promise<bigint> {
    const row = await this.#engine.database
      .selectFrom('requests')
      .select('sequence')
      .where('organization_id', '=', organizationId)
      .orderBy('sequence', 'desc')
      .limit(1)
      .executeTakeFirst();
    return row?.sequence ?? 0n;
  }

  async findRequest(organizationId: string, requestId: string): Promise<RequestRecord | undefined> {
    const row = await this.#engine.database
      .selectFrom('requests')
      .selectAll()
      .where('id', '=', requestId)
      .where('organization_id', '=', organizationId)
      .executeTakeFirst();
    return row && presentRequest(row);
  }

  async latestOfAll(limit: number): Promise<readonly RequestRecord[]> {
    const rows = await this.#engine.database
      .selectFrom('requests')
      .selectAll()
      .orderBy('sequence', 'desc')
      .limit(limit)
      .execute();
    return rows.map(presentRequest);
  }

  async usage(organizationId: string, span: UsageSpan): Promise<readonly UsageCell[]> {
    const start = startOf(span.step);
    const rows = await this.#engine.database
      .selectFrom('usage_hourly')
      .select([start.as('start'), 'key_id', 'model'])
      .select(SUMS)
      .where('organization_id', '=', organizationId)
      .where('hour', '>=', hourOf(span.fromMs))
      .where('hour', '<', hourOf(span.toMs))
      .groupBy([start, 'key_id', 'model'])
      .orderBy('start')
      .execute();
    return rows.map((row) => ({ ...cell(row), keyId: row.key_id, model: row.model }));
  }

  async channels(span: UsageSpan): Promise<readonly ChannelCell[]> {
    const start = startOf(span.step);
    const rows = await this.#engine.database
      .selectFrom('channel_hourly')
      .select([start.as('start'), 'channel', 'model'])
      .select(SUMS)
      .where('hour', '>=', hourOf(span.fromMs))
      .where('hour', '<', hourOf(span.toMs))
      .groupBy([start, 'channel', 'model'])
      .orderBy('start')
      .execute();
    return rows.map((row) => ({ ...cell(row), channel: row.channel, model: row.model }));
  }

  creditMoves(
    asked: CreditMovesAsked,
  ): Promise<{ readonly moves: readonly CreditMove[]; readonly availableTicks: Ticks }> {
    return readCreditMoves(this.#engine, asked);
  }

  movesOfRequest(walletId: string, requestId: string): Promise<readonly CreditMove[]> {
    return readMovesOfRequest(this.#engine, walletId, requestId);
  }

  async grantedTicks(walletId: string): Promise<Ticks> {
    const { granted } = await this.#engine.database
      .selectFrom('ledger_transactions')
      .select(whole('available_ticks').as('granted'))
      .where('grant_id', 'is not', null)
      .where('wallet_number', '=', (query) =>
        query.selectFrom('wallets').select('number').where('wallets.id', '=', walletId),
      )
      .executeTakeFirstOrThrow();
    return granted;
  }

  async balances(): Promise<{ readonly availableTicks: Ticks; readonly heldTicks: Ticks }> {
    const { available, held } = await this.#engine.database
      .selectFrom('wallets')
      .select([whole('available_ticks').as('available'), whole('held_ticks').as('held')])
      .executeTakeFirstOrThrow();
    return { availableTicks: available, heldTicks: held };
  }
}

/** PostgreSQL's sums are of a wider type than what they add up. */
function whole(column: string) {
  return sql<bigint>`cast(coalesce(sum(${sql.ref(column)}), 0) as bigint)`;
}

const SUMS = [
  whole('requests').as('requests'),
  whole('failed_requests').as('failed_requests'),
  whole('input_tokens').as('input_tokens'),
  whole('cached_input_tokens').as('cached_input_tokens'),
  whole('output_tokens').as('output_tokens'),
  whole('reasoning_tokens').as('reasoning_tokens'),
  whole('cost_ticks').as('cost_ticks'),
];

/** The hour that a row's step begins with. */
function startOf(step: UsageSpan['step']) {
  return step === 'hour' ? sql<bigint>`hour` : sql<bigint>`hour - hour % ${sql.lit(Number(DAY_HOURS))}`;
}

/** Whoever names a moment within an hour means the hours that begin from it on. */
function hourOf(atMs: number): bigint {
  return (BigInt(atMs) + HOUR_MS - 1n) / HOUR_MS;
}

function cell(row: Selectable<HourColumns> & { readonly start: bigint }): UsageSums & { atMs: number } {
  return {
    atMs: Number(row.start * HOUR_MS),
    requests: Number(row.requests),
    failedRequests: Number(row.failed_requests),
    inputTokens: Number(row.input_tokens),
    cachedInputTokens: Number(row.cached_input_tokens),
    outputTokens: Number(row.output_tokens),
    reasoningTokens: Number(row.reasoning_tokens),
    costTicks: row.cost_ticks,
  };
}
