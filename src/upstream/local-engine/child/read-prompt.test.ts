import { expect, test } from 'bun:test';
import type { LlamaSequence } from './llama-binding.ts';
import { PROMPT_PIECE_TOKENS as PIECE } from './open-model.ts';
import { readPrompt } from './read-prompt.ts';
import type { Slot } from './slots.ts';

/** A model's memory that notes the pieces it was given. */
function memory({ forgetsOnlyAll = false } = {}) {
  let tokens: number[] = [];
  const steps: number[][] = [];
  const sequence = {
    contextSize: 10_000,
    get nextTokenIndex() {
      return tokens.length;
    },
    clearHistory: async () => {
      tokens = [];
    },
    async eraseContextTokenRanges([range]: { start: number; end: number }[]) {
      tokens = forgetsOnlyAll ? [] : tokens.slice(0, range?.start);
    },
    async evaluateWithoutGeneratingNewTokens(piece: number[]) {
      steps.push(piece);
      tokens.push(...piece);
    },
  } as unknown as LlamaSequence;
  const slot: Slot = { sequence, readTokens: [] };
  return {
    slot,
    steps,
    /** What the generation of an answer leaves behind. */
    answer: (rest: readonly number[]) => tokens.push(...rest, 1, 2, 3),
    tokens: () => tokens,
  };
}

const prompt = (length: number, from = 0) => Array.from({ length }, (_, index) => from + index);
const read = (slot: Slot, tokens: readonly number[], signal = new AbortController().signal) =>
  readPrompt(
    slot,
    tokens,
    (work) => work,
    async () => {},
    signal,
  );

test('a prompt is read in whole pieces; its end is left for the generation', async () => {
  const { slot, steps, tokens } = memory();
  const { rest, cachedTokens } = await read(slot, prompt(2 * PIECE + 5));
  expect([steps.length, rest.length, cachedTokens, tokens().length]).toEqual([2, 5, 0, 2 * PIECE]);
  expect((await read(memory().slot, prompt(PIECE))).rest.length).toBe(PIECE);
  expect((await read(memory().slot, prompt(1))).rest.length).toBe(1);
});

test('the next turn reads only what is new, in the same pieces as if all were new', async () => {
  const { slot, steps, answer, tokens } = memory();
  const before = prompt(2 * PIECE + 5);
  answer((await read(slot, before)).rest);
  steps.length = 0;
  const after = [...before, ...prompt(PIECE, 9_000)];
  const { rest, cachedTokens } = await read(slot, after);
  expect(cachedTokens).toBe(2 * PIECE);
  expect([...tokens(), ...rest]).toEqual(after);
  expect(steps).toEqual([after.slice(2 * PIECE, 3 * PIECE)]);
});

test('the same prompt again leaves at least one token to generate from', async () => {
  const { slot, answer } = memory();
  answer((await read(slot, prompt(2 * PIECE))).rest);
  const { rest, cachedTokens } = await read(slot, prompt(2 * PIECE));
  expect([rest.length, cachedTokens]).toEqual([PIECE, PIECE]);
});

test('another prompt finds an empty memory', async () => {
  const { slot, answer, tokens } = memory();
  answer((await read(slot, prompt(3 * PIECE))).rest);
  const other = prompt(2 * PIECE + 1, 500);
  const { rest, cachedTokens } = await read(slot, other);
  expect(cachedTokens).toBe(0);
  expect([...tokens(), ...rest]).toEqual(other);
});

test('a model that can only forget everything reads everything again', async () => {
  const { slot, answer, tokens } = memory({ forgetsOnlyAll: true });
  const before = prompt(2 * PIECE + 5);
  answer((await read(slot, before)).rest);
  const { rest, cachedTokens } = await read(slot, before);
  expect(cachedTokens).toBe(0);
  expect([...tokens(), ...rest]).toEqual(before);
});

test('a caller who leaves stops the reading between two pieces, and what was read stays known', async () => {
  const { slot, steps } = memory();
  const caller = new AbortController();
  const evaluate = slot.sequence.evaluateWithoutGeneratingNewTokens;
  slot.sequence.evaluateWithoutGeneratingNewTokens = async (piece) => {
    await evaluate(piece);
    caller.abort(new Error('gone'));
  };
  await expect(read(slot, prompt(5 * PIECE), caller.signal)).rejects.toThrow('gone');
  expect(steps.length).toBe(1);
  expect(slot.readTokens).toEqual(prompt(PIECE));
});
