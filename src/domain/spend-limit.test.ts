import { expect, test } from 'bun:test';
import fc from 'fast-check';
import { NO_SPEND_LIMITS, type SpendPeriod, spendAllowance, spendPeriods } from './spend-limit.ts';

test('a moment lies in its own UTC day and month, and the periods join without a gap', () => {
  const moments = fc.integer({ min: 0, max: Date.UTC(2100, 0, 1) });
  fc.assert(
    fc.property(moments, (atMs) => {
      for (const { fromMs, endMs, name } of spendPeriods({ perDayTicks: 1n, perMonthTicks: 1n }, atMs)) {
        expect(fromMs <= atMs && atMs < endMs).toBe(true);
        const length = name === 'day' ? 10 : 7;
        const label = (ms: number) => new Date(ms).toISOString().slice(0, length);
        expect([label(fromMs), label(endMs - 1)]).toEqual([label(atMs), label(atMs)]);
        expect(label(fromMs - 1)).not.toBe(label(atMs));
        expect(label(endMs)).not.toBe(label(atMs));
      }
    }),
  );
});

test('the limit that leaves least decides; of two that leave the same, the one that ends later', () => {
  const spent = (day: bigint, month: bigint) => (period: SpendPeriod) =>
    period.name === 'day' ? day : month;
  const limits = { perDayTicks: 10n, perMonthTicks: 100n };
  expect(spendAllowance(limits, 0, spent(4n, 50n))).toMatchObject({ leftTicks: 6n, period: { name: 'day' } });
  expect(spendAllowance(limits, 0, spent(4n, 99n))).toMatchObject({
    leftTicks: 1n,
    period: { name: 'month' },
  });
  // What was produced against a cap may carry the spending beyond a limit; nothing is left then, never less.
  expect(spendAllowance(limits, 0, spent(11n, 120n))).toMatchObject({
    leftTicks: 0n,
    period: { name: 'month' },
  });
  expect(spendAllowance(NO_SPEND_LIMITS, 0, spent(1n, 1n))).toBeUndefined();
});
