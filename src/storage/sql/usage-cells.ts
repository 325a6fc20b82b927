import { type Selectable, sql } from 'kysely';
import type { UsageCell, UsageParts, UsageSpan, UsageSums } from '../report-store.ts';
import { usageDay } from '../usage-rollup.ts';
import type { SqlEngine } from './sql-engine.ts';
import type { HourColumns } from './tables.ts';

const HOUR_MS = 3_600_000n;
const DAY_MS = 86_400_000;

/** An organization's usage: whole UTC days from the table of days, the rest and hours from that of hours. */
export async function readUsage(
  engine: SqlEngine,
  organizationId: string,
  span: UsageSpan,
  parts: UsageParts,
): Promise<readonly UsageCell[]> {
  if (span.step === 'hour') return readHours(engine, organizationId, span, parts);
  const firstDayMs = Math.ceil(span.fromMs / DAY_MS) * DAY_MS;
  const endMs = Math.floor(span.toMs / DAY_MS) * DAY_MS;
  if (firstDayMs >= endMs) return readHours(engine, organizationId, span, parts);
  const edge = (fromMs: number, toMs: number) =>
    fromMs < toMs ? readHours(engine, organizationId, { fromMs, toMs, step: 'day' }, parts) : [];
  const [before, days, after] = await Promise.all([
    edge(span.fromMs, firstDayMs),
    readDays(engine, organizationId, firstDayMs, endMs, parts),
    edge(endMs, span.toMs),
  ]);
  return [...before, ...days, ...after];
}

async function readHours(
  engine: SqlEngine,
  organizationId: string,
  span: UsageSpan,
  { byKey, byModel }: UsageParts,
): Promise<readonly UsageCell[]> {
  const start = startOf(span.step);
  const rows = await engine.database
    .selectFrom('usage_hourly')
    .select(start.as('start'))
    .select(HOUR_SUMS)
    .$if(byKey, (query) => query.select('key_id').groupBy('key_id'))
    .$if(byModel, (query) => query.select('model').groupBy('model'))
    .where('organization_id', '=', organizationId)
    .where('hour', '>=', hourOf(span.fromMs))
    .where('hour', '<', hourOf(span.toMs))
    .groupBy(start)
    .orderBy('start')
    .execute();
  return rows.map((row) => ({ ...presentCell(row), keyId: row.key_id ?? '', model: row.model ?? '' }));
}

async function readDays(
  engine: SqlEngine,
  organizationId: string,
  fromMs: number,
  toMs: number,
  { byKey, byModel }: UsageParts,
): Promise<readonly UsageCell[]> {
  const rows = await engine.database
    .selectFrom('usage_daily')
    .select('day')
    .select(HOUR_SUMS)
    .$if(byKey, (query) => query.select('key_id').groupBy('key_id'))
    .$if(byModel, (query) => query.select('model').groupBy('model'))
    .where('organization_id', '=', organizationId)
    .where('day', '>=', usageDay(fromMs))
    .where('day', '<', usageDay(toMs))
    .groupBy('day')
    .orderBy('day')
    .execute();
  return rows.map(({ day, ...row }) => ({
    ...presentCell({ ...row, start: 0n }),
    atMs: Date.parse(`${day}T00:00:00Z`),
    keyId: row.key_id ?? '',
    model: row.model ?? '',
  }));
}

/** PostgreSQL's sums are of a wider type than what they add up. */
export function whole(column: string) {
  return sql<bigint>`cast(coalesce(sum(${sql.ref(column)}), 0) as bigint)`;
}

/** What the tables of hours and days both count. */
export const HOUR_SUMS = [
  whole('requests').as('requests'),
  whole('failed_requests').as('failed_requests'),
  whole('input_tokens').as('input_tokens'),
  whole('cached_input_tokens').as('cached_input_tokens'),
  whole('output_tokens').as('output_tokens'),
  whole('reasoning_tokens').as('reasoning_tokens'),
  whole('cost_ticks').as('cost_ticks'),
];

/** The hour that a row's step begins with. */
export function startOf(step: UsageSpan['step']) {
  return step === 'hour' ? sql<bigint>`hour` : sql<bigint>`hour - hour % 24`;
}

/** Whoever names a moment within an hour means the hours that begin from it on. */
export function hourOf(atMs: number): bigint {
  return (BigInt(atMs) + HOUR_MS - 1n) / HOUR_MS;
}

export function presentCell(
  row: Selectable<HourColumns> & { readonly start: bigint },
): UsageSums & { readonly atMs: number } {
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
