import { expect, test } from 'bun:test';
import fc from 'fast-check';
import { formatUsd, MAXIMUM_TICKS, parseMoney, TICKS_PER_USD, ticksToNumber } from './money.ts';

const amount = fc.bigInt({ min: 0n, max: MAXIMUM_TICKS });

test('every amount is read back as it was written', () => {
  fc.assert(
    fc.property(amount, (ticks) => {
      expect(parseMoney(formatUsd(ticks))).toBe(ticks);
      expect(parseMoney(`${ticks} ticks`)).toBe(ticks);
      expect(formatUsd(-ticks)).toBe(ticks === 0n ? '$0.00' : `−${formatUsd(ticks)}`);
    }),
  );
});

test('what is written is the amount to its last digit, with thousands parted and at least two decimals', () => {
  fc.assert(
    fc.property(amount, (ticks) => {
      const written = formatUsd(ticks);
      expect(written).toMatch(/^\$\d{1,3}(,\d{3})*\.\d\d(\d*[1-9])?$/);
      const [whole = '', decimals = ''] = written.replace(/[$,]/g, '').split('.');
      expect(BigInt(whole + decimals.padEnd(10, '0'))).toBe(ticks);
    }),
  );
});

test('decimals are read digit by digit, never through a float', () => {
  const digits = fc.stringMatching(/^[0-9]{1,10}$/);
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 900_000n }), digits, (whole, decimals) => {
      expect(parseMoney(`${whole}.${decimals}`)).toBe(
        BigInt(whole.toString() + decimals) * 10n ** BigInt(10 - decimals.length),
      );
    }),
  );
});

test.each([
  ['$25', 25n * TICKS_PER_USD],
  ['25.00', 25n * TICKS_PER_USD],
  [' 0.1 ', 1_000_000_000n],
  ['$0.0000000001', 1n],
  ['1,000.50', 10_005_000_000_000n],
  ['250000000000 ticks', 250_000_000_000n],
  ['1 tick', 1n],
  ['0', 0n],
  ['900719.9254740991', MAXIMUM_TICKS],
])('%s is an amount', (text, ticks) => {
  expect(parseMoney(text)).toBe(ticks);
});

test.each([
  '',
  '$',
  '-1',
  '−1',
  '+1',
  '1e3',
  '1.',
  '.5',
  '0x10',
  'Infinity',
  'NaN',
  '0.00000000001',
  '1,00',
  '1,0000',
  '0,001',
  '1000,000',
  ',100',
  '1 000',
  '1.5 ticks',
  '-5 ticks',
  '25 USD',
  '２５',
  '1\n2',
  '900719.9254740992',
  '9007199254740992 ticks',
  `${'9'.repeat(18)}`,
  `${'9'.repeat(400)} ticks`,
])('%j is no amount', (text) => {
  expect(parseMoney(text)).toBeUndefined();
});

test('people read amounts without noise', () => {
  expect(
    [0n, 249_987_000_000n, -950_000n, 12_345_678_000_000_000n, 1n, 1_000_000_000n].map(formatUsd),
  ).toEqual(['$0.00', '$24.9987', '−$0.000095', '$1,234,567.80', '$0.0000000001', '$0.10']);
});

test('a tick amount is a JSON number only as long as that number is exact', () => {
  fc.assert(fc.property(amount, (ticks) => expect(BigInt(ticksToNumber(ticks))).toBe(ticks)));
  expect(ticksToNumber(-MAXIMUM_TICKS)).toBe(Number.MIN_SAFE_INTEGER);
  expect(() => ticksToNumber(MAXIMUM_TICKS + 1n)).toThrow(RangeError);
  expect(() => ticksToNumber(-MAXIMUM_TICKS - 1n)).toThrow(RangeError);
});
