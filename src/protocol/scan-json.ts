/**
 * Walking over a JSON text without building its value. Nothing is checked here: on a text that is not JSON the answer
 * is something, but it always comes, after one pass.
 */
const QUOTE = 0x22;
const COLON = 0x3a;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;

/** The position of the next character that is not white space. */
function skipSpace(text: string, from: number): number {
  let at = from;
  while (isSpace(text.charCodeAt(at))) at += 1;
  return at;
}

/** The position after the last character before `to` that is not white space. */
function spaceBefore(text: string, to: number): number {
  let at = to;
  while (isSpace(text.charCodeAt(at - 1))) at -= 1;
  return at;
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}

/** The position after a string's closing quote; `from` is its opening one. Jumps, since strings may be megabytes. */
function stringEnd(text: string, from: number): number {
  let quote = text.indexOf('"', from + 1);
  while (quote >= 0) {
    let backslashes = 0;
    while (text.charCodeAt(quote - 1 - backslashes) === BACKSLASH) backslashes += 1;
    if (backslashes % 2 === 0) return quote + 1;
    quote = text.indexOf('"', quote + 1);
  }
  return text.length;
}

/** Where a member of an object stands in the text. */
export interface MemberPlace {
  /** Position of the key's opening quote, and the one after its closing quote. */
  readonly start: number;
  readonly keyEnd: number;
  readonly valueStart: number;
  /** Position after the value's last character. */
  readonly valueEnd: number;
}

/** What can be known of a JSON text by walking over it once. */
export interface JsonSurvey {
  /** Of all its objects together. */
  readonly members: number;
  /**
   * Of the outermost object, in order; one that stands there twice is listed twice. Empty for what is no object, and
   * undefined where there are more than was asked for.
   */
  readonly places: readonly MemberPlace[] | undefined;
  /** False: no member of any object is called `__proto__`, however that is spelled. */
  readonly mayNamePrototype: boolean;
}

/**
 * Walks over a text before it is parsed. Undefined as soon as it is nested deeper than `maximumDepth`: a parser builds
 * ten million brackets for seconds before anybody could look at the value. No more than `placesAtMost` are listed, since
 * a body has room for millions of members.
 */
export function surveyJson(
  text: string,
  maximumDepth: number,
  placesAtMost = Number.POSITIVE_INFINITY,
): JsonSurvey | undefined {
  let places: MemberPlace[] | undefined = [];
  let members = 0;
  let depth = 0;
  let mayNamePrototype = false;
  // The last string, which a colon makes a key.
  let stringStart = 0;
  let stringEndsAt = 0;
  // The outermost member whose value is being passed over; none where `start` is negative.
  let start = -1;
  let keyEnd = 0;
  let valueStart = 0;
  const endMember = (at: number) => {
    if (start >= 0) places?.push({ start, keyEnd, valueStart, valueEnd: spaceBefore(text, at) });
    if (places !== undefined && places.length > placesAtMost) places = undefined;
    start = -1;
  };
  for (let at = 0; at < text.length; ) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      stringStart = at;
      at = stringEnd(text, at);
      stringEndsAt = at;
      continue;
    }
    if (code === COLON) {
      members += 1;
      mayNamePrototype ||= maySpellPrototype(text, stringStart, stringEndsAt);
      if (depth === 1) {
        start = stringStart;
        keyEnd = stringEndsAt;
        valueStart = skipSpace(text, at + 1);
      }
    } else if (isOpening(code)) {
      depth += 1;
      if (depth > maximumDepth) return undefined;
    } else if (isClosing(code)) {
      if (depth === 1) endMember(at);
      depth -= 1;
    } else if (code === COMMA && depth === 1) endMember(at);
    at += 1;
  }
  return { members, places, mayNamePrototype };
}

const PROTOTYPE = '"__proto__"';
/** Each of its letters may be spelled as an escape of six characters, from \u005f to \u0074. */
const LONGEST_PROTOTYPE = 2 + 9 * 6;

function maySpellPrototype(text: string, start: number, end: number): boolean {
  const length = end - start;
  if (length < PROTOTYPE.length || length > LONGEST_PROTOTYPE) return false;
  return text.startsWith(PROTOTYPE, start) || text.slice(start, end).includes('\\u00');
}

function isOpening(code: number): boolean {
  return code === 0x7b || code === 0x5b;
}

function isClosing(code: number): boolean {
  return code === 0x7d || code === 0x5d;
}
