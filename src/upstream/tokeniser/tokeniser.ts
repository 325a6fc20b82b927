import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import type { Token } from '../upstream.ts';
import { createEncodeQueue, type EncodeFailure } from './encode-queue.ts';
import { createEncoder, type Encoder } from './encode-text.ts';
import { loadVocabulary } from './load-vocabulary.ts';
import { tokenBytes, type Vocabulary } from './vocabulary.ts';

/**
 * Texts up to this many UTF-16 code units are encoded where they are asked for: at worst a few milliseconds,
 * less than a trip to the worker costs under load. Longer ones go to the worker.
 */
export const SYNC_TEXT_MAX_CHARS = 8_192;
/** The longest text whose tokens are listed one by one: each becomes an object of about 100 bytes. */
const LISTED_TEXT_MAX_CHARS = 1024 * 1024;
/** Tokens listed in one turn of the event loop. */
const TOKENS_PER_TURN = 4_096;

/** How many tokens a text has. When `exact` is false it is a bound from above: no text has more tokens than bytes. */
export interface TokenCount {
  readonly tokens: number;
  readonly exact: boolean;
}

/** Why the tokens of a text could not be listed. */
export class TokeniserError extends Error {
  override readonly name = 'TokeniserError';
  readonly reason: EncodeFailure | 'too-long';

  constructor(reason: TokeniserError['reason']) {
    super(`The tokeniser gave no tokens: ${reason}.`);
    this.reason = reason;
  }
}

/**
 * Counts and lists tokens by the o200k_base vocabulary. Special tokens written out in a text are plain text.
 * The first use reads the vocabulary (about 0.1 s); `countSync('')` at start takes that out of the first call.
 */
export interface Tokeniser {
  readonly name: 'o200k_base';
  /**
   * The tokens of a text, or of several texts together. Never rejects: under overload or past the deadline
   * the answer is the byte length, and not exact.
   */
  count(text: string | readonly string[]): Promise<TokenCount>;
  /** Lists the tokens. Rejects with `TokeniserError` and nothing else. */
  tokens(text: string): Promise<Token[]>;
  /** Counts a text of at most `SYNC_TEXT_MAX_CHARS`, on the calling thread; throws a `RangeError` above. */
  countSync(text: string): number;
  /** Lists the tokens of a text of at most `SYNC_TEXT_MAX_CHARS`; throws a `RangeError` above. */
  tokensSync(text: string): Token[];
  /** Stops the worker thread. Later counts of long texts are inexact, listings are refused. */
  close(): void;
}

export interface TokeniserOptions {
  readonly clock: Clock;
  /** Hears when a count had to be a bound, and why. */
  readonly log?: Log;
  /**
   * Where the worker's module is. Only a single-file executable must say so: in there it is an entry point of
   * its own, named from the root of all entry points.
   */
  readonly workerUrl?: URL | string;
}

/** Makes a tokeniser. Nothing is loaded and no thread started before it is needed. */
export function createTokeniser({ clock, log, workerUrl }: TokeniserOptions): Tokeniser {
  let vocabulary: Vocabulary | undefined;
  let encoder: Encoder | undefined;
  const queue = createEncodeQueue(
    ownVocabulary,
    clock,
    workerUrl ?? new URL('./encode-worker.ts', import.meta.url),
  );

  function ownVocabulary(): Vocabulary {
    vocabulary ??= loadVocabulary();
    return vocabulary;
  }

  function ownEncoder(): Encoder {
    encoder ??= createEncoder(ownVocabulary());
    return encoder;
  }

  function assertShort(text: string) {
    if (text.length <= SYNC_TEXT_MAX_CHARS) return;
    throw new RangeError(`A text of ${text.length} characters is too long to be encoded at once.`);
  }

  async function count(text: string | readonly string[]): Promise<TokenCount> {
    const texts = typeof text === 'string' ? [text] : text;
    const chars = texts.reduce((total, each) => total + each.length, 0);
    if (chars <= SYNC_TEXT_MAX_CHARS) {
      const tokens = texts.reduce((total, each) => total + ownEncoder().count(each), 0);
      return { tokens, exact: true };
    }
    const answer = await queue.run({ texts, want: 'count' });
    if (typeof answer !== 'string') return { tokens: answer.count, exact: true };
    log?.warn('tokens-not-counted', { reason: answer, chars });
    return { tokens: texts.reduce((total, each) => total + Buffer.byteLength(each), 0), exact: false };
  }

  return {
    name: 'o200k_base',
    count,
    async tokens(text) {
      if (text.length > LISTED_TEXT_MAX_CHARS) throw new TokeniserError('too-long');
      if (text.length <= SYNC_TEXT_MAX_CHARS) return listTokens(ownVocabulary(), ownEncoder(), text);
      const answer = await queue.run({ texts: [text], want: 'tokens' });
      if (typeof answer === 'string') throw new TokeniserError(answer);
      const tokens: Token[] = [];
      for (const id of answer.tokens) {
        if (tokens.length % TOKENS_PER_TURN === TOKENS_PER_TURN - 1) await nextTurn();
        tokens.push(describeToken(ownVocabulary(), id));
      }
      return tokens;
    },
    countSync(text) {
      assertShort(text);
      return ownEncoder().count(text);
    },
    tokensSync(text) {
      assertShort(text);
      return listTokens(ownVocabulary(), ownEncoder(), text);
    },
    close: () => queue.close(),
  };
}

function listTokens(vocabulary: Vocabulary, encoder: Encoder, text: string): Token[] {
  const tokens: Token[] = [];
  encoder.encode(text, (id) => tokens.push(describeToken(vocabulary, id)));
  return tokens;
}

// A byte-order mark inside a text is a character of it, so it must not vanish here.
const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

function describeToken(vocabulary: Vocabulary, id: number): Token {
  const bytes = tokenBytes(vocabulary, id);
  return { id, text: utf8.decode(bytes), bytes: Array.from(bytes) };
}
