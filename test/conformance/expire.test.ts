import { expect, test } from 'bun:test';
import type { Storage } from '../../src/storage/storage.ts';
import { describeOn, ENGINES } from './engines.ts';
import { NOON_MS, Samples, usageOf } from './samples.ts';

for (const engine of ENGINES) {
  const withStorage = (run: (storage: Storage, samples: Samples) => Promise<void>) => async () => {
    const opened = await engine.open();
    try {
      await run(opened.storage, new Samples(opened.storage, 'expire'));
      expect((await opened.storage.ledger.audit(undefined)).findings).toEqual([]);
    } finally {
      await opened.dispose();
    }
  };

  describeOn(engine, 'holds of a process that died', () => {
    test(
      'are charged what their last checkpoint shows, released otherwise, and recorded as interrupted',
      withStorage(async ({ ledger, usage }, samples) => {
        const walletId = await samples.wallet(1_000n);
        const hold = samples.hold(walletId, 100n, { processId: 'dead' });
        await ledger.hold(hold);
        await ledger.checkpoint({
          holdId: hold.holdId,
          usage: usageOf(3),
          costTicks: 30n,
          atMs: NOON_MS + 500,
        });
        // One that was overtaken on its way does not turn the figures back.
        await ledger.checkpoint({
          holdId: hold.holdId,
          usage: usageOf(1),
          costTicks: 10n,
          atMs: NOON_MS + 400,
        });
        expect(await ledger.expireHoldsOfOthers('live', NOON_MS + 9_000)).toEqual({
          expired: 1,
          chargedTicks: 30n,
        });
        expect(await ledger.balance(walletId)).toEqual({ availableTicks: 970n, heldTicks: 0n });
        expect((await usage.requests(walletId, { limit: 10 })).rows).toEqual([
          samples.record(hold, {
            outcome: 'interrupted',
            httpStatus: 0,
            usage: usageOf(3),
            estimated: true,
            costTicks: 30n,
            timeToFirstTokenMs: null,
            durationMs: 500,
            gatewayMs: 0,
          }),
        ]);
        const [day] = await usage.daily(walletId, '2026-11-22', '2026-11-22');
        expect([day?.requests, day?.failedRequests, day?.costTicks]).toEqual([1, 1, 30n]);
        expect(await ledger.post(samples.post(hold, 50n))).toEqual({ outcome: 'refused', reason: 'expired' });
      }),
    );

    test(
      'an extension is a checkpoint too, also when it is refused',
      withStorage(async ({ ledger }, samples) => {
        const walletId = await samples.wallet(100n);
        const hold = samples.hold(walletId, 60n, { processId: 'dead' });
        await ledger.hold(hold);
        const extension = {
          holdId: hold.holdId,
          amountTicks: 30n,
          minimumTicks: 30n,
          usage: usageOf(4),
          atMs: NOON_MS,
        };
        expect((await ledger.extend({ ...extension, step: 1, costTicks: 50n })).outcome).toBe('done');
        expect((await ledger.extend({ ...extension, step: 2, costTicks: 85n })).outcome).toBe('refused');
        expect(await ledger.expireHoldsOfOthers('live', NOON_MS)).toEqual({ expired: 1, chargedTicks: 85n });
        expect(await ledger.balance(walletId)).toEqual({ availableTicks: 15n, heldTicks: 0n });
      }),
    );

    test(
      'end exactly once, many of them too, and holds of the live process stay',
      withStorage(async ({ ledger, usage }, samples) => {
        const walletId = await samples.wallet(10_000n);
        const dead = Array.from({ length: 450 }, () => samples.hold(walletId, 10n, { processId: 'dead' }));
        const live = samples.hold(walletId, 10n, { processId: 'live' });
        await Promise.all([...dead, live].map((hold) => ledger.hold(hold)));
        const before = await ledger.audit('live');
        expect([before.liveHolds, before.lostHolds]).toEqual([1, 450]);

        const both = await Promise.all([
          ledger.expireHoldsOfOthers('live', NOON_MS),
          ledger.expireHoldsOfOthers('live', NOON_MS),
        ]);
        expect(both.reduce((sum, { expired }) => sum + expired, 0)).toBe(450);
        expect(await ledger.expireHoldsOfOthers('live', NOON_MS)).toEqual({ expired: 0, chargedTicks: 0n });
        expect(await ledger.balance(walletId)).toEqual({ availableTicks: 9_990n, heldTicks: 10n });
        expect((await usage.requests(walletId, { limit: 1_000 })).rows).toHaveLength(450);
        const after = await ledger.audit(undefined);
        expect([after.liveHolds, after.lostHolds]).toEqual([0, 1]);
      }),
    );

    test(
      'a checkpoint of an unknown or ended hold changes nothing',
      withStorage(async ({ ledger }, samples) => {
        const walletId = await samples.wallet(100n);
        const hold = samples.hold(walletId, 10n);
        await ledger.checkpoint({ holdId: hold.holdId, usage: usageOf(1), costTicks: 5n, atMs: NOON_MS });
        await ledger.hold(hold);
        await ledger.void(samples.void(hold));
        await ledger.checkpoint({ holdId: hold.holdId, usage: usageOf(1), costTicks: 5n, atMs: NOON_MS });
        expect(await ledger.expireHoldsOfOthers('other', NOON_MS)).toEqual({ expired: 0, chargedTicks: 0n });
        expect(await ledger.balance(walletId)).toEqual({ availableTicks: 100n, heldTicks: 0n });
      }),
    );
  });
}
