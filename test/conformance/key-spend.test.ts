import { expect, test } from 'bun:test';
import type { HoldAnswer, HoldCommand } from '../../src/storage/ledger-store.ts';
import type { Storage } from '../../src/storage/storage.ts';
import { describeOn, ENGINES } from './engines.ts';
import { NOON_MS, Samples, usageOf } from './samples.ts';

const DAY_MS = 86_400_000;
/** 22 November; the month has eight days left. */
const NEXT_DAY_MS = NOON_MS + DAY_MS;
const NEXT_MONTH_MS = Date.UTC(2026, 11, 1, 12);
const MIDNIGHT_MS = Date.UTC(2026, 10, 23);

for (const engine of ENGINES) {
  const withStorage = (run: (storage: Storage, samples: Samples) => Promise<void>) => async () => {
    const opened = await engine.open();
    try {
      await run(opened.storage, new Samples(opened.storage, 'spend'));
      expect((await opened.storage.ledger.audit(undefined)).findings).toEqual([]);
    } finally {
      await opened.dispose();
    }
  };

  const heldBy = (answer: HoldAnswer) => (answer.outcome === 'refused' ? answer.reason : answer.heldTicks);

  /** Holds of one key that may spend so much a day or a month. */
  const limited = (
    samples: Samples,
    walletId: string,
    {
      perDayTicks = null,
      perMonthTicks = null,
    }: { perDayTicks?: bigint | null; perMonthTicks?: bigint | null },
  ) => {
    return (amountTicks: bigint, change: Partial<HoldCommand> = {}) =>
      samples.hold(walletId, amountTicks, { spendLimits: { perDayTicks, perMonthTicks }, ...change });
  };

  describeOn(engine, 'spend limits of a key', () => {
    test(
      '200 holds at once against an allowance for 10',
      withStorage(async ({ ledger }, samples) => {
        const walletId = await samples.wallet(1_000_000n);
        const hold = limited(samples, walletId, { perDayTicks: 1_000n });
        const holds = Array.from({ length: 200 }, () => hold(100n));
        const answers = await Promise.all(holds.map((command) => ledger.hold(command)));
        expect(answers.filter(({ outcome }) => outcome === 'done')).toHaveLength(10);
        const refused = answers.find(({ outcome }) => outcome === 'refused');
        expect(refused).toMatchObject({
          reason: 'spend-limit',
          period: { name: 'day', limitTicks: 1_000n, endMs: MIDNIGHT_MS },
        });
        expect(await ledger.balance(walletId)).toEqual({ availableTicks: 999_000n, heldTicks: 1_000n });
      }),
    );

    test(
      'what is charged stays spent, what is released may be spent again',
      withStorage(async ({ ledger }, samples) => {
        const walletId = await samples.wallet(10_000n);
        const hold = limited(samples, walletId, { perDayTicks: 100n });
        const [first, second] = [hold(60n), hold(40n)];
        await ledger.hold(first);
        await ledger.hold(second);
        expect(heldBy(await ledger.hold(hold(1n)))).toBe('spend-limit');
        await ledger.post(samples.post(first, 25n));
        await ledger.void(samples.void(second));
        expect(heldBy(await ledger.hold(hold(76n)))).toBe('spend-limit');
        expect(heldBy(await ledger.hold(hold(75n)))).toBe(75n);
      }),
    );

    test(
      'a hold takes what the allowance has left, if that is its minimum at least',
      withStorage(async ({ ledger }, samples) => {
        const walletId = await samples.wallet(10_000n);
        const hold = limited(samples, walletId, { perDayTicks: 100n });
        await ledger.hold(hold(70n));
        expect(heldBy(await ledger.hold(hold(80n, { minimumTicks: 31n })))).toBe('spend-limit');
        expect(heldBy(await ledger.hold(hold(80n, { minimumTicks: 30n })))).toBe(30n);
        // Nothing is left; what costs nothing may pass.
        expect(heldBy(await ledger.hold(hold(0n)))).toBe(0n);
      }),
    );

    test(
      'the smaller of credit and allowance decides, and credit is never overdrawn',
      withStorage(async ({ ledger }, samples) => {
        const walletId = await samples.wallet(50n);
        const hold = limited(samples, walletId, { perDayTicks: 100n });
        expect(heldBy(await ledger.hold(hold(80n)))).toBe('not-enough');
        expect(heldBy(await ledger.hold(hold(80n, { minimumTicks: 10n })))).toBe(50n);
        expect(await ledger.balance(walletId)).toEqual({ availableTicks: 0n, heldTicks: 50n });
      }),
    );

    test(
      'an extension is bounded as well, by the day of its hold',
      withStorage(async ({ ledger }, samples) => {
        const walletId = await samples.wallet(10_000n);
        const hold = limited(samples, walletId, { perDayTicks: 100n });
        const first = hold(60n);
        await ledger.hold(first);
        const extend = (step: number, amountTicks: bigint) =>
          ledger.extend({
            holdId: first.holdId,
            step,
            amountTicks,
            minimumTicks: 1n,
            spendLimits: first.spendLimits,
            usage: usageOf(step),
            costTicks: BigInt(step),
            atMs: NEXT_DAY_MS,
          });
        expect(heldBy(await extend(1, 30n))).toBe(30n);
        expect(heldBy(await extend(1, 30n))).toBe(30n);
        expect(heldBy(await extend(2, 30n))).toBe(10n);
        expect(heldBy(await extend(3, 30n))).toBe('spend-limit');
        expect(await ledger.balance(walletId)).toEqual({ availableTicks: 9_900n, heldTicks: 100n });
      }),
    );

    test(
      'a day begins anew at midnight UTC, a month at its first day; a call counts where it was let in',
      withStorage(async ({ ledger }, samples) => {
        const walletId = await samples.wallet(10_000n);
        const hold = limited(samples, walletId, { perDayTicks: 100n, perMonthTicks: 150n });
        const late = hold(100n, { atMs: MIDNIGHT_MS - 1 });
        await ledger.hold(late);
        expect(heldBy(await ledger.hold(hold(1n, { atMs: MIDNIGHT_MS - 1 })))).toBe('spend-limit');
        // It ends on the next day and counts on its own.
        await ledger.post(samples.post(late, 100n, { atMs: MIDNIGHT_MS - 1 }));
        expect(heldBy(await ledger.hold(hold(1n, { atMs: MIDNIGHT_MS - 1 })))).toBe('spend-limit');
        expect(heldBy(await ledger.hold(hold(50n, { atMs: MIDNIGHT_MS })))).toBe(50n);
        expect(await ledger.hold(hold(1n, { atMs: MIDNIGHT_MS }))).toMatchObject({
          outcome: 'refused',
          period: { name: 'month', limitTicks: 150n, endMs: Date.UTC(2026, 11, 1) },
        });
        expect(heldBy(await ledger.hold(hold(100n, { atMs: NEXT_MONTH_MS })))).toBe(100n);
        // What is held in a later period leaves the earlier one alone: a call may come late into line.
        const other = { ...samples.origin(walletId), keyId: 'other' };
        await ledger.hold(hold(100n, { atMs: MIDNIGHT_MS, origin: other }));
        expect(heldBy(await ledger.hold(hold(50n, { atMs: MIDNIGHT_MS - 1, origin: other })))).toBe(50n);
      }),
    );

    test(
      'other keys, and a key without limits, are not bounded by it',
      withStorage(async ({ ledger }, samples) => {
        const walletId = await samples.wallet(10_000n);
        const hold = limited(samples, walletId, { perDayTicks: 100n });
        await ledger.hold(hold(100n));
        const other = { ...samples.origin(walletId), keyId: 'other' };
        expect(heldBy(await ledger.hold(hold(100n, { origin: other })))).toBe(100n);
        expect(heldBy(await ledger.hold(samples.hold(walletId, 500n)))).toBe(500n);
      }),
    );

    test(
      'a limit that is set later counts what was spent before it',
      withStorage(async ({ ledger }, samples) => {
        const walletId = await samples.wallet(10_000n);
        const [charged, open] = [samples.hold(walletId, 50n), samples.hold(walletId, 30n)];
        await ledger.hold(charged);
        await ledger.hold(open);
        await ledger.post(samples.post(charged, 40n));
        const hold = limited(samples, walletId, { perMonthTicks: 100n });
        expect(heldBy(await ledger.hold(hold(31n)))).toBe('spend-limit');
        expect(heldBy(await ledger.hold(hold(30n)))).toBe(30n);
      }),
    );

    test(
      'the holds of a process that died give their allowance back',
      withStorage(async ({ ledger }, samples) => {
        const walletId = await samples.wallet(10_000n);
        const hold = limited(samples, walletId, { perDayTicks: 100n });
        const dead = hold(100n, { processId: 'dead' });
        await ledger.hold(dead);
        await ledger.checkpoint({ holdId: dead.holdId, usage: usageOf(2), costTicks: 20n, atMs: NOON_MS });
        await ledger.expireHoldsOfOthers('live', MIDNIGHT_MS + 5);
        expect(heldBy(await ledger.hold(hold(81n)))).toBe('spend-limit');
        expect(heldBy(await ledger.hold(hold(80n)))).toBe(80n);
      }),
    );
  });
}
