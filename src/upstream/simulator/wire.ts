import type { PromptTokens } from '../count-prompt.ts';
import type { FinishReason } from './write-choice.ts';

/** The name that the simulator gives itself in every answer; no public model has it. */
export const SIMULATOR_MODEL = 'turnpike-simulator';

/** What is the same in all chunks of an answer. */
export interface AnswerIdentity {
  readonly id: string;
  readonly createdSeconds: number;
}

/** The tokens of an answer up to now, all choices together. */
export interface OutputTokens {
  readonly visible: number;
  readonly reasoning: number;
}

/** How the usage is told: truly, or as one of the faults has it. */
export type UsageTruth = 'true' | 'missing' | 'negative';

/** A usage in xAI's accounting: reasoning stands beside the completion, and the total has both. */
export function writeUsage(prompt: PromptTokens, { visible, reasoning }: OutputTokens, truth: UsageTruth) {
  if (truth === 'missing') return {};
  const sign = truth === 'negative' ? -1 : 1;
  return {
    usage: {
      prompt_tokens: sign * prompt.tokens,
      completion_tokens: sign * visible,
      total_tokens: sign * (prompt.tokens + visible + reasoning),
      prompt_tokens_details: {
        text_tokens: prompt.textTokens,
        audio_tokens: 0,
        image_tokens: prompt.imageTokens,
        cached_tokens: 0,
      },
      completion_tokens_details: { reasoning_tokens: sign * reasoning },
    },
  };
}

type Usage = ReturnType<typeof writeUsage>;

/** A chunk of a stream: of one choice, or of none when it only brings the usage. */
export function writeChunk(
  { id, createdSeconds }: AnswerIdentity,
  choice:
    | { readonly index: number; readonly delta: object; readonly finish: FinishReason | null }
    | undefined,
  usage: Usage,
): string {
  const { index, delta, finish } = choice ?? {};
  return JSON.stringify({
    id,
    object: 'chat.completion.chunk',
    created: createdSeconds,
    model: SIMULATOR_MODEL,
    choices: choice === undefined ? [] : [{ index, delta, finish_reason: finish }],
    ...usage,
  });
}

/** A whole answer. */
export function writeAnswer(
  { id, createdSeconds }: AnswerIdentity,
  choices: readonly { readonly message: object; readonly finish: FinishReason }[],
  usage: Usage,
): string {
  return JSON.stringify({
    id,
    object: 'chat.completion',
    created: createdSeconds,
    model: SIMULATOR_MODEL,
    choices: choices.map(({ message, finish }, index) => ({ index, message, finish_reason: finish })),
    ...usage,
  });
}
