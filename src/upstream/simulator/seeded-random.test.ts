import { expect, test } from 'bun:test';
import { seedRandom } from './seeded-random.ts';

const draw = (...seed: (string | number)[]) => {
  const random = seedRandom(...seed);
  return Array.from({ length: 1_000 }, () => random.below(10));
};

test('the same seed draws the same, another seed another', () => {
  expect(draw('a', 1)).toEqual(draw('a', 1));
  expect(draw('a', 1)).not.toEqual(draw('a', 2));
  expect(draw('a1')).not.toEqual(draw('a', 1));
});

test('the very first number already depends on the seed, and all come up', () => {
  const firsts = new Set(Array.from({ length: 200 }, (_, seed) => draw(seed)[0]));
  expect(firsts.size).toBe(10);
  expect(new Set(draw('a')).size).toBe(10);
});
