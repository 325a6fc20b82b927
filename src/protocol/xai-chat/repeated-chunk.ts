import { isJsonObject, type JsonObject } from '../parse-json.ts';
import { dataEvent } from '../server-sent-events/write-events.ts';
import { writtenText } from './response.ts';

/** Stands where the text of a chunk stands. It is in no chunk: one that held it is not learnt from. */
const MARK = '@turnpike-text@';

/** Text that means in JSON what it says: no quote, no escape, no control character. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids just these in a string.
const PLAIN = /^[^"\\\u0000-\u001f]+$/;

/** A longer chunk may have to be divided and goes the long way. */
const LONGEST_CHARACTERS = 16_000;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

const ENCODER = new TextEncoder();

/** Bytes that are no text go the long way, which says what becomes of them. */
const DECODER = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** A learnt chunk as the bytes of an event of its own. */
interface EventBytes {
  readonly head: Uint8Array;
  readonly tail: Uint8Array;
  readonly ownHead: Uint8Array;
  readonly ownTail: Uint8Array;
}

/**
 * Most chunks of a stream are the one before with another word in it. Once a chunk was read, checked and rewritten
 * the long way, the next ones that have its head and its tail, and plain text in between, are known to be chunks of
 * the same kind, and become our chunk by putting their text between our head and our tail. That saves parsing them:
 * most of what a chunk costs.
 */
export class RepeatedChunk {
  #head = '';
  #tail = '';
  #ownHead = '';
  #ownTail = '';
  #bytes: EventBytes | undefined;

  /** The chunk's text and the chunk as the caller gets it, if it only repeats; else undefined. */
  match(data: string): { readonly written: string; readonly text: string } | undefined {
    const head = this.#head;
    if (head === '' || data.length > LONGEST_CHARACTERS || !data.startsWith(head)) return undefined;
    const to = data.length - this.#tail.length;
    if (to <= head.length || !data.endsWith(this.#tail)) return undefined;
    const written = data.slice(head.length, to);
    if (!PLAIN.test(written)) return undefined;
    return { written, text: this.#ownHead + written + this.#ownTail };
  }

  /**
   * The same for a piece of a stream that is the event of one such chunk and nothing else, as most pieces are: its text,
   * and the caller's event. Nothing of it but the text becomes a string, which costs most where it is not English.
   */
  matchEvent(piece: Uint8Array): { readonly written: string; readonly event: Uint8Array } | undefined {
    if (this.#bytes === undefined || piece.length > LONGEST_CHARACTERS) return undefined;
    const { head, tail, ownHead, ownTail } = this.#bytes;
    const to = piece.length - tail.length;
    if (to <= head.length || !standsAt(piece, head, 0) || !standsAt(piece, tail, to)) return undefined;
    const text = piece.subarray(head.length, to);
    const written = isPlain(text) ? decode(text) : undefined;
    if (written === undefined) return undefined;
    const event = new Uint8Array(ownHead.length + text.length + ownTail.length);
    event.set(ownHead);
    event.set(text, ownHead.length);
    event.set(ownTail, ownHead.length + text.length);
    return { written, event };
  }

  /**
   * Learns from a chunk that was read the long way, if it is one choice's plain text and nothing else that counts.
   * `rewrite` makes the caller's chunk of an upstream's.
   */
  learn(data: string, value: JsonObject, rewrite: (data: string) => string): void {
    const content = contentOf(value);
    if (content === undefined || !PLAIN.test(content) || data.includes(MARK)) return;
    const literal = `"${content}"`;
    // The same text may stand elsewhere, as a name for one. The right place is the one that changes the content.
    for (let at = data.indexOf(literal); at >= 0; at = data.indexOf(literal, at + 1)) {
      const head = data.slice(0, at + 1);
      const tail = data.slice(at + literal.length - 1);
      if (!changesOnlyContent(value, head + MARK + tail)) continue;
      const [ownHead, ownTail, ...more] = rewrite(head + MARK + tail).split(MARK);
      if (ownHead === undefined || ownTail === undefined || more.length > 0) return;
      this.#head = head;
      this.#tail = tail;
      this.#ownHead = ownHead;
      this.#ownTail = ownTail;
      this.#bytes = eventBytes(head, tail, ownHead, ownTail);
      return;
    }
  }
}

function eventBytes(head: string, tail: string, ownHead: string, ownTail: string): EventBytes {
  const [eventHead = '', eventTail = ''] = dataEvent(MARK).split(MARK);
  return {
    head: ENCODER.encode(eventHead + head),
    tail: ENCODER.encode(tail + eventTail),
    ownHead: ENCODER.encode(eventHead + ownHead),
    ownTail: ENCODER.encode(ownTail + eventTail),
  };
}

function standsAt(piece: Uint8Array, part: Uint8Array, at: number): boolean {
  for (let index = 0; index < part.length; index += 1) if (piece[at + index] !== part[index]) return false;
  return true;
}

/** As `PLAIN` says it, in UTF-8. */
function isPlain(text: Uint8Array): boolean {
  for (const byte of text) if (byte < 0x20 || byte === QUOTE || byte === BACKSLASH) return false;
  return true;
}

function decode(text: Uint8Array): string | undefined {
  try {
    return DECODER.decode(text);
  } catch {
    return undefined;
  }
}

/** The text of a chunk that is one open choice's content and nothing else that was written, ended or counted. */
function contentOf(value: JsonObject): string | undefined {
  const choices = value.choices;
  if (!Array.isArray(choices) || choices.length !== 1) return undefined;
  const choice = choices[0];
  if (!isJsonObject(choice) || !isJsonObject(choice.delta) || isJsonObject(choice.usage)) return undefined;
  if (typeof choice.finish_reason === 'string' && choice.finish_reason !== '') return undefined;
  if (isJsonObject(value.usage) || isJsonObject(value.x_groq) || Array.isArray(choice.delta.tool_calls))
    return undefined;
  const content = choice.delta.content;
  return typeof content === 'string' && content === writtenText(choice.delta) ? content : undefined;
}

/** Whether the marked chunk is the same value with the mark as its content. */
function changesOnlyContent(value: JsonObject, marked: string): boolean {
  const [choice] = value.choices as [JsonObject];
  const expected = {
    ...value,
    choices: [{ ...choice, delta: { ...(choice.delta as JsonObject), content: MARK } }],
  };
  return JSON.stringify(JSON.parse(marked)) === JSON.stringify(expected);
}
