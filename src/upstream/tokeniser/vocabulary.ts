/** Where a slot of the hash table, or a lookup, holds no token. */
export const NO_TOKEN = -1;

/**
 * The hash table's slots: a power of two with room for 200,000 tokens at a load below 0.4, so that a
 * look-up seldom probes twice.
 */
const TABLE_SLOTS = 1 << 19;

/**
 * A byte-pair vocabulary in flat arrays over shared memory: about 5 MB instead of the 100 MB that 200,000
 * strings in a map cost, and a worker thread reads the same copy.
 */
export interface Vocabulary {
  readonly tokenCount: number;
  /** The longest token, in bytes; a longer text is no token without looking. */
  readonly longestBytes: number;
  /** All tokens' bytes, one after the other by id. A token's id is also its merge rank. */
  readonly bytes: Uint8Array<SharedArrayBuffer>;
  /** Where each token's bytes begin; one more entry than there are tokens. */
  readonly starts: Uint32Array<SharedArrayBuffer>;
  /** Open addressing: the token in each slot, or `NO_TOKEN`. */
  readonly slots: Int32Array<SharedArrayBuffer>;
}

/**
 * Reads a file in tiktoken's format: a line per token, its bytes in base64, a space, its rank. Throws when
 * the ranks are not 0, 1, 2, … or one of the 256 single bytes is missing, because then not every text
 * could be encoded.
 */
export function readVocabulary(file: Uint8Array): Vocabulary {
  const lineCount = file.reduce((lines, byte) => lines + (byte === NEW_LINE ? 1 : 0), 1);
  const starts = new Uint32Array(new SharedArrayBuffer((lineCount + 1) * 4));
  // Four characters of base64 are three bytes, so this is never too small.
  const bytes = new Uint8Array(new SharedArrayBuffer(Math.ceil((file.length * 3) / 4)));
  let tokenCount = 0;
  let written = 0;
  let longestBytes = 0;
  let at = 0;
  while (at < file.length) {
    const start = written;
    let pending = 0;
    let pendingBits = 0;
    for (; at < file.length && file[at] !== SPACE; at += 1) {
      const sextet = SEXTETS[file[at] ?? 0] ?? NO_TOKEN;
      if (sextet === NO_TOKEN) continue;
      pending = ((pending << 6) | sextet) & 0xffff;
      pendingBits += 6;
      if (pendingBits >= 8) {
        pendingBits -= 8;
        bytes[written++] = (pending >> pendingBits) & 0xff;
      }
    }
    let rank = 0;
    for (at += 1; at < file.length && file[at] !== NEW_LINE; at += 1)
      rank = rank * 10 + (file[at] ?? 0) - ZERO;
    at += 1;
    if (rank !== tokenCount) throw new Error(`The vocabulary has rank ${rank} where ${tokenCount} is due.`);
    tokenCount += 1;
    starts[tokenCount] = written;
    longestBytes = Math.max(longestBytes, written - start);
  }
  const slots = fillSlots(bytes, starts, tokenCount);
  const vocabulary = { tokenCount, longestBytes, bytes, starts, slots };
  for (let byte = 0; byte < 256; byte += 1) {
    if (findToken(vocabulary, Uint8Array.of(byte), 0, 1) === NO_TOKEN) {
      throw new Error(`The vocabulary has no token for the byte ${byte}.`);
    }
  }
  return vocabulary;
}

/** The token whose bytes are `text[start..end)`, or `NO_TOKEN`. */
export function findToken(vocabulary: Vocabulary, text: Uint8Array, start: number, end: number): number {
  const { bytes, starts, slots, longestBytes } = vocabulary;
  const length = end - start;
  if (length > longestBytes) return NO_TOKEN;
  let slot = slotOf(text, start, end);
  for (;;) {
    const token = slots[slot] ?? NO_TOKEN;
    if (token === NO_TOKEN) return NO_TOKEN;
    const from = starts[token] ?? 0;
    if ((starts[token + 1] ?? 0) - from === length) {
      let same = 0;
      while (same < length && bytes[from + same] === text[start + same]) same += 1;
      if (same === length) return token;
    }
    slot = (slot + 1) & (TABLE_SLOTS - 1);
  }
}

/** A token's bytes, as a copy that is not shared. */
export function tokenBytes(vocabulary: Vocabulary, token: number): Uint8Array<ArrayBuffer> {
  return new Uint8Array(vocabulary.bytes.subarray(vocabulary.starts[token], vocabulary.starts[token + 1]));
}

const SPACE = 0x20;
const NEW_LINE = 0x0a;
const ZERO = 0x30;

const SEXTETS = new Int8Array(256).fill(NO_TOKEN);
for (const [sextet, character] of [
  ...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/',
].entries()) {
  SEXTETS[character.charCodeAt(0)] = sextet;
}

function fillSlots(bytes: Uint8Array, starts: Uint32Array, tokenCount: number) {
  if (tokenCount * 2 > TABLE_SLOTS) throw new Error(`The table has no room for ${tokenCount} tokens.`);
  const slots = new Int32Array(new SharedArrayBuffer(TABLE_SLOTS * 4)).fill(NO_TOKEN);
  for (let token = 0; token < tokenCount; token += 1) {
    let slot = slotOf(bytes, starts[token] ?? 0, starts[token + 1] ?? 0);
    while (slots[slot] !== NO_TOKEN) slot = (slot + 1) & (TABLE_SLOTS - 1);
    slots[slot] = token;
  }
  return slots;
}

/** FNV-1a with its high bits folded in, because the slot takes only the low ones. */
function slotOf(text: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let at = start; at < end; at += 1) hash = Math.imul(hash ^ (text[at] ?? 0), 0x01000193);
  return (hash ^ (hash >>> 15)) & (TABLE_SLOTS - 1);
}
