import type { ChatMessage } from '../../src/http/api/wire/chat.ts';
import type { Model } from '../../src/http/api/wire/models.ts';
import { LARGEST_PICTURE_TOKENS } from './picture-size.ts';

/** What sending would cost. Nothing is exact before the model has counted, so it is shown with an ≈. */
export interface Estimate {
  readonly promptTokens: number;
  /** The share of the model's context that the prompt takes, from 0 to 1. */
  readonly contextShare: number;
  /** With an answer as long as those before. */
  readonly likelyTicks: bigint;
  /** With the longest answer that the model gives. */
  readonly mostTicks: bigint;
}

/** An answer's length before there was any to learn from. */
const USUAL_ANSWER_TOKENS = 500;

/** What a message takes besides its words. */
const TOKENS_A_MESSAGE = 4;

const WIDE = /[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]/g;

/** About how many tokens a text is: four letters make one, and so does a Chinese character or a little more. */
export function estimateTokens(text: string): number {
  const wide = text.match(WIDE)?.length ?? 0;
  return Math.ceil((text.length - wide) / 4 + wide * 0.8);
}

/** What sending a text at the end of a path would cost. Nothing for a model without a price. */
export function estimateCost(
  path: readonly ChatMessage[],
  text: string,
  model: Pick<Model, 'prices' | 'contextTokens' | 'maximumOutputTokens'>,
  /** What goes with it besides: pictures, and what the model is told first. */
  moreTokens = 0,
): Estimate | undefined {
  const { prices, contextTokens, maximumOutputTokens } = model;
  if (prices === null) return undefined;
  const promptTokens = pathTokens(path) + estimateTokens(text) + moreTokens + TOKENS_A_MESSAGE;
  const room = Math.max(0, contextTokens - promptTokens);
  const most = Math.min(maximumOutputTokens, room);
  const likely = Math.min(usualAnswer(path), most);
  const input = BigInt(promptTokens) * BigInt(prices.inputTicksPerToken);
  const output = (tokens: number) => BigInt(tokens) * BigInt(prices.outputTicksPerToken);
  return {
    promptTokens,
    contextShare: contextTokens === 0 ? 1 : Math.min(1, promptTokens / contextTokens),
    likelyTicks: input + output(likely),
    mostTicks: input + output(most),
  };
}

/** The last answer's own figures are exact for all that came before it; what came after is estimated. */
function pathTokens(path: readonly ChatMessage[]): number {
  let tokens = 0;
  for (const { text, pictureIds, answer } of path.toReversed()) {
    if (answer !== null && answer.state === 'done' && answer.inputTokens > 0)
      return tokens + answer.inputTokens + answer.outputTokens - answer.reasoningTokens;
    tokens += estimateTokens(text) + pictureIds.length * LARGEST_PICTURE_TOKENS + TOKENS_A_MESSAGE;
  }
  return tokens;
}

/** The middle one of the answers so far. */
function usualAnswer(path: readonly ChatMessage[]): number {
  const lengths = path
    .flatMap(({ answer }) => (answer?.state === 'done' ? [answer.outputTokens] : []))
    .sort((a, b) => a - b);
  return lengths[Math.floor(lengths.length / 2)] ?? USUAL_ANSWER_TOKENS;
}
