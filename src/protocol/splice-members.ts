import type { JsonObject } from './parse-json.ts';
import { type MemberPlace, surveyJson } from './scan-json.ts';

/**
 * Changing a few top-level members of a JSON object without touching any other byte of it. What passes through
 * the gateway stays as its sender wrote it: number spellings, unknown fields, spaces and order.
 *
 * The text must be valid JSON and an object; all callers have parsed it before.
 */
export interface Member extends MemberPlace {
  readonly key: string;
}

/** The object's own members in order; a key that stands there twice is listed twice. */
export function topLevelMembers(text: string): Member[] {
  return placesIn(text).map((place) => ({ ...place, key: keyAt(text, place) }));
}

function placesIn(text: string): readonly MemberPlace[] {
  return surveyJson(text, Number.POSITIVE_INFINITY)?.places ?? [];
}

function keyAt(text: string, { start, keyEnd }: MemberPlace): string {
  const raw = text.slice(start + 1, keyEnd - 1);
  return raw.includes('\\') ? (JSON.parse(`"${raw}"`) as string) : raw;
}

/** To be set to a JSON text, or removed. */
type MemberChanges = Readonly<Record<string, string | null>>;

/**
 * The text with members set (to a JSON text) or removed (`null`). A key that stands there twice is set at its
 * first place and removed from the others, because readers disagree on which one counts. New members come last.
 *
 * Whoever has parsed the text knows the `places` of its members; else they are looked for.
 */
export function spliceMembers(text: string, changes: MemberChanges, places = placesIn(text)): string {
  /** Keys of changes that had a place in the text. */
  const done: string[] = [];
  let spliced = '';
  let copiedTo = 0;
  let kept = 0;
  let endOfPrevious = 0;
  for (let index = 0; index < places.length; index += 1) {
    const place = places[index] as MemberPlace;
    const { start, valueStart, valueEnd } = place;
    const key = keyAt(text, place);
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
      copiedTo = kept > 0 ? valueEnd : (places[index + 1]?.start ?? valueEnd);
    }
    endOfPrevious = valueEnd;
  }
  const end = places.length > 0 ? endOfPrevious : text.indexOf('{') + 1;
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
