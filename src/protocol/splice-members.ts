import type { JsonObject } from './parse-json.ts';
import { skipSpace, skipValue, spaceBefore, stringEnd } from './scan-json.ts';

/**
 * Changing a few top-level members of a JSON object without touching any other byte of it. What passes through
 * the gateway stays as its sender wrote it: number spellings, unknown fields, spaces and order.
 *
 * The text must be valid JSON and an object; all callers have parsed it before.
 */
export interface Member {
  readonly key: string;
  /** Position of the key's opening quote. */
  readonly start: number;
  readonly valueStart: number;
  /** Position after the value's last character. */
  readonly valueEnd: number;
}

/** The object's own members in order; a key that stands there twice is listed twice. */
export function topLevelMembers(text: string): Member[] {
  const members: Member[] = [];
  let at = skipSpace(text, text.indexOf('{') + 1);
  while (text.charAt(at) === '"') {
    const start = at;
    const keyEnd = stringEnd(text, at);
    const raw = text.slice(start + 1, keyEnd - 1);
    const key = raw.includes('\\') ? (JSON.parse(`"${raw}"`) as string) : raw;
    const valueStart = skipSpace(text, text.indexOf(':', keyEnd) + 1);
    const valueEnd = skipValue(text, valueStart);
    members.push({ key, start, valueStart, valueEnd });
    at = skipSpace(text, valueEnd);
    if (text.charAt(at) === ',') at = skipSpace(text, at + 1);
  }
  return members;
}

/** To be set to a JSON text, or removed. */
type MemberChanges = Readonly<Record<string, string | null>>;

/**
 * The text with members set (to a JSON text) or removed (`null`). A key that stands there twice is set at its
 * first place and removed from the others, because readers disagree on which one counts. New members come last.
 *
 * Whoever has the text's `value` at hand passes it: nearly always the members are then found without walking over all
 * of the text.
 */
export function spliceMembers(text: string, changes: MemberChanges, value?: object): string {
  return (value && spliceRareNames(text, changes, value)) ?? spliceWalking(text, changes);
}

/** Letters and digits, which a JSON text cannot spell in another way than by `\u`. */
const PLAIN_NAME = /^\w+$/;

/**
 * As `spliceMembers`, where each name to be set stands in the text once and so can only be the member's own. Undefined
 * where it takes a walk to tell: names that come more often, escapes, and members to be removed.
 */
function spliceRareNames(text: string, changes: MemberChanges, value: object): string | undefined {
  if (text.includes('\\u')) return undefined;
  const places: { readonly start: number; readonly end: number; readonly change: string }[] = [];
  let added = '';
  for (const name in changes) {
    const change = changes[name] as string | null;
    const isThere = Object.hasOwn(value, name);
    if (!isThere && change === null) continue;
    if (change === null || !PLAIN_NAME.test(name)) return undefined;
    if (!isThere) {
      added += `,"${name}":${change}`;
      continue;
    }
    const key = `"${name}"`;
    const at = text.indexOf(key);
    if (at < 0 || text.indexOf(key, at + 1) >= 0) return undefined;
    const start = skipSpace(text, text.indexOf(':', at + key.length) + 1);
    places.push({ start, end: skipValue(text, start), change });
  }
  // Without any member there is nothing for a comma to stand behind.
  if (added !== '' && Object.keys(value).length === 0) return undefined;
  places.sort((one, other) => one.start - other.start);
  let spliced = '';
  let copiedTo = 0;
  for (const { start, end, change } of places) {
    spliced += text.slice(copiedTo, start) + change;
    copiedTo = end;
  }
  if (added === '') return spliced + text.slice(copiedTo);
  const end = spaceBefore(text, text.lastIndexOf('}'));
  return spliced + text.slice(copiedTo, end) + added + text.slice(end);
}

function spliceWalking(text: string, changes: MemberChanges): string {
  const members = topLevelMembers(text);
  /** Keys of changes that had a place in the text. */
  const done: string[] = [];
  let spliced = '';
  let copiedTo = 0;
  let kept = 0;
  let endOfPrevious = 0;
  for (let index = 0; index < members.length; index += 1) {
    const { key, start, valueStart, valueEnd } = members[index] as Member;
    const value = Object.hasOwn(changes, key) ? changes[key] : undefined;
    if (value === undefined) {
      kept += 1;
    } else if (value !== null && !done.includes(key)) {
      spliced += text.slice(copiedTo, valueStart) + value;
      copiedTo = valueEnd;
      kept += 1;
      done.push(key);
    } else {
      // One comma goes with it: the one before it, or for the first member the one after it.
      spliced += text.slice(copiedTo, kept > 0 ? endOfPrevious : start);
      copiedTo = kept > 0 ? valueEnd : (members[index + 1]?.start ?? valueEnd);
    }
    endOfPrevious = valueEnd;
  }
  const end = members.length > 0 ? endOfPrevious : text.indexOf('{') + 1;
  spliced += text.slice(copiedTo, end);
  for (const key in changes) {
    if (changes[key] === null || done.includes(key)) continue;
    spliced += `${kept > 0 ? ',' : ''}${JSON.stringify(key)}:${changes[key]}`;
    kept += 1;
  }
  return spliced + text.slice(end);
}

/** The text with those members of another object's text that it does not have. */
export function addMissingMembers(text: string, other: string): string {
  const own = new Set(topLevelMembers(text).map(({ key }) => key));
  // Without a prototype, so that a member named `__proto__` is one like any other.
  const missing: Record<string, string> = Object.create(null);
  for (const { key, valueStart, valueEnd } of topLevelMembers(other))
    if (!own.has(key)) missing[key] = other.slice(valueStart, valueEnd);
  return spliceMembers(text, missing);
}

/**
 * The text of an object that was changed after it was parsed from it: top-level members that changed are written
 * anew, the others stay as their sender wrote them.
 */
export function rewriteChangedMembers(text: string, value: JsonObject): string {
  // Without a prototype, so that a member named `__proto__` is one like any other.
  const changes: Record<string, string | null> = Object.create(null);
  for (const { key, valueStart, valueEnd } of topLevelMembers(text)) {
    const after = Object.hasOwn(value, key) ? JSON.stringify(value[key]) : null;
    if (after !== JSON.stringify(JSON.parse(text.slice(valueStart, valueEnd)))) changes[key] = after;
  }
  return spliceMembers(text, changes);
}
