import { readText, storedText } from './text-values.ts';

/** A row as the shared stores expect it: integers are bigint, flags 0n or 1n, dates ISO text. */
export type Row = Readonly<Record<string, unknown>>;

/**
 * A value on its way to the server. Numbers go as text, because Bun would declare their type by their size; so each
 * takes the type that its place in the statement has, as a literal does: `1` is a flag where a boolean belongs.
 */
export function bound(value: unknown): unknown {
  if (typeof value === 'string') return storedText(value);
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  return Array.isArray(value) ? value.map(bound) : value;
}

/** Rows as one JSON text, for `json_to_recordset($1::text::json)`: many rows cost one parameter. */
export function boundRows(rows: readonly object[]): string {
  return JSON.stringify(rows, (_, value: unknown) => {
    if (typeof value === 'bigint') return String(value);
    return typeof value === 'string' ? storedText(value) : value;
  });
}

export function readRow(row: Row): Row {
  const read: Record<string, unknown> = {};
  for (const name in row) read[name] = readValue(row[name]);
  return read;
}

function readValue(value: unknown): unknown {
  if (typeof value === 'string') return readText(value);
  if (typeof value === 'boolean') return value ? 1n : 0n;
  return value instanceof Date ? value.toISOString() : value;
}
