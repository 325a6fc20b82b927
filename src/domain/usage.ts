/**
 * What one request used, in tokens. `inputTokens` is the whole prompt; cached, image and audio tokens are parts
 * of it. `outputTokens` is the visible answer and does not contain `reasoningTokens`, as on the xAI wire
 * (`total = prompt + completion + reasoning`).
 */
export interface TokenUsage {
  readonly inputTokens: number;
  readonly cachedInputTokens: number;
  readonly imageInputTokens: number;
  readonly audioInputTokens: number;
  readonly outputTokens: number;
  readonly reasoningTokens: number;
}

/**
 * What an upstream itself said a request used. It is kept beside the bill, so that whoever reads the books can hold one
 * against the other.
 */
export type ReportedUsage = Pick<
  TokenUsage,
  'inputTokens' | 'cachedInputTokens' | 'outputTokens' | 'reasoningTokens'
>;

/** More than any context holds; a count above it is an upstream's fault, not a usage. */
export const MAXIMUM_TOKENS = 100_000_000;

export const NO_USAGE: TokenUsage = {
  inputTokens: 0,
  cachedInputTokens: 0,
  imageInputTokens: 0,
  audioInputTokens: 0,
  outputTokens: 0,
  reasoningTokens: 0,
};

/** True when every count is a whole number in range and the parts of the prompt fit into it. */
export function isSaneUsage(usage: TokenUsage): boolean {
  return (
    isSaneCount(usage.inputTokens) &&
    isSaneCount(usage.cachedInputTokens) &&
    isSaneCount(usage.imageInputTokens) &&
    isSaneCount(usage.audioInputTokens) &&
    isSaneCount(usage.outputTokens) &&
    isSaneCount(usage.reasoningTokens) &&
    usage.cachedInputTokens <= usage.inputTokens &&
    usage.imageInputTokens + usage.audioInputTokens <= usage.inputTokens
  );
}

function isSaneCount(count: number): boolean {
  return Number.isInteger(count) && count >= 0 && count <= MAXIMUM_TOKENS;
}

/** Prompt, answer and reasoning together: what `total_tokens` shows and what token limits count. */
export function totalTokens(usage: TokenUsage): number {
  return usage.inputTokens + usage.outputTokens + usage.reasoningTokens;
}
