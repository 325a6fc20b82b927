import { randomInt } from 'node:crypto';
import { StopScanner } from '../../simulator/stop-scanner.ts';
import { JsonEnd } from './json-end.ts';
import type { SamplingOptions } from './llama-binding.ts';
import type { OpenModel } from './open-model.ts';
import { PieceDecoder } from './piece-decoder.ts';
import type { Sampling } from './read-chat-request.ts';
import type { Slot } from './slots.ts';

/** How far back the penalties look; beyond it they would cost more time than the model. */
const PENALTY_TOKENS = 1_024;

/** Of less likely tokens than these a small model's random choice is noise. */
const TOP_K = 40;

export interface Generation {
  readonly slot: Slot;
  /** The end of the prompt, not yet read. */
  readonly rest: number[];
  readonly outputTokensAtMost: number;
  readonly stops: readonly string[];
  readonly sampling: Sampling;
  readonly grammar: object | undefined;
  readonly signal: AbortSignal;
  /** Watches over one step of the model. */
  readonly step: <T>(work: Promise<T>) => Promise<T>;
}

/** A piece of the answer. `tokens` counts from the answer's start and includes those whose text is held back. */
export interface Piece {
  readonly text: string;
  readonly tokens: number;
  /** Set on the last piece. */
  readonly finish: 'stop' | 'length' | undefined;
}

/**
 * Generates one answer and yields its text as it comes. The mark with which the model ends its turn is not a
 * token of the answer. Throws when the signal is aborted, after the token that is being computed.
 */
export async function* generate(open: OpenModel, generation: Generation): AsyncGenerator<Piece, void, void> {
  const { slot, rest, outputTokensAtMost, stops, signal, step } = generation;
  const decoder = new PieceDecoder(open.model);
  const scanner = new StopScanner(stops);
  // Only grammars of JSON are given to answers.
  const jsonEnd = generation.grammar === undefined ? undefined : new JsonEnd();
  const answer: number[] = [];
  const tokens = slot.sequence.evaluate(rest, samplingOptions(open, generation, answer));
  try {
    for (;;) {
      signal.throwIfAborted();
      const { value: token, done } = await step(tokens.next());
      signal.throwIfAborted();
      if (done === true || token === undefined || open.model.isEogToken(token)) {
        const { text } = scanner.push(decoder.end(), true);
        yield { text, tokens: answer.length, finish: 'stop' };
        return;
      }
      answer.push(token);
      const isLast = answer.length >= outputTokensAtMost;
      const decoded = decoder.push(token);
      const whole = isLast ? decoded + decoder.end() : decoded;
      const documentEnd = jsonEnd?.find(whole);
      const { text, stopped } = scanner.push(
        whole.slice(0, documentEnd),
        isLast || documentEnd !== undefined,
      );
      const isWhole = stopped || documentEnd !== undefined;
      if (isWhole || isLast) {
        yield { text, tokens: answer.length, finish: isWhole ? 'stop' : 'length' };
        return;
      }
      if (text !== '') yield { text, tokens: answer.length, finish: undefined };
    }
  } finally {
    await tokens.return();
  }
}

function samplingOptions(
  { binding, model }: OpenModel,
  generation: Generation,
  answer: number[],
): SamplingOptions {
  const { temperature, topP, seed, frequencyPenalty, presencePenalty } = generation.sampling;
  const hasPenalty = frequencyPenalty !== 0 || presencePenalty !== 0;
  return {
    temperature,
    topK: TOP_K,
    topP,
    seed: seed ?? randomInt(0xffff_ffff),
    yieldEogToken: true,
    ...(hasPenalty && {
      repeatPenalty: {
        penalty: 1,
        frequencyPenalty,
        presencePenalty,
        maxPunishTokens: PENALTY_TOKENS,
        punishTokens: () => answer.slice(-PENALTY_TOKENS),
      },
    }),
    ...(generation.grammar !== undefined && {
      grammarEvaluationState: new binding.LlamaGrammarEvaluationState({ model, grammar: generation.grammar }),
    }),
  };
}
