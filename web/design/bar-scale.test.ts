import { expect, test } from 'bun:test';
import { barScale } from './bar-scale.ts';

test('the top is round and never below the largest bar', () => {
  expect(barScale(7_865_000_000n).top).toBe(8_000_000_000);
  expect(barScale(8_800_000_000n).top).toBe(10_000_000_000);
  for (const largest of [1n, 3n, 99n, 100n, 101n, 12_345n, 999_999_999_999n]) {
    expect(barScale(largest).top).toBeGreaterThanOrEqual(Number(largest));
  }
});

test('lines of counts are whole, also of few or none', () => {
  expect(barScale(0n).lines).toEqual([0, 1, 2, 3, 4]);
  expect(barScale(9n).lines).toEqual([0, 5, 10, 15, 20]);
  expect(barScale(100n).lines).toEqual([0, 25, 50, 75, 100]);
});
