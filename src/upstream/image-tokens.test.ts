import { expect, test } from 'bun:test';
import { IMAGE_TOKENS_AT_MOST, imageTokens } from './image-tokens.ts';

// The first two are recorded answers of grok-2-vision-1212; the rest follow from the rule.
test.each([
  [128, 128, 256],
  [275, 183, 256],
  [1, 1, 256],
  [448, 448, 256],
  [449, 448, 768],
  [896, 448, 768],
  [896, 896, 1280],
  [1344, 896, 1792],
  [1345, 896, 1792],
  [100_000, 100_000, 1792],
  [2 ** 32 - 1, 2 ** 32 - 1, 1792],
])('%d × %d pixels are %d tokens', (widthPx, heightPx, tokens) => {
  expect(imageTokens({ widthPx, heightPx })).toBe(tokens);
});

test('an image that nobody has looked at counts as the dearest', () => {
  expect(imageTokens(undefined)).toBe(1792);
  expect(IMAGE_TOKENS_AT_MOST).toBe(1792);
});
