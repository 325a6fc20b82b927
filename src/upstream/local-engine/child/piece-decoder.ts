import type { LlamaModel } from './llama-binding.ts';

/** A character of UTF-8 has at most four bytes, hence four tokens; a few more joined ones are waited for. */
const TOKENS_HELD_AT_MOST = 8;

/** What comes before a token can decide whether it begins with a space. */
const TOKENS_BEFORE = 4;

/** Text out of tokens as they come; tokens that end within a character wait for its rest. */
export class PieceDecoder {
  readonly #model: Pick<LlamaModel, 'detokenize'>;
  readonly #before: number[] = [];
  #held: number[] = [];

  constructor(model: Pick<LlamaModel, 'detokenize'>) {
    this.#model = model;
  }

  push(token: number): string {
    this.#held.push(token);
    const text = this.#read();
    if (text.endsWith('\uFFFD') && this.#held.length < TOKENS_HELD_AT_MOST) return '';
    this.#before.push(...this.#held);
    this.#before.splice(0, Math.max(0, this.#before.length - TOKENS_BEFORE));
    this.#held = [];
    return text;
  }

  /** What is held back, broken as it is. */
  end(): string {
    const text = this.#held.length === 0 ? '' : this.#read();
    this.#held = [];
    return text;
  }

  #read(): string {
    return this.#model.detokenize(this.#held, false, this.#before);
  }
}
