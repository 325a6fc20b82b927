import { countMembers } from './scan-json.ts';

/** Reading JSON that a stranger wrote: bounded in depth, and without the keys that reach into prototypes. */

export type JsonValue = null | boolean | number | string | JsonValue[] | JsonObject;
export interface JsonObject {
  [key: string]: JsonValue;
}

/** Deeper than any tool schema, and shallow enough that no recursive reader of the value can run out of stack. */
export const MAXIMUM_DEPTH = 128;

export type ParsedJson =
  | {
      readonly ok: true;
      readonly value: JsonValue;
      /** True when something was taken out, so that the text is no longer what was read. */
      readonly altered: boolean;
    }
  | { readonly ok: false; readonly why: string };

/** Parses a JSON text. Every `__proto__` key is dropped, at any depth. */
export function parseJson(text: string): ParsedJson {
  const read = readJson(text);
  return read.ok ? withoutPrototypeKeys(text, read.value) : read;
}

/**
 * As `parseJson`, for a text that is passed on as well as read. It is refused where another reader may see
 * something else in it than was checked here: an object that names a member twice (the first counts for some,
 * the last for others) and half a surrogate pair (an error for some, a replacement character for others).
 */
export function parseUnambiguousJson(text: string): ParsedJson {
  const read = readJson(text);
  if (!read.ok) return read;
  if (read.members !== membersOf(read.value)) return refused('an object in it names the same member twice.');
  if (!isWellFormed(text, read.value))
    return refused('a string in it holds half a character, a surrogate without its partner.');
  return withoutPrototypeKeys(text, read.value);
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function readJson(
  text: string,
): { ok: true; value: JsonValue; members: number } | { ok: false; why: string } {
  const members = countMembers(text, MAXIMUM_DEPTH);
  if (members === undefined) return refused(`it is nested deeper than ${MAXIMUM_DEPTH} levels.`);
  try {
    return { ok: true, value: JSON.parse(text) as JsonValue, members };
  } catch {
    // The parser's own message may quote the text, and the text may be a prompt.
    return refused('the text is not valid JSON.');
  }
}

function refused(why: string): { ok: false; why: string } {
  return { ok: false, why };
}

function withoutPrototypeKeys(text: string, value: JsonValue): ParsedJson {
  // Most texts do not hold the name. Each of its letters may be spelled as an escape, from \u005f to \u0074.
  const mayHoldName = text.includes('__proto__') || (text.includes('\\u00') && /\\u00[567]/.test(text));
  return { ok: true, value, altered: mayHoldName && dropPrototypeKeys(value) };
}

function dropPrototypeKeys(value: JsonValue): boolean {
  let dropped = false;
  for (const container of containersIn(value)) {
    if (!Object.hasOwn(container, '__proto__')) continue;
    Reflect.deleteProperty(container, '__proto__');
    dropped = true;
  }
  return dropped;
}

/** Counts without building lists or generators, because every body is counted. */
function membersOf(value: JsonValue): number {
  if (typeof value !== 'object' || value === null) return 0;
  let members = 0;
  if (Array.isArray(value)) {
    for (const child of value) members += membersOf(child);
    return members;
  }
  for (const key in value) members += 1 + membersOf(value[key] as JsonValue);
  return members;
}

function isWellFormed(text: string, value: JsonValue): boolean {
  if (!text.isWellFormed()) return false;
  // What is left to hide half a pair is an escape, and most texts have none of these.
  if (!text.includes('\\u') || !/\\ud[89a-f]/i.test(text)) return true;
  if (typeof value === 'string') return value.isWellFormed();
  for (const container of containersIn(value)) {
    for (const [key, child] of Object.entries(container)) {
      if (!key.isWellFormed() || (typeof child === 'string' && !child.isWellFormed())) return false;
    }
  }
  return true;
}

/** The value and everything in it that holds something, outer ones first. */
function* containersIn(value: JsonValue): Generator<JsonValue[] | JsonObject> {
  if (typeof value !== 'object' || value === null) return;
  yield value;
  for (const child of Array.isArray(value) ? value : Object.values(value)) yield* containersIn(child);
}
