import { expect, test } from 'bun:test';
import { isSaneUsage, MAXIMUM_TOKENS, NO_USAGE, type TokenUsage, totalTokens } from './usage.ts';

const SANE: TokenUsage = {
  inputTokens: 100,
  cachedInputTokens: 40,
  imageInputTokens: 60,
  audioInputTokens: 40,
  outputTokens: 7,
  reasoningTokens: 5,
};

test('a usage whose parts fit into its prompt is sane', () => {
  expect(isSaneUsage(SANE)).toBe(true);
  expect(isSaneUsage(NO_USAGE)).toBe(true);
  expect(isSaneUsage({ ...NO_USAGE, inputTokens: MAXIMUM_TOKENS, outputTokens: MAXIMUM_TOKENS })).toBe(true);
});

const COUNTS = Object.keys(SANE) as (keyof TokenUsage)[];

test.each(COUNTS)('%s must be a whole number in range', (name) => {
  for (const count of [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, MAXIMUM_TOKENS + 1, 2 ** 63]) {
    expect(isSaneUsage({ ...SANE, [name]: count })).toBe(false);
  }
  for (const count of ['1', null, undefined, 1n, true]) {
    expect(isSaneUsage({ ...SANE, [name]: count } as never)).toBe(false);
  }
});

test('no part of a prompt is larger than it', () => {
  expect(isSaneUsage({ ...SANE, cachedInputTokens: 101 })).toBe(false);
  expect(isSaneUsage({ ...SANE, imageInputTokens: 61 })).toBe(false);
  expect(isSaneUsage({ ...SANE, audioInputTokens: 41 })).toBe(false);
});

test('the total is prompt, answer and reasoning; the parts of the prompt are not counted again', () => {
  expect(totalTokens(SANE)).toBe(112);
});
