import { expect, test } from 'bun:test';
import fc from 'fast-check';
import type { ChatMessage } from '../../src/http/api/wire/chat.ts';
import { estimateCost, estimateTokens } from './estimate-cost.ts';

const PRICES = {
  ...{ validFromMs: 0, cachedInputTicksPerToken: '0', imageInputTicksPerToken: '0' },
  ...{ audioInputTicksPerToken: '0', inputTicksPerToken: '50000', outputTicksPerToken: '150000' },
};
const MODEL = { prices: PRICES, contextTokens: 1_000, maximumOutputTokens: 400 };

const asked = (text: string): ChatMessage => ({
  ...{ id: text, parentId: null, role: 'user', text, reasoning: '', createdAtMs: 0, answer: null },
  pictureIds: [],
});
const answered = (inputTokens: number, outputTokens: number, reasoningTokens = 0): ChatMessage => ({
  ...{ id: 'a', parentId: null, role: 'assistant', text: 'x'.repeat(9_999), reasoning: '', createdAtMs: 0 },
  pictureIds: [],
  answer: {
    ...{ state: 'done', model: 'm', generationId: 'g', reason: 'stop', costTicks: '0', firstTokenMs: null },
    ...{ inputTokens, outputTokens, reasoningTokens, reasoningMs: 0, durationMs: 0 },
  },
});

test('the figures of the last answer count for all before it, without what it only thought', () => {
  const estimate = estimateCost([asked('long '.repeat(99)), answered(100, 60, 20)], '', MODEL);
  expect(estimate?.promptTokens).toBe(100 + 40 + 4);
});

test('an answer is likely to be as long as the middle one before, and at most what the model has room for', () => {
  const path = [answered(10, 30), answered(20, 50), answered(30, 400)];
  const prompt = 30 + 400 + 4;
  expect(estimateCost(path, '', MODEL)).toMatchObject({
    likelyTicks: BigInt(prompt) * 50_000n + 50n * 150_000n,
    mostTicks: BigInt(prompt) * 50_000n + 400n * 150_000n,
  });
  const full = estimateCost([answered(800, 150)], 'word '.repeat(80), MODEL);
  expect(full).toMatchObject({ contextShare: 1, likelyTicks: full?.mostTicks });
});

test('a model without a price has no estimate', () => {
  expect(estimateCost([], 'hello', { ...MODEL, prices: null })).toBeUndefined();
});

test('more text never costs less, and what is likely never more than the most', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (text, more) => {
      const [short, long] = [estimateCost([], text, MODEL), estimateCost([], text + more, MODEL)];
      expect(estimateTokens(text + more)).toBeGreaterThanOrEqual(estimateTokens(text));
      for (const one of [short, long]) expect((one?.likelyTicks ?? 1n) <= (one?.mostTicks ?? 0n)).toBeTrue();
    }),
  );
});

test('a Chinese character is most of a token, and a Latin letter a quarter', () => {
  expect(estimateTokens('收费公路')).toBe(4);
  expect(estimateTokens('turnpike')).toBe(2);
});
