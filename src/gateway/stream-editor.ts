import type { JsonObject } from '../protocol/parse-json.ts';
import { dataEvent } from '../protocol/server-sent-events/write-events.ts';
import { addMissingMembers } from '../protocol/splice-members.ts';
import { RepeatedChunk } from '../protocol/xai-chat/repeated-chunk.ts';
import {
  type ChunkIdentity,
  makeStreamChunk,
  rewriteStreamChunk,
  type StreamChunk,
  splitLongChunk,
} from '../protocol/xai-chat/stream.ts';
import { ChoiceEnds } from './choice-ends.ts';

/** What an editor knows of its answer. */
export interface EditorOptions {
  readonly identity: ChunkIdentity;
  readonly createdSeconds: number;
  /** How many choices were asked for. */
  readonly choices: number;
  /** The caller wants the usage in a chunk of its own. */
  readonly includeUsage: boolean;
}

/**
 * Writes what the reader gets of an upstream's chunks: the upstream's own text with our id and model in it, and one
 * usage figure, ours, at the end. The chunk that ends a choice is kept back, because the figure goes on the last.
 */
export class StreamEditor {
  readonly #identity: ChunkIdentity;
  readonly #includeUsage: boolean;
  readonly #ends: ChoiceEnds;
  readonly #repeated = new RepeatedChunk();
  #createdSeconds: number;
  /** The chunk that ended a choice last, as the reader will get it. */
  #keptBack: string | undefined;
  /** The upstream's own usage chunk. It may say more than the usage: citations, for one. */
  #usageChunk: string | undefined;

  constructor({ identity, createdSeconds, choices, includeUsage }: EditorOptions) {
    this.#identity = identity;
    this.#createdSeconds = createdSeconds;
    this.#includeUsage = includeUsage;
    this.#ends = new ChoiceEnds(choices);
  }

  /** Every choice that was asked for has ended; only the end of the stream is missing. */
  get isFinished(): boolean {
    return this.#ends.haveAllEnded;
  }

  /**
   * The event that a chunk becomes which only repeats one before with other words, and these words. Undefined for any
   * other chunk: it is to be read and taken.
   */
  repeat(data: string): { readonly written: string; readonly text: string } | undefined {
    return this.#keptBack === undefined ? this.#repeated.match(data) : undefined;
  }

  /** The same for a piece of the stream that is one such event. */
  repeatEvent(piece: Uint8Array): { readonly written: string; readonly event: Uint8Array } | undefined {
    return this.#keptBack === undefined ? this.#repeated.matchEvent(piece) : undefined;
  }

  /** The events that a chunk becomes; empty for one that only carries figures. */
  take(chunk: StreamChunk & { kind: 'chunk' }): string {
    if (chunk.isUsageOnly) {
      if (chunk.usage !== undefined) this.#usageChunk = chunk.text;
      return '';
    }
    if (typeof chunk.value.created === 'number') this.#createdSeconds = chunk.value.created;
    this.#ends.note(chunk.value);
    if (chunk.usage === undefined) {
      this.#repeated.learn(chunk.text, chunk.value, (text) => rewriteStreamChunk(text, this.#identity));
    }
    const pieces = splitLongChunk(chunk.text, chunk.value).map((piece) =>
      rewriteStreamChunk(piece, this.#identity),
    );
    // Some upstreams send an empty chunk after the finish. The finish stays the last, because clients stop there.
    if (!chunk.finishes && chunk.written === '') return pieces.map(dataEvent).join('');
    const before = this.rest();
    if (chunk.finishes) this.#keptBack = pieces.pop();
    return before + pieces.map(dataEvent).join('');
  }

  /** What was kept back. */
  rest(): string {
    const kept = this.#keptBack;
    this.#keptBack = undefined;
    return kept === undefined ? '' : dataEvent(kept);
  }

  /** The end of a whole answer. Choices that did not say why they ended are ended with `reason`. */
  end(usage: JsonObject, reason: 'stop' | 'length'): string {
    const missing = this.#ends.missing(reason);
    const before = missing.length > 0 ? this.rest() : '';
    const last =
      missing.length > 0 ? makeStreamChunk(this.#identity, this.#createdSeconds, missing) : this.#keptBack;
    if (last !== undefined && !this.#includeUsage) {
      const whole = this.#usageChunk === undefined ? last : addMissingMembers(last, this.#usageChunk);
      return before + dataEvent(rewriteStreamChunk(whole, this.#identity, usage));
    }
    const usageChunk = this.#usageChunk ?? makeStreamChunk(this.#identity, this.#createdSeconds, []);
    return (
      before +
      (last === undefined ? '' : dataEvent(last)) +
      dataEvent(rewriteStreamChunk(usageChunk, this.#identity, usage))
    );
  }

  /** The end of an answer that the credit did not reach for: one chunk ends what is open and carries the usage. */
  cut(usage: JsonObject): string {
    const missing = this.#ends.missing('length');
    return this.rest() + dataEvent(makeStreamChunk(this.#identity, this.#createdSeconds, missing, usage));
  }
}
