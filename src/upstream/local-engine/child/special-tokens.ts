import type { LlamaModel } from './llama-binding.ts';

/**
 * The texts of a vocabulary's control tokens, such as `<|im_end|>`. A prompt's template must become these tokens,
 * but the same characters in a message must not: else a message could end its own turn and speak as the system.
 */
export class SpecialTokens {
  readonly #texts = new Set<string>();
  /** The lengths that occur, longest first, so that the longest text wins. */
  readonly #lengths: readonly number[];
  readonly #firstCharacters = new Set<string>();

  constructor(model: Pick<LlamaModel, 'iterateAllTokens' | 'isSpecialToken' | 'detokenize'>) {
    for (const token of model.iterateAllTokens()) {
      if (!model.isSpecialToken(token)) continue;
      const text = model.detokenize([token], true);
      if (text.trim() === '') continue;
      this.#texts.add(text);
      this.#firstCharacters.add(text.charAt(0));
    }
    this.#lengths = [...new Set([...this.#texts].map((text) => text.length))].sort(
      (left, right) => right - left,
    );
  }

  /** Replaces each control text in `text` by what `replace` gives for it. */
  replaceIn(text: string, replace: (special: string) => string): string {
    let result = '';
    let copiedTo = 0;
    let at = 0;
    while (at < text.length) {
      const special = this.#firstCharacters.has(text.charAt(at)) ? this.#textAt(text, at) : undefined;
      if (special === undefined) {
        at += 1;
        continue;
      }
      result += text.slice(copiedTo, at) + replace(special);
      at += special.length;
      copiedTo = at;
    }
    return result + text.slice(copiedTo);
  }

  #textAt(text: string, at: number): string | undefined {
    for (const length of this.#lengths) {
      const candidate = text.slice(at, at + length);
      if (this.#texts.has(candidate)) return candidate;
    }
    return undefined;
  }
}
