/**
 * The worker thread behind `encode-queue.ts`. Its first message is the vocabulary (shared, not copied), each
 * later one a job; it does one at a time and answers each with one message.
 */
import { createEncoder, type Encoder } from './encode-text.ts';
import type { Vocabulary } from './vocabulary.ts';

/** What the worker is asked: the tokens of all texts, or only how many they are together. */
export interface EncodeJob {
  readonly texts: readonly string[];
  readonly want: 'count' | 'tokens';
}

export type WorkerMessage = { readonly vocabulary: Vocabulary } | { readonly job: EncodeJob };

export interface EncodeAnswer {
  readonly count: number;
  /** Token ids, in order; empty when only the count was wanted. */
  readonly tokens: Uint32Array<ArrayBuffer>;
}

declare const self: Worker;

let encoder: Encoder | undefined;

self.onmessage = ({ data }: MessageEvent<WorkerMessage>) => {
  if ('vocabulary' in data) {
    encoder = createEncoder(data.vocabulary);
    return;
  }
  if (encoder === undefined) throw new Error('A job came before the vocabulary.');
  const { texts, want } = data.job;
  let count = 0;
  let tokens = new Uint32Array(0);
  if (want === 'count') {
    for (const text of texts) count += encoder.count(text);
  } else {
    tokens = new Uint32Array(texts.reduce((total, text) => total + Buffer.byteLength(text), 0));
    for (const text of texts) {
      encoder.encode(text, (token) => {
        tokens[count] = token;
        count += 1;
      });
    }
    tokens = tokens.slice(0, count);
  }
  const answer: EncodeAnswer = { count, tokens };
  self.postMessage(answer, [tokens.buffer]);
};
