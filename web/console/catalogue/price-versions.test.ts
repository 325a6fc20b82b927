import { expect, test } from 'bun:test';
import type { Prices } from '../../../src/http/api/wire/models.ts';
import { currentPrices, priceVersions } from './price-versions.ts';

const from = (validFromMs: number): Prices => ({
  ...{ validFromMs, inputTicksPerToken: '1', cachedInputTicksPerToken: '1', imageInputTicksPerToken: '1' },
  ...{ audioInputTicksPerToken: '1', outputTicksPerToken: '1' },
});

test('the youngest sheet that is valid holds, until the next one', () => {
  const versions = priceVersions([from(300), from(100), from(200)], 200);
  expect(versions.map(({ prices, state, untilMs }) => [prices.validFromMs, state, untilMs])).toEqual([
    [300, 'later', undefined],
    [200, 'now', 300],
    [100, 'past', 200],
  ]);
  expect(currentPrices([from(100), from(300)], 299)?.validFromMs).toBe(100);
});

test('before the first sheet nothing holds', () => {
  expect(priceVersions([from(100)], 99).map(({ state }) => state)).toEqual(['later']);
  expect(currentPrices([from(100)], 99)).toBeUndefined();
});
