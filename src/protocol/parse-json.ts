import { type JsonSurvey, type MemberPlace, surveyJson } from './scan-json.ts';

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
      /** Where the members of the text stand that was read; undefined where there are too many to remember. */
      readonly places: readonly MemberPlace[] | undefined;
    }
  | { readonly ok: false; readonly why: string };

/** Parses a JSON text. Every `__proto__` key is dropped, at any depth. */
export function parseJson(text: string): ParsedJson {
  const read = readJson(text);
  return read.ok ? withoutPrototypeKeys(read) : read;
}

/**
 * As `parseJson`, for a text that is passed on as well as read. It is refused where another reader may see
 * something else in it than was checked here: an object that names a member twice (the first counts for some,
 * the last for others) and half a surrogate pair (an error for some, a replacement character for others).
 */
export function parseUnambiguousJson(text: string): ParsedJson {
  const read = readJson(text);
  if (!read.ok) return read;
  if (read.survey.members !== membersOf(read.value))
    return refused('an object in it names the same member twice.');
  if (!isWellFormed(read.value))
    return refused('a string in it holds half a character, a surrogate without its partner.');
  return withoutPrototypeKeys(read);
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Members of one object whose places are remembered; no client's body comes near it. */
const PLACES_AT_MOST = 1_000;

interface Read {
  readonly ok: true;
  readonly value: JsonValue;
  readonly survey: JsonSurvey;
}

function readJson(text: string): Read | { ok: false; why: string } {
  const survey = surveyJson(text, MAXIMUM_DEPTH, PLACES_AT_MOST);
  if (survey === undefined) return refused(`it is nested deeper than ${MAXIMUM_DEPTH} levels.`);
  try {
    return { ok: true, value: JSON.parse(text) as JsonValue, survey };
  } catch {
    // The parser's own message may quote the text, and the text may be a prompt.
    return refused('the text is not valid JSON.');
  }
}

function refused(why: string): { ok: false; why: string } {
  return { ok: false, why };
}

function withoutPrototypeKeys({ value, survey: { mayNamePrototype, places } }: Read): ParsedJson {
  const altered = mayNamePrototype && dropPrototypeKeys(value);
  return { ok: true, value, altered, places };
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

/** Looks at the strings, not at the text: one of Latin letters is well-formed without a look into it. */
function isWellFormed(value: JsonValue): boolean {
  if (typeof value === 'string') return value.isWellFormed();
  if (typeof value !== 'object' || value === null) return true;
  if (Array.isArray(value)) {
    for (const child of value) if (!isWellFormed(child)) return false;
    return true;
  }
  for (const key in value) {
    if (!key.isWellFormed() || !isWellFormed(value[key] as JsonValue)) return false;
  }
  return true;
}

/** The value and everything in it that holds something, outer ones first. */
function* containersIn(value: JsonValue): Generator<JsonValue[] | JsonObject> {
  if (typeof value !== 'object' || value === null) return;
  yield value;
  for (const child of Array.isArray(value) ? value : Object.values(value)) yield* containersIn(child);
}
