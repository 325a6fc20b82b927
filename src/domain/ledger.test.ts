import { expect, test } from 'bun:test';
import fc from 'fast-check';
import {
  foldEntries,
  grantEntries,
  holdEntries,
  type LedgerEntry,
  settle,
  settlementEntries,
  transfer,
  withdrawalEntries,
} from './ledger.ts';
import { MAXIMUM_TICKS } from './money.ts';

const amount = fc.oneof(fc.bigInt({ min: 0n, max: 20n }), fc.bigInt({ min: 0n, max: MAXIMUM_TICKS }));

test('a settlement divides all of the money and no more than there is', () => {
  fc.assert(
    fc.property(amount, amount, amount, (heldTicks, costTicks, availableTicks) => {
      const settlement = settle(heldTicks, costTicks, availableTicks);
      const { chargedTicks, releasedTicks, takenFromWalletTicks, uncollectedTicks } = settlement;
      expect(Object.values(settlement).every((ticks) => ticks >= 0n)).toBe(true);
      expect(chargedTicks + releasedTicks).toBe(heldTicks + takenFromWalletTicks);
      expect(chargedTicks + uncollectedTicks).toBe(costTicks);
      expect(takenFromWalletTicks <= availableTicks).toBe(true);
      // Nobody is spared what the wallet could pay, and nothing is both released and taken.
      if (uncollectedTicks > 0n) expect(takenFromWalletTicks).toBe(availableTicks);
      if (releasedTicks > 0n) expect(takenFromWalletTicks + uncollectedTicks).toBe(0n);
    }),
  );
});

test('there is no settlement of negative money', () => {
  expect(() => settle(-1n, 0n, 0n)).toThrow(RangeError);
  expect(() => settle(0n, -1n, 0n)).toThrow(RangeError);
  expect(() => settle(0n, 0n, -1n)).toThrow(RangeError);
});

test('a settlement that does not add up to its hold makes no entries', () => {
  const settlement = settle(10n, 4n, 0n);
  expect(settlementEntries('w', 10n, settlement)).toHaveLength(4);
  expect(() => settlementEntries('w', 11n, settlement)).toThrow(RangeError);
  expect(() => settlementEntries('w', 10n, { ...settlement, chargedTicks: 5n })).toThrow(RangeError);
});

test('a movement of nothing, or backwards, is no movement', () => {
  for (const make of [grantEntries, withdrawalEntries, holdEntries]) {
    expect(() => make('w', 0n)).toThrow(RangeError);
    expect(() => make('w', -1n)).toThrow(RangeError);
  }
  expect(() => transfer('charge', 'held:w', 'operator:revenue', -1n)).toThrow(RangeError);
});

interface Step {
  readonly wallet: 'a' | 'b';
  readonly command: 'grant' | 'withdraw' | 'hold' | 'settle';
  readonly ticks: bigint;
}

const step: fc.Arbitrary<Step> = fc.record({
  wallet: fc.constantFrom('a', 'b'),
  command: fc.constantFrom('grant', 'withdraw', 'hold', 'settle'),
  ticks: fc.bigInt({ min: 1n, max: 1_000n }),
});

test('over any history the entries sum to zero, balances are their fold, and no wallet goes below zero', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40, size: 'max' }), (steps) => {
      const book: LedgerEntry[] = [];
      const running = { a: 0n, b: 0n };
      const holds: { wallet: 'a' | 'b'; ticks: bigint }[] = [];
      let revenue = 0n;
      let uncollected = 0n;
      for (const { wallet, command, ticks } of steps) {
        let entries: LedgerEntry[] = [];
        if (command === 'grant') {
          entries = grantEntries(wallet, ticks);
          running[wallet] += ticks;
        } else if (command === 'withdraw' && running[wallet] >= ticks) {
          entries = withdrawalEntries(wallet, ticks);
          running[wallet] -= ticks;
        } else if (command === 'hold' && running[wallet] >= ticks) {
          entries = holdEntries(wallet, ticks);
          running[wallet] -= ticks;
          holds.push({ wallet, ticks });
        } else if (command === 'settle' && holds.length > 0) {
          const hold = holds.shift() as { wallet: 'a' | 'b'; ticks: bigint };
          const settlement = settle(hold.ticks, ticks, running[hold.wallet]);
          entries = settlementEntries(hold.wallet, hold.ticks, settlement);
          running[hold.wallet] += settlement.releasedTicks - settlement.takenFromWalletTicks;
          revenue += ticks;
          uncollected += settlement.uncollectedTicks;
        }
        expect(entries.reduce((sum, entry) => sum + entry.amountTicks, 0n)).toBe(0n);
        expect(entries.every((entry) => entry.amountTicks !== 0n)).toBe(true);
        book.push(...entries);

        const balances = foldEntries(book);
        const of = (account: Parameters<typeof balances.get>[0]) => balances.get(account) ?? 0n;
        for (const name of ['a', 'b'] as const) {
          expect(of(`wallet:${name}`)).toBe(running[name]);
          expect(of(`wallet:${name}`) >= 0n).toBe(true);
          const open = holds.filter((hold) => hold.wallet === name);
          expect(of(`held:${name}`)).toBe(open.reduce((sum, hold) => sum + hold.ticks, 0n));
        }
        expect(of('operator:revenue')).toBe(revenue);
        expect(of('operator:uncollected')).toBe(-uncollected);
        expect([...balances.values()].reduce((sum, ticks) => sum + ticks, 0n)).toBe(0n);
      }
    }),
  );
});

test('entries name what they are', () => {
  expect(settlementEntries('w', 10n, settle(10n, 15n, 3n))).toEqual([
    { account: 'held:w', kind: 'charge', amountTicks: -10n },
    { account: 'operator:revenue', kind: 'charge', amountTicks: 10n },
    { account: 'wallet:w', kind: 'charge', amountTicks: -3n },
    { account: 'operator:revenue', kind: 'charge', amountTicks: 3n },
    { account: 'operator:uncollected', kind: 'uncollected', amountTicks: -2n },
    { account: 'operator:revenue', kind: 'uncollected', amountTicks: 2n },
  ]);
  expect(settlementEntries('w', 10n, settle(10n, 0n, 3n))).toEqual([
    { account: 'held:w', kind: 'release', amountTicks: -10n },
    { account: 'wallet:w', kind: 'release', amountTicks: 10n },
  ]);
});
