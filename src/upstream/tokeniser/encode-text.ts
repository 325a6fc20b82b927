import { O200K_TOKEN_SPLIT_REGEX } from 'gpt-tokenizer/encodingParams/constants';
import { createPieceMerger } from './merge-piece.ts';
import { findToken, NO_TOKEN, type Vocabulary } from './vocabulary.ts';

/**
 * A run without any break that is longer than this is encoded in windows, which bounds memory and time.
 * At each cut the count can differ from the reference by a token or two; no text that people write has
 * such a run.
 */
const WINDOW_CHARS = 16_384;
/** The most bytes that UTF-8 needs for one UTF-16 code unit. */
const BYTES_PER_CHAR = 3;

/** Turns text into tokens, on the thread it is called on. */
export interface Encoder {
  count(text: string): number;
  encode(text: string, emit: (token: number) => void): void;
}

/**
 * An encoder for plain text: what looks like a special token (`<|endoftext|>`) is text like any other, so
 * a caller cannot speak to the model's framing. Unpaired surrogates count as U+FFFD, as UTF-8 writes them.
 */
export function createEncoder(vocabulary: Vocabulary): Encoder {
  const piece = new Uint8Array(WINDOW_CHARS * BYTES_PER_CHAR);
  const mergePiece = createPieceMerger(vocabulary, piece.length);
  const utf8 = new TextEncoder();
  // Its own copy, because `lastIndex` is state.
  const split = new RegExp(O200K_TOKEN_SPLIT_REGEX.source, 'gu');

  function encodeWindow(window: string, emit?: (token: number) => void): number {
    const { written } = utf8.encodeInto(window, piece);
    const token = findToken(vocabulary, piece, 0, written);
    if (token === NO_TOKEN) return mergePiece(piece, written, emit);
    emit?.(token);
    return 1;
  }

  function encode(text: string, emit?: (token: number) => void): number {
    let count = 0;
    split.lastIndex = 0;
    const wellFormed = text.toWellFormed();
    for (let match = split.exec(wellFormed); match !== null; match = split.exec(wellFormed)) {
      const run = match[0];
      for (let at = 0; at < run.length; ) {
        let end = Math.min(at + WINDOW_CHARS, run.length);
        // Never cut a surrogate pair: its halves alone would be other bytes.
        if (end < run.length && (run.charCodeAt(end) & 0xfc00) === 0xdc00) end -= 1;
        count += encodeWindow(end - at === run.length ? run : run.slice(at, end), emit);
        at = end;
      }
    }
    return count;
  }

  return { count: (text) => encode(text), encode };
}
