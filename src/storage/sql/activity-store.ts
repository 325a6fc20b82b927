import type { Selectable } from 'kysely';
import type { ActivityFilter, ActivityRow, ActivityStore } from '../activity-store.ts';
import { makePage, type Page, type PageRequest, readPage } from '../page.ts';
import type { SqlEngine } from './sql-engine.ts';
import type { Tables } from './tables.ts';

/** How many changes one call looks through for those that match. */
const WINDOW_ROWS = 5_000;

export class SqlActivityStore implements ActivityStore {
  readonly #engine: SqlEngine;

  constructor(engine: SqlEngine) {
    this.#engine = engine;
  }

  async append(row: ActivityRow): Promise<void> {
    const { id, atMs, actor, action, subject, organizationId, changes, address } = row;
    await this.#engine.database
      .insertInto('activity')
      .values({
        ...{ id, at_ms: atMs, actor, action, subject, organization_id: organizationId, address },
        changes: JSON.stringify(changes),
      })
      .execute();
  }

  async list(filter: ActivityFilter, page: PageRequest): Promise<Page<ActivityRow>> {
    const { limit, below } = readPage(page);
    const { beginnings, fromMs } = filter;
    const rows = await this.#engine.database
      .selectFrom(this.#inside(filter, below).selectAll().limit(WINDOW_ROWS).as('window'))
      .selectAll()
      .$if(beginnings !== undefined, (query) =>
        query.where((is) =>
          is.or(
            (beginnings ?? []).map((beginning) =>
              is.and([is('action', '>=', beginning), is('action', '<', after(beginning))]),
            ),
          ),
        ),
      )
      .$if(fromMs !== undefined, (query) => query.where('at_ms', '>=', BigInt(fromMs ?? 0)))
      .orderBy('sequence', 'desc')
      .limit(limit + 1)
      .execute();
    const found = makePage(rows, limit, ({ sequence }) => sequence, presentChange);
    // What is older than the span is not looked for.
    const isOver = fromMs !== undefined && rows.length === 0;
    if (found.nextCursor !== undefined || isOver) return found;
    const [last] = await this.#inside(filter, below)
      .select('sequence')
      .limit(1)
      .offset(WINDOW_ROWS - 1)
      .execute();
    return last === undefined ? found : { ...found, nextCursor: last.sequence.toString() };
  }

  /** Along an index, youngest first. */
  #inside({ actor }: ActivityFilter, below: bigint | undefined) {
    return this.#engine.database
      .selectFrom('activity')
      .$if(actor !== undefined, (query) => query.where('actor', '=', actor ?? ''))
      .$if(below !== undefined, (query) => query.where('sequence', '<', below ?? 0n))
      .orderBy('sequence', 'desc');
  }
}

/** The first text behind all that begin like this one. */
function after(beginning: string): string {
  return beginning.slice(0, -1) + String.fromCharCode(beginning.charCodeAt(beginning.length - 1) + 1);
}

function presentChange(row: Selectable<Tables['activity']>): ActivityRow {
  return {
    id: row.id,
    atMs: Number(row.at_ms),
    actor: row.actor,
    action: row.action,
    subject: row.subject,
    organizationId: row.organization_id,
    changes: JSON.parse(row.changes),
    address: row.address,
  };
}
