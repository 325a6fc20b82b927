import { countsAsFailed, usageHour } from '../usage-rollup.ts';
import type { RequestRecord } from '../usage-store.ts';

interface HourRow {
  readonly place: number;
  readonly organization_id: string;
  readonly hour: number;
  readonly key_id: string;
  readonly model: string;
  readonly channel: string;
  requests: number;
  failed_requests: number;
  input_tokens: number;
  cached_input_tokens: number;
  output_tokens: number;
  reasoning_tokens: number;
  cost_ticks: bigint;
}

/** One row for each team, hour, key and model, in the order of the table's key. */
export function hoursOf(records: readonly RequestRecord[]): HourRow[] {
  return addUp(records, ({ organizationId, keyId, model }, hour) => [organizationId, hour, keyId, model]);
}

/** One row for each hour, channel and model, in the order of the table's key. */
export function channelHoursOf(records: readonly RequestRecord[]): HourRow[] {
  return addUp(records, ({ channel, model }, hour) => [hour, channel, model]);
}

function addUp(
  records: readonly RequestRecord[],
  keyOf: (record: RequestRecord, hour: string) => readonly string[],
): HourRow[] {
  const rows = new Map<string, HourRow>();
  for (const record of records) {
    const hour = usageHour(record.atMs);
    const key = JSON.stringify(keyOf(record, String(hour).padStart(10, '0')));
    const row = rows.get(key) ?? emptyRow(record, hour);
    rows.set(key, row);
    row.requests += 1;
    row.failed_requests += countsAsFailed(record.outcome) ? 1 : 0;
    row.input_tokens += record.usage.inputTokens;
    row.cached_input_tokens += record.usage.cachedInputTokens;
    row.output_tokens += record.usage.outputTokens;
    row.reasoning_tokens += record.usage.reasoningTokens;
    row.cost_ticks += record.costTicks;
  }
  return [...rows.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, row], place) => ({ ...row, place }));
}

function emptyRow({ organizationId, keyId, model, channel }: RequestRecord, hour: number): HourRow {
  return {
    ...{ place: 0, organization_id: organizationId, hour, key_id: keyId, model, channel },
    ...{ requests: 0, failed_requests: 0, input_tokens: 0, cached_input_tokens: 0, output_tokens: 0 },
    ...{ reasoning_tokens: 0, cost_ticks: 0n },
  };
}

const FIGURES = `requests, failed_requests, input_tokens, cached_input_tokens, output_tokens, reasoning_tokens,
    cost_ticks`;

const ROWS = `json_to_recordset($1::text::json) AS row (place int, organization_id text, hour bigint, key_id text,
    model text, channel text, requests bigint, failed_requests bigint, input_tokens bigint,
    cached_input_tokens bigint, output_tokens bigint, reasoning_tokens bigint, cost_ticks bigint)`;

function addFigures(table: string): string {
  return FIGURES.split(/,\s*/)
    .map((figure) => `${figure} = ${table}.${figure} + excluded.${figure}`)
    .join(', ');
}

export const ADD_TO_HOURS = `
  INSERT INTO usage_hourly (organization_id, hour, key_id, model, ${FIGURES})
  SELECT organization_id, hour, key_id, model, ${FIGURES} FROM ${ROWS} ORDER BY place
  ON CONFLICT (organization_id, hour, key_id, model) DO UPDATE SET ${addFigures('usage_hourly')}`;

export const ADD_TO_CHANNEL_HOURS = `
  INSERT INTO channel_hourly (hour, channel, model, ${FIGURES})
  SELECT hour, channel, model, ${FIGURES} FROM ${ROWS} ORDER BY place
  ON CONFLICT (hour, channel, model) DO UPDATE SET ${addFigures('channel_hourly')}`;
