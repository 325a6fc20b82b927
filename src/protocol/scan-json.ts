/**
 * Walking over a JSON text without building its value. These functions look for the ends of things and check
 * nothing: on a text that is not JSON they answer something, but they always come to an end, in one pass.
 */
const QUOTE = 0x22;
const COLON = 0x3a;
const BACKSLASH = 0x5c;

/** The position of the next character that is not white space. */
export function skipSpace(text: string, from: number): number {
  let at = from;
  while (isSpace(text.charCodeAt(at))) at += 1;
  return at;
}

/** The position after the last character before `to` that is not white space. */
export function spaceBefore(text: string, to: number): number {
  let at = to;
  while (isSpace(text.charCodeAt(at - 1))) at -= 1;
  return at;
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}

/** The position after a string's closing quote; `from` is its opening one. Jumps, since strings may be megabytes. */
export function stringEnd(text: string, from: number): number {
  let quote = text.indexOf('"', from + 1);
  while (quote >= 0) {
    let backslashes = 0;
    while (text.charCodeAt(quote - 1 - backslashes) === BACKSLASH) backslashes += 1;
    if (backslashes % 2 === 0) return quote + 1;
    quote = text.indexOf('"', quote + 1);
  }
  return text.length;
}

/**
 * How many members the objects in a text have, all together. Undefined as soon as it is nested deeper than
 * `maximumDepth`: a parser builds ten million brackets for seconds before anybody could look at the value.
 */
export function countMembers(text: string, maximumDepth: number): number | undefined {
  let members = 0;
  let depth = 0;
  for (let at = 0; at < text.length; ) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      at = stringEnd(text, at);
      continue;
    }
    if (code === COLON) members += 1;
    else if (isOpening(code)) {
      depth += 1;
      if (depth > maximumDepth) return undefined;
    } else if (isClosing(code)) depth -= 1;
    at += 1;
  }
  return members;
}

/** The position after the value that begins at `from`. */
export function skipValue(text: string, from: number): number {
  const first = text.charCodeAt(from);
  if (first === QUOTE) return stringEnd(text, from);
  const isNested = isOpening(first);
  let depth = 0;
  for (let at = from; at < text.length; ) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      at = stringEnd(text, at);
      continue;
    }
    // A bare number or word ends before what follows it.
    if (!isNested && (code === 0x2c || isClosing(code) || isSpace(code))) return at;
    if (isOpening(code)) depth += 1;
    else if (isClosing(code)) {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
    at += 1;
  }
  return text.length;
}

function isOpening(code: number): boolean {
  return code === 0x7b || code === 0x5b;
}

function isClosing(code: number): boolean {
  return code === 0x7d || code === 0x5d;
}
