import type { Model } from '../../../src/http/api/wire/models.ts';
import { estimateTokens } from '../../chat/estimate-cost.ts';
import type { CallBody } from './draft.ts';

/** What a call is likely to cost, and what it costs at most. Nothing is exact before the model has counted. */
export interface Estimate {
  readonly inputTokens: number;
  readonly likelyTicks: string;
  readonly mostTicks: string;
  /** How many tokens an image is, only its model knows. */
  readonly hasImages: boolean;
}

const USUAL_ANSWER_TOKENS = 500;
const IMAGE = /"data:image\/[^"]*"/g;

export function estimateCall(
  body: CallBody,
  model: Pick<Model, 'prices' | 'contextTokens' | 'maximumOutputTokens'>,
): Estimate | undefined {
  const { prices, contextTokens, maximumOutputTokens } = model;
  if (prices === null) return undefined;
  const read = JSON.stringify([body.messages, body.tools ?? []]);
  const words = read.replace(IMAGE, '""');
  const inputTokens = estimateTokens(words);
  const bound = typeof body.max_tokens === 'number' ? body.max_tokens : maximumOutputTokens;
  const most = Math.max(0, Math.min(bound, maximumOutputTokens, contextTokens - inputTokens));
  const cost = (outputTokens: number) =>
    String(
      BigInt(inputTokens) * BigInt(prices.inputTicksPerToken) +
        BigInt(outputTokens) * BigInt(prices.outputTicksPerToken),
    );
  return {
    inputTokens,
    likelyTicks: cost(Math.min(USUAL_ANSWER_TOKENS, most)),
    mostTicks: cost(most),
    hasImages: words !== read,
  };
}
