import { type Ticks, ticksToNumber } from '../../domain/money.ts';
import { isSaneUsage, type TokenUsage, totalTokens } from '../../domain/usage.ts';
import { isJsonObject, type JsonObject } from '../parse-json.ts';

/**
 * Reads the `usage` of an upstream that speaks the OpenAI dialect, in any of the spellings met in the wild.
 * Undefined when there is none or it is not sane (negative, fractional, a string, beyond any context).
 *
 * - OpenAI counts reasoning inside `completion_tokens`, xAI beside it; `total_tokens` tells which, and more
 *   reasoning than completion can only be beside it.
 * - Cached tokens have five names. Where they exceed the prompt they were not counted in it, and are added.
 *   Anthropic's own names never count them in it, and count what was written to the cache apart as well.
 */
export function readUsage(value: unknown): TokenUsage | undefined {
  if (!isJsonObject(value)) return undefined;
  const promptField = value.prompt_tokens ?? value.input_tokens;
  if (typeof promptField !== 'number') return undefined;
  const prompt = count(promptField);
  const completion = count(value.completion_tokens ?? value.output_tokens);

  const promptDetails = details(
    value,
    'prompt_tokens_details',
    'prompt_token_details',
    'input_tokens_details',
  );
  const outputDetails = details(value, 'completion_tokens_details', 'output_tokens_details');
  const reasoning = count(outputDetails.reasoning_tokens ?? value.reasoning_tokens);
  const cached = count(
    promptDetails.cached_tokens ??
      value.cached_tokens ??
      value.prompt_cache_hit_tokens ??
      value.num_cached_tokens ??
      value.cache_read_input_tokens,
  );
  const isReasoningBeside = value.total_tokens === prompt + completion + reasoning || reasoning > completion;
  const isAnthropic = typeof value.prompt_tokens !== 'number' && 'cache_read_input_tokens' in value;
  const isCachedBeside = isAnthropic || cached > prompt;
  const written = isAnthropic ? count(value.cache_creation_input_tokens) : 0;
  const usage: TokenUsage = {
    inputTokens: prompt + (isCachedBeside ? cached : 0) + written,
    cachedInputTokens: cached,
    imageInputTokens: count(promptDetails.image_tokens),
    audioInputTokens: count(promptDetails.audio_tokens),
    outputTokens: isReasoningBeside ? completion : completion - reasoning,
    reasoningTokens: reasoning,
  };
  return isSaneUsage(usage) ? usage : undefined;
}

function details(usage: JsonObject, ...names: string[]): JsonObject {
  for (const name of names) {
    const value = usage[name];
    if (isJsonObject(value)) return value;
  }
  return {};
}

/**
 * Absent counts as none; anything that is no count makes the whole usage insane. Negative ones are caught here,
 * because in a sum they could hide behind others.
 */
function count(value: unknown): number {
  if (value === undefined || value === null) return 0;
  return typeof value === 'number' && value >= 0 ? value : Number.NaN;
}

/** The `usage` object of an answer, in xAI's order, with what it cost where that is known for certain. */
export function writeUsage(usage: TokenUsage, costTicks: Ticks | undefined): JsonObject {
  return {
    prompt_tokens: usage.inputTokens,
    completion_tokens: usage.outputTokens,
    total_tokens: totalTokens(usage),
    prompt_tokens_details: {
      text_tokens: usage.inputTokens - usage.imageInputTokens - usage.audioInputTokens,
      audio_tokens: usage.audioInputTokens,
      image_tokens: usage.imageInputTokens,
      cached_tokens: usage.cachedInputTokens,
    },
    completion_tokens_details: {
      reasoning_tokens: usage.reasoningTokens,
      audio_tokens: 0,
      accepted_prediction_tokens: 0,
      rejected_prediction_tokens: 0,
    },
    num_sources_used: 0,
    ...(costTicks === undefined ? {} : { cost_in_usd_ticks: ticksToNumber(costTicks) }),
  };
}
