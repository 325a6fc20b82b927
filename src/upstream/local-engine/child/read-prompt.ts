import { PROMPT_PIECE_TOKENS } from './open-model.ts';
import { type Slot, sharedLength } from './slots.ts';

/** A prompt that is in the model's memory but for its end, from which the answer is generated. */
export interface ReadPrompt {
  readonly rest: number[];
  /** Tokens that were in the memory from the call before. */
  readonly cachedTokens: number;
}

/**
 * Reads a prompt into a slot, a piece at a time, so that it can be stopped in between. What the slot knows from
 * an earlier turn is not read again, but only in the same whole pieces: a prompt is then always read in the same
 * steps and gives the same answer, remembered or not.
 */
export async function readPrompt(
  slot: Slot,
  prompt: readonly number[],
  step: <T>(work: Promise<T>) => Promise<T>,
  onRead: (doneTokens: number) => Promise<void>,
  signal: AbortSignal,
): Promise<ReadPrompt> {
  const { sequence } = slot;
  // The last piece is read by the generation itself and must have a token in it.
  const wholePieces = (tokens: number) => Math.floor(tokens / PROMPT_PIECE_TOKENS) * PROMPT_PIECE_TOKENS;
  const readBefore = Math.min(
    wholePieces(sharedLength(slot.readTokens, prompt)),
    wholePieces(prompt.length - 1),
  );
  // Until the new end is known, nothing of what the memory holds may be trusted.
  slot.readTokens = [];
  if (readBefore === 0) {
    await sequence.clearHistory();
  } else if (sequence.nextTokenIndex > readBefore) {
    await sequence.eraseContextTokenRanges([{ start: readBefore, end: sequence.nextTokenIndex }]);
  }
  // Some kinds of models cannot forget only the end; those have forgotten all.
  if (sequence.nextTokenIndex !== readBefore) await sequence.clearHistory();
  const cachedTokens = sequence.nextTokenIndex;
  let at = cachedTokens;
  slot.readTokens = prompt.slice(0, at);
  while (prompt.length - at > PROMPT_PIECE_TOKENS) {
    signal.throwIfAborted();
    await step(sequence.evaluateWithoutGeneratingNewTokens(prompt.slice(at, at + PROMPT_PIECE_TOKENS)));
    at += PROMPT_PIECE_TOKENS;
    slot.readTokens = prompt.slice(0, at);
    await onRead(at);
  }
  return { rest: prompt.slice(at), cachedTokens };
}
