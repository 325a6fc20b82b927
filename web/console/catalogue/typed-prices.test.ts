import { expect, test } from 'bun:test';
import { readTypedPrices, typedPrices } from './typed-prices.ts';

const TYPED = {
  inputTicksPerToken: '5',
  cachedInputTicksPerToken: ' 1.25 ',
  imageInputTicksPerToken: '',
  outputTicksPerToken: '0.0001',
};

test('reads dollars a million to the tick, and leaves out what costs as much as text', () => {
  expect(readTypedPrices(TYPED)).toEqual({
    inputTicksPerToken: '50000',
    cachedInputTicksPerToken: '12500',
    outputTicksPerToken: '1',
  });
});

test('names what is no price: empty where one is needed, or finer than a tick', () => {
  expect(readTypedPrices({ ...TYPED, inputTicksPerToken: '' })).toEqual({ wrong: 'inputTicksPerToken' });
  expect(readTypedPrices({ ...TYPED, outputTicksPerToken: '0.00001' })).toEqual({
    wrong: 'outputTicksPerToken',
  });
});

test('what is shown to be changed reads back as what it was', () => {
  const prices = {
    ...{ validFromMs: 0, inputTicksPerToken: '50000', cachedInputTicksPerToken: '12500' },
    ...{ imageInputTicksPerToken: '50001', audioInputTicksPerToken: '50000', outputTicksPerToken: '150000' },
  };
  expect(readTypedPrices(typedPrices(prices))).toEqual({
    inputTicksPerToken: '50000',
    cachedInputTicksPerToken: '12500',
    imageInputTicksPerToken: '50001',
    outputTicksPerToken: '150000',
  });
});
