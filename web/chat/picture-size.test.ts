import { expect, test } from 'bun:test';
import fc from 'fast-check';
import { LARGEST_PICTURE_TOKENS, pictureTokens, sentSize } from './picture-size.ts';

const sizes = fc.record({
  width: fc.integer({ min: 1, max: 20_000 }),
  height: fc.integer({ min: 1, max: 20_000 }),
});

test('a picture is sent no larger than it is, nor than a model looks at, in its own shape', () => {
  fc.assert(
    fc.property(sizes, (size) => {
      const sent = sentSize(size);
      expect(Math.max(sent.width, sent.height)).toBeLessThanOrEqual(1_568);
      expect(sent.width).toBeLessThanOrEqual(size.width);
      expect(sent.height).toBeLessThanOrEqual(size.height);
      expect(Math.min(sent.width, sent.height)).toBeGreaterThanOrEqual(1);
    }),
  );
  expect(sentSize({ width: 3_136, height: 1_568 })).toEqual({ width: 1_568, height: 784 });
  expect(sentSize({ width: 10, height: 20 })).toEqual({ width: 10, height: 20 });
});

test('a picture costs a tile at least, and as much as the dearest at most', () => {
  fc.assert(
    fc.property(sizes, (size) => {
      expect(pictureTokens(size)).toBeGreaterThanOrEqual(512);
      expect(pictureTokens(size)).toBeLessThanOrEqual(LARGEST_PICTURE_TOKENS);
    }),
  );
});
