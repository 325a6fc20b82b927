import { assertUncharged } from '../ledger-command.ts';
import { makePage, type Page, type PageRequest, readPage } from '../page.ts';
import type { DailyUsage, RequestRecord, UsageStore } from '../usage-store.ts';
import { presentRequest, presentUsage } from './request-rows.ts';
import type { SqlEngine } from './sql-engine.ts';

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
