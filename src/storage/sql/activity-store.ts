import type { ActivityRow, ActivityStore } from '../activity-store.ts';
import { makePage, type Page, type PageRequest, readPage } from '../page.ts';
import type { SqlEngine } from './sql-engine.ts';

export class SqlActivityStore implements ActivityStore {
  readonly #engine: SqlEngine;

  constructor(engine: SqlEngine) {
    this.#engine = engine;
  }

  async append({ id, atMs, actor, action, subject, organizationId, changes }: ActivityRow): Promise<void> {
    await this.#engine.database
      .insertInto('activity')
      .values({
        ...{ id, at_ms: atMs, actor, action, subject, organization_id: organizationId },
        changes: JSON.stringify(changes),
      })
      .execute();
  }

  async list(page: PageRequest): Promise<Page<ActivityRow>> {
    const { limit, below } = readPage(page);
    const rows = await this.#engine.database
      .selectFrom('activity')
      .selectAll()
      .$if(below !== undefined, (query) => query.where('sequence', '<', below ?? 0n))
      .orderBy('sequence', 'desc')
      .limit(limit + 1)
      .execute();
    return makePage(
      rows,
      limit,
      ({ sequence }) => sequence,
      (row) => ({
        id: row.id,
        atMs: Number(row.at_ms),
        actor: row.actor,
        action: row.action,
        subject: row.subject,
        organizationId: row.organization_id,
        changes: JSON.parse(row.changes),
      }),
    );
  }
}
