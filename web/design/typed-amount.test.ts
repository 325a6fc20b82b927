import { expect, test } from 'bun:test';
import { ticksOfDollars } from './typed-amount.ts';

test('reads dollars to the last tick', () => {
  expect(ticksOfDollars('5')).toBe('50000000000');
  expect(ticksOfDollars(' $1,250.50 ')).toBe('12505000000000');
  expect(ticksOfDollars('0.0000000001')).toBe('1');
});

test('takes nothing that is not an amount', () => {
  for (const typed of ['', '-1', '1e3', '.', '1.00000000001', 'five'])
    expect(ticksOfDollars(typed)).toBeUndefined();
});
