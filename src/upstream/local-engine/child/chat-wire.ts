import { randomUUID } from 'node:crypto';

/** What an answer has used up to now, all its choices together. */
export interface Used {
  readonly promptTokens: number;
  readonly cachedTokens: number;
  readonly outputTokens: number;
}

/** What is the same in all parts of one answer. */
export interface AnswerHead {
  readonly id: string;
  readonly created: number;
  readonly model: string;
}

export type Finish = 'stop' | 'length';

export function newAnswerHead(model: string): AnswerHead {
  return { id: `chatcmpl-${randomUUID()}`, created: Math.floor(Date.now() / 1_000), model };
}

function writeUsage({ promptTokens, cachedTokens, outputTokens }: Used): object {
  return {
    prompt_tokens: promptTokens,
    completion_tokens: outputTokens,
    total_tokens: promptTokens + outputTokens,
    prompt_tokens_details: {
      text_tokens: promptTokens,
      cached_tokens: cachedTokens,
      image_tokens: 0,
      audio_tokens: 0,
    },
    completion_tokens_details: { reasoning_tokens: 0 },
  };
}

/** A whole answer. */
export function writeAnswer(
  head: AnswerHead,
  choices: readonly { readonly content: string; readonly finish: Finish }[],
  used: Used,
): object {
  return {
    ...introduce(head, 'chat.completion'),
    choices: choices.map(({ content, finish }, index) => ({
      index,
      message: { role: 'assistant', content, refusal: null },
      logprobs: null,
      finish_reason: finish,
    })),
    usage: writeUsage(used),
  };
}

/** One event of a stream. Each carries the usage so far, so that the gateway can meter a stream that breaks off. */
export function writeChunk(
  head: AnswerHead,
  choice: { readonly index: number; readonly delta: object; readonly finish: Finish | null } | undefined,
  used: Used,
): string {
  const choices =
    choice === undefined ? [] : [{ index: choice.index, delta: choice.delta, finish_reason: choice.finish }];
  return event({ ...introduce(head, 'chat.completion.chunk'), choices, usage: writeUsage(used) });
}

function introduce({ id, created, model }: AnswerHead, object: string): object {
  return { id, object, created, model };
}

export function event(value: object): string {
  return `data: ${JSON.stringify(value)}\n\n`;
}

export const END_OF_STREAM = 'data: [DONE]\n\n';
