import { expect, test } from 'bun:test';
import { billRest } from './bill-rest.ts';

const line = (costTicks: string) =>
  ({ kind: 'input', tokens: 1, ticksPerToken: costTicks, costTicks }) as const;

test('lines, what was not charged and what was charged add up', () => {
  const bill = {
    lines: [line('700'), line('300')],
    pricedFromMs: 0,
    costTicks: '900',
    uncollectedTicks: '60',
  };
  expect(billRest(bill)).toEqual({ uncollected: 60n, forgiven: 40n });
});

test('without a price sheet there is nothing to compare with', () => {
  const bill = { lines: [], pricedFromMs: null, costTicks: '900', uncollectedTicks: '0' };
  expect(billRest(bill)).toEqual({ uncollected: 0n, forgiven: 0n });
});
