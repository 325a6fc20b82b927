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
  UsageParts,
  UsageSpan,
} from '../report-store.ts';
import type { RequestRecord } from '../usage-store.ts';
import { readCreditMoves, readMovesOfRequest } from './credit-moves.ts';
import { readRequests } from './request-pages.ts';
import { presentRequest } from './request-rows.ts';
import type { SqlEngine } from './sql-engine.ts';
import { HOUR_SUMS, hourOf, presentCell, readUsage, startOf, whole } from './usage-cells.ts';

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

  usage(organizationId: string, span: UsageSpan, parts: UsageParts): Promise<readonly UsageCell[]> {
    return readUsage(this.#engine, organizationId, span, parts);
  }

  async channels(span: UsageSpan): Promise<readonly ChannelCell[]> {
    const start = startOf(span.step);
    const rows = await this.#engine.database
      .selectFrom('channel_hourly')
      .select([start.as('start'), 'channel', 'model'])
      .select(HOUR_SUMS)
      .where('hour', '>=', hourOf(span.fromMs))
      .where('hour', '<', hourOf(span.toMs))
      .groupBy([start, 'channel', 'model'])
      .orderBy('start')
      .execute();
    return rows.map((row) => ({ ...presentCell(row), channel: row.channel, model: row.model }));
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
