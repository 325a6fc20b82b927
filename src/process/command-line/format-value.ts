import { formatUsd } from '../../domain/money.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../commands/json-value.ts';
import { printable } from '../terminal-look.ts';
import type { TimeFormat } from './format-time.ts';
import type { Words } from './words.ts';

/** How values become text: in which language, and in which zone. */
export interface ValueFormat {
  readonly words: Words;
  readonly times: TimeFormat;
}

/** Fields whose values are words of ours and not of a person. */
const WORDS_OF_OURS = new Set(['role', 'state', 'kind', 'outcome', 'reason', 'account']);
const TOKENS_PER_PRICE = 1_000_000n;

/** One field of an answer as people read it. What it is shows in its name, which is the name it has in JSON. */
export function formatValue(format: ValueFormat, name: string, value: JsonValue | undefined): string {
  const { words, times } = format;
  if (value === undefined || value === null) return emptyValue(words, name);
  if (typeof value === 'boolean') return word(words, String(value));
  if (typeof value === 'number') return formatNumber(name, value);
  if (typeof value === 'string') {
    if (name.endsWith('_ticks_per_token')) return formatUsd(BigInt(value) * TOKENS_PER_PRICE);
    if (name.endsWith('_ticks')) return formatUsd(BigInt(value));
    if (isTime(name)) return times.format(Date.parse(value));
    return WORDS_OF_OURS.has(name) ? word(words, value) : printable(value);
  }
  return isJsonObject(value) ? formatObject(words, name, value) : formatList(format, name, value);
}

/** True for fields that hold a moment. */
export function isTime(name: string): boolean {
  return name === 'at' || name === 'valid_from' || name.endsWith('_at');
}

/** True for fields that are set against the right edge, so that their figures can be compared. */
export function isFigure(name: string): boolean {
  return /(?:_ticks|_ticks_per_token|_tokens|_ms|_status|^requests|_requests|^requests_per_\w+)$/.test(name);
}

function formatNumber(name: string, value: number): string {
  // Times of requests have fractions of a microsecond, of which nobody reads more than a tenth of a millisecond.
  if (name.endsWith('_bytes')) return `${(value / 1_000_000).toFixed(1)} MB`;
  return name.endsWith('_ms') ? value.toFixed(1) : String(value);
}

function emptyValue(words: Words, name: string): string {
  if (name === 'valid_from') return word(words, 'beginning');
  return /^(?:requests|tokens|spend)_/.test(name) ? word(words, 'unlimited') : word(words, 'null');
}

function formatList(format: ValueFormat, name: string, values: readonly JsonValue[]): string {
  // A list of records stands for itself in a table; as a fact it is a count.
  if (name === 'findings') return String(values.length);
  return values.length === 0
    ? word(format.words, 'null')
    : values.map((value) => formatValue(format, name, value)).join(', ');
}

function formatObject(words: Words, name: string, value: JsonObject): string {
  if (name === 'changes') return formatChange(words, value);
  const parts = Object.entries(value).flatMap(([key, part]) => {
    if (name === 'limits') return typeof part === 'number' ? [formatLimit(words, key, part)] : [];
    return key === part ? [printable(key)] : [`${printable(key)} → ${printable(String(part))}`];
  });
  return parts.length === 0 ? word(words, 'null') : parts.join(', ');
}

function formatLimit(words: Words, name: string, most: number): string {
  const phrases: Readonly<Record<string, (most: number) => string>> = words.limit;
  return phrases[name]?.(most) ?? `${name} ${most}`;
}

function word(words: Words, value: string): string {
  return (Object.hasOwn(words.values, value) ? words.values[value] : undefined) ?? printable(value);
}

/** One line of the log of changes: what it was and what it became. */
function formatChange(words: Words, { field, before, after }: JsonObject): string {
  const shown = (part: JsonValue | undefined) =>
    typeof part === 'string' ? printable(part) : word(words, 'null');
  return `${shown(field)}: ${before === null ? '' : `${shown(before)} → `}${shown(after)}`;
}
