import { expect, test } from 'bun:test';
import { dollarsAMillion, ticksPerToken } from './price-text.ts';

test.each([
  ['5', '50000'],
  ['0', '0'],
  ['0.25', '2500'],
  ['0,0001', '1'],
  [' 15.0 ', '150000'],
])('$%s a million is %s ticks a token', (text, ticks) => {
  expect(ticksPerToken(text)).toBe(ticks);
});

test.each(['', 'free', '-1', '1e3', '0.00001', '1.2.3', '9999999'])('%s is no price', (text) => {
  expect(ticksPerToken(text)).toBeUndefined();
});

test.each(['0', '1', '2500', '50000', '123456789'])(
  '%s ticks are shown so that they are read back',
  (ticks) => {
    expect(ticksPerToken(dollarsAMillion(ticks))).toBe(ticks);
  },
);
