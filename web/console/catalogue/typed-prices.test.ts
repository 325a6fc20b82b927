import { expect, test } from 'bun:test';
import { membersOf, readTypedPrices, typedPrices } from './typed-prices.ts';

const TYPED = {
  inputTicksPerToken: '5',
  cachedInputTicksPerToken: ' 1.25 ',
  imageInputTicksPerToken: '',
  audioInputTicksPerToken: '',
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

const PRICES = {
  ...{ validFromMs: 0, inputTicksPerToken: '50000', cachedInputTicksPerToken: '12500' },
  ...{ imageInputTicksPerToken: '50001', audioInputTicksPerToken: '50000', outputTicksPerToken: '150000' },
};

test('what costs as much as text follows it, and what has a price of its own keeps it', () => {
  const raised = {
    ...typedPrices({ ...PRICES, cachedInputTicksPerToken: '50000' }),
    inputTicksPerToken: '6',
  };
  expect(readTypedPrices(raised)).toEqual({
    ...{ inputTicksPerToken: '60000', imageInputTicksPerToken: '50001', outputTicksPerToken: '150000' },
  });
  expect(readTypedPrices(typedPrices({ ...PRICES, audioInputTicksPerToken: '7' }))).toMatchObject({
    audioInputTicksPerToken: '7',
  });
});

test('images are priced where they are taken, and audio where it has a price of its own', () => {
  const members = (inputModalities: ('text' | 'image')[], audioInputTicksPerToken: string) =>
    membersOf({ inputModalities, prices: [{ ...PRICES, audioInputTicksPerToken }] }).length;
  expect([members(['text'], '50000'), members(['text', 'image'], '50000'), members(['text'], '7')]).toEqual([
    ...[3, 4, 4],
  ]);
});

test('what is shown to be changed reads back as what it was', () => {
  expect(readTypedPrices(typedPrices(PRICES))).toEqual({
    inputTicksPerToken: '50000',
    cachedInputTicksPerToken: '12500',
    imageInputTicksPerToken: '50001',
    outputTicksPerToken: '150000',
  });
});
