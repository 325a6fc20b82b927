import { MAXIMUM_TOKENS, type TokenUsage } from '../domain/usage.ts';
import type { TextTokeniser } from './gateway.ts';
import { likelyTokens } from './likely-tokens.ts';
import type { PromptMeasure } from './measure-prompt.ts';

/** No tokeniser packs more text than this into its average token; an upstream that claims so is not believed. */
const CHARACTERS_PER_TOKEN_AT_MOST = 24;

/** Text that is kept for counting; beyond it the count is brought up to date. So short a text is counted at once. */
const UNCOUNTED_CHARACTERS = 8_000;

/** A usage and whether it was counted by us. */
export interface Metered {
  readonly usage: TokenUsage;
  readonly estimated: boolean;
  /** The upstream's own last figure, as it came; null when there was none. */
  readonly reported: TokenUsage | null;
}

/**
 * What one answer has used so far. The upstream's own figure counts where it is sane; what was written since its
 * last figure is counted by us, and only when somebody needs to know: no token is shorter than a byte, so the
 * length of the text is a bound that costs nothing.
 */
export class Meter {
  readonly #tokeniser: TextTokeniser;
  readonly #prompt: PromptMeasure;
  #reported: TokenUsage | undefined;
  #reports = 0;
  #writtenCharacters = 0;
  /** Tokens counted by us since the last report. */
  #countedTokens = 0;
  /** Text since the last report that nobody counted yet. No token is shorter than a byte. */
  #uncounted = '';
  #uncountedBytes = 0;
  #counting: Promise<void> = Promise.resolve();

  constructor(tokeniser: TextTokeniser, prompt: PromptMeasure) {
    this.#tokeniser = tokeniser;
    this.#prompt = prompt;
  }

  get hasOutput(): boolean {
    return this.#writtenCharacters > 0;
  }

  /** Notes a piece of the answer, and the upstream's figure if it came with one. The last figure wins. */
  note(written: string, reported: TokenUsage | undefined): void {
    this.#writtenCharacters += written.length;
    if (reported === undefined || isNothing(reported)) {
      this.#uncounted += written;
      this.#uncountedBytes += Buffer.byteLength(written);
      return;
    }
    this.#reported = reported;
    this.#reports += 1;
    this.#countedTokens = 0;
    this.#uncounted = '';
    this.#uncountedBytes = 0;
  }

  /** Never less than the output tokens so far, reasoning included; costs no counting. */
  outputAtMost(): number {
    const reported =
      this.#reported === undefined ? 0 : this.#reported.outputTokens + this.#reported.reasoningTokens;
    return reported + this.#countedTokens + this.#uncountedBytes;
  }

  get mustCount(): boolean {
    return this.#uncounted.length > UNCOUNTED_CHARACTERS;
  }

  /** Counts what nobody has counted yet, so that `outputAtMost` is as near as it can be. */
  count(): Promise<void> {
    // One after the other: a checkpoint counts in the background, and no text may be counted by two.
    this.#counting = this.#counting.then(() => this.#countRest());
    return this.#counting;
  }

  async #countRest(): Promise<void> {
    const text = this.#uncounted;
    if (text === '') return;
    const reports = this.#reports;
    const tokens = likelyTokens(await this.#tokeniser.count(text));
    // A figure that came meanwhile is about this text too.
    if (reports !== this.#reports) return;
    this.#countedTokens += tokens;
    this.#uncounted = this.#uncounted.slice(text.length);
    this.#uncountedBytes = Buffer.byteLength(this.#uncounted);
  }

  /**
   * What was used up to now. Exact, and known at once, when the upstream reported everything that was written; only
   * what it left out is counted.
   */
  read(): Metered | Promise<Metered> {
    const reported = this.#reported;
    // There is no prompt of no tokens; some servers report none in a stream.
    if (reported === undefined || reported.inputTokens === 0 || this.#uncounted !== '')
      return this.#countAndRead();
    return this.#withReport(reported, reported.inputTokens);
  }

  async #countAndRead(): Promise<Metered> {
    await this.count();
    const reported = this.#reported;
    if (reported === undefined) return { usage: await this.#ownUsage(), estimated: true, reported: null };
    const inputTokens = reported.inputTokens > 0 ? reported.inputTokens : await this.#prompt.tokensLikely();
    return this.#withReport(reported, inputTokens);
  }

  #withReport(reported: TokenUsage, inputTokens: number): Metered {
    const plausible = Math.ceil(this.#writtenCharacters / CHARACTERS_PER_TOKEN_AT_MOST);
    const output = reported.outputTokens + this.#countedTokens;
    const missing = Math.max(0, plausible - output - reported.reasoningTokens);
    return {
      usage: { ...reported, inputTokens, outputTokens: Math.min(output + missing, MAXIMUM_TOKENS) },
      estimated: this.#countedTokens > 0 || missing > 0 || reported.inputTokens === 0,
      reported,
    };
  }

  async #ownUsage(): Promise<TokenUsage> {
    return {
      inputTokens: await this.#prompt.tokensLikely(),
      cachedInputTokens: 0,
      imageInputTokens: 0,
      audioInputTokens: 0,
      outputTokens: Math.min(this.#countedTokens, MAXIMUM_TOKENS),
      reasoningTokens: 0,
    };
  }
}

/** Zeros all over are a form that was not filled in, and no reason to forget a figure that came before. */
function isNothing({ inputTokens, outputTokens, reasoningTokens }: TokenUsage): boolean {
  return inputTokens === 0 && outputTokens === 0 && reasoningTokens === 0;
}
