import { makePage, type Page, type PageRequest, readPage } from '../page.ts';
import type { RequestFilter } from '../report-store.ts';
import type { RequestRecord } from '../usage-store.ts';
import { presentRequest } from './request-rows.ts';
import { lastBefore, SLACK_MS, smaller } from './sequence-at.ts';
import type { SqlEngine } from './sql-engine.ts';

/** How many requests of an organization or key one call looks through for those that match. */
const WINDOW_ROWS = 5_000;

/**
 * A page of requests, youngest first, read along the index of their organization or key. A span of time becomes a span
 * of numbers first, by halving, so that last year's page costs what today's does.
 */
export async function readRequests(
  engine: SqlEngine,
  filter: RequestFilter,
  page: PageRequest,
): Promise<Page<RequestRecord>> {
  const { limit, below } = readPage(page);
  const { fromMs, toMs } = filter;
  const [lowest, above] = await Promise.all([
    fromMs === undefined ? undefined : sequenceAt(engine, filter.organizationId, fromMs - SLACK_MS),
    toMs === undefined ? undefined : sequenceAt(engine, filter.organizationId, toMs + SLACK_MS),
  ]);
  const bounds = { lowest, below: smaller(below, above === undefined ? undefined : above + 1n) };
  const isSelective =
    filter.model !== undefined || filter.outcomes !== undefined || filter.minimumCostTicks !== undefined;
  if (!isSelective && fromMs === undefined && toMs === undefined) {
    const rows = await inside(engine, filter, bounds)
      .selectAll()
      .limit(limit + 1)
      .execute();
    return makePage(rows, limit, ({ sequence }) => sequence, presentRequest);
  }
  const rows = await matching(engine, filter, bounds)
    .limit(limit + 1)
    .execute();
  const found = makePage(rows, limit, ({ sequence }) => sequence, presentRequest);
  if (found.nextCursor !== undefined) return found;
  // The window may have ended before the matches did.
  const [last] = await inside(engine, filter, bounds)
    .select('sequence')
    .limit(1)
    .offset(WINDOW_ROWS - 1)
    .execute();
  return last === undefined ? found : { ...found, nextCursor: last.sequence.toString() };
}

interface SequenceBounds {
  readonly lowest: bigint | undefined;
  readonly below: bigint | undefined;
}

/** Along an index, youngest first. */
function inside(engine: SqlEngine, { organizationId, keyId }: RequestFilter, bounds: SequenceBounds) {
  const { lowest, below } = bounds;
  const isDoor = keyId === 'console' || keyId === 'chat';
  return engine.database
    .selectFrom('requests')
    .where('organization_id', '=', organizationId)
    .$if(keyId !== undefined && !isDoor, (query) => query.where('key_id', '=', keyId ?? ''))
    .$if(isDoor, (query) => query.where('key_id', '>=', `${keyId}:`).where('key_id', '<', `${keyId};`))
    .$if(lowest !== undefined, (query) => query.where('sequence', '>=', lowest ?? 0n))
    .$if(below !== undefined, (query) => query.where('sequence', '<', below ?? 0n))
    .orderBy('sequence', 'desc');
}

function matching(engine: SqlEngine, filter: RequestFilter, bounds: SequenceBounds) {
  const { model, outcomes, minimumCostTicks, fromMs, toMs } = filter;
  return engine.database
    .selectFrom(inside(engine, filter, bounds).selectAll().limit(WINDOW_ROWS).as('window'))
    .selectAll()
    .$if(model !== undefined, (query) => query.where('model', '=', model ?? ''))
    .$if(outcomes !== undefined, (query) => query.where('outcome', 'in', [...(outcomes ?? [])]))
    .$if(minimumCostTicks !== undefined, (query) => query.where('cost_ticks', '>=', minimumCostTicks ?? 0n))
    .$if(fromMs !== undefined, (query) => query.where('at_ms', '>=', BigInt(fromMs ?? 0)))
    .$if(toMs !== undefined, (query) => query.where('at_ms', '<', BigInt(toMs ?? 0)))
    .orderBy('sequence', 'desc');
}

async function sequenceAt(engine: SqlEngine, organizationId: string, atMs: number): Promise<bigint> {
  return lastBefore(atMs, async (sequence) => {
    const [row] = await engine.database
      .selectFrom('requests')
      .select(['sequence', 'at_ms'])
      .where('organization_id', '=', organizationId)
      .where('sequence', '<=', sequence)
      .orderBy('sequence', 'desc')
      .limit(1)
      .execute();
    return row;
  });
}
