import { expect, test } from 'bun:test';
import { estimateCall } from './estimate.ts';

const prices = {
  validFromMs: 0,
  inputTicksPerToken: '10',
  cachedInputTicksPerToken: '10',
  imageInputTicksPerToken: '10',
  audioInputTicksPerToken: '10',
  outputTicksPerToken: '1000',
};
const MODEL = { prices, contextTokens: 10_000, maximumOutputTokens: 2_000 };
const body = (content: unknown, more: object = {}) => ({ messages: [{ role: 'user', content }], ...more });

test('the most is what the caller allows, and never more than the model can', () => {
  const most = (more: object) => BigInt(estimateCall(body('Hi', more), MODEL)?.mostTicks ?? 0) / 1_000n;
  expect(most({ max_tokens: 64 })).toBe(64n);
  expect(most({})).toBe(2_000n);
  expect(most({ max_tokens: 5_000 })).toBe(2_000n);
});

test('an image is not counted by its bytes', () => {
  const image = { type: 'image_url', image_url: { url: `data:image/png;base64,${'A'.repeat(100_000)}` } };
  const estimate = estimateCall(body([image]), MODEL);
  expect(estimate?.hasImages).toBe(true);
  expect(estimate?.inputTokens).toBeLessThan(100);
});

test('without a price there is no estimate', () => {
  expect(estimateCall(body('Hi'), { ...MODEL, prices: null })).toBeUndefined();
});
