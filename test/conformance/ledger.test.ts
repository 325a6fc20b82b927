import { afterAll, beforeAll, expect, test } from 'bun:test';
import { MAXIMUM_TICKS } from '../../src/domain/money.ts';
import type { EndAnswer, HoldAnswer } from '../../src/storage/ledger-store.ts';
import type { Storage } from '../../src/storage/storage.ts';
import { StorageConflict } from '../../src/storage/storage-error.ts';
import { describeOn, ENGINES, type OpenedEngine } from './engines.ts';
import { failureOf, NOON_MS, Samples, usageOf } from './samples.ts';

for (const engine of ENGINES) {
  describeOn(engine, 'the ledger', () => {
    let opened: OpenedEngine;
    let storage: Storage;
    let samples: Samples;

    beforeAll(async () => {
      opened = await engine.open();
      storage = opened.storage;
      samples = new Samples(storage, 'ledger');
    });
    afterAll(async () => {
      const report = await storage.ledger.audit('process');
      await opened.dispose();
      expect(report.findings).toEqual([]);
    });

    const balance = async (walletId: string) => {
      const found = await storage.ledger.balance(walletId);
      return [found?.availableTicks, found?.heldTicks];
    };

    test('a wallet is opened once and empty; one that was never opened has no balance', async () => {
      const walletId = await samples.wallet(70n);
      await storage.ledger.openWallet(walletId, NOON_MS);
      expect(await balance(walletId)).toEqual([70n, 0n]);
      expect(await storage.ledger.balance('nobody')).toBeUndefined();
    });

    test('the same grant grants once', async () => {
      const walletId = await samples.wallet(0n);
      const grant = {
        transactionId: samples.id('grant'),
        walletId,
        amountTicks: 25n,
        memo: 'sign-up',
        atMs: NOON_MS,
      };
      expect((await storage.ledger.grant(grant)).outcome).toBe('done');
      expect(await storage.ledger.grant(grant)).toEqual({
        outcome: 'exists',
        balance: { availableTicks: 25n, heldTicks: 0n },
      });
      expect((await storage.ledger.grant({ ...grant, amountTicks: 99n })).outcome).toBe('exists');
      expect(await balance(walletId)).toEqual([25n, 0n]);
    });

    test('a wallet never holds more than can be written exactly', async () => {
      const walletId = await samples.wallet(MAXIMUM_TICKS - 5n);
      const grant = {
        transactionId: samples.id('grant'),
        walletId,
        amountTicks: 6n,
        memo: '',
        atMs: NOON_MS,
      };
      expect(await storage.ledger.grant(grant)).toMatchObject({ outcome: 'refused', reason: 'too-much' });
      expect((await storage.ledger.grant({ ...grant, amountTicks: 5n })).outcome).toBe('done');
      await storage.ledger.hold(samples.hold(walletId, 100n));
      const more = { ...grant, transactionId: samples.id('grant'), amountTicks: 1n };
      expect(await storage.ledger.grant(more)).toMatchObject({ outcome: 'refused', reason: 'too-much' });
    });

    test('a withdrawal takes what is available and never what is held', async () => {
      const walletId = await samples.wallet(100n);
      await storage.ledger.hold(samples.hold(walletId, 60n));
      const withdrawal = {
        transactionId: samples.id('out'),
        walletId,
        amountTicks: 41n,
        memo: '',
        atMs: NOON_MS,
      };
      expect(await storage.ledger.withdraw(withdrawal)).toMatchObject({
        outcome: 'refused',
        reason: 'not-enough',
      });
      expect((await storage.ledger.withdraw({ ...withdrawal, amountTicks: 40n })).outcome).toBe('done');
      expect((await storage.ledger.withdraw({ ...withdrawal, amountTicks: 40n })).outcome).toBe('exists');
      expect(await balance(walletId)).toEqual([0n, 60n]);
    });

    test('without a wallet nothing is granted, withdrawn or held', async () => {
      const grant = { transactionId: 'x', walletId: 'nobody', amountTicks: 1n, memo: '', atMs: NOON_MS };
      const refusal = {
        outcome: 'refused',
        reason: 'no-wallet',
        balance: { availableTicks: 0n, heldTicks: 0n },
      } as const;
      expect(await storage.ledger.grant(grant)).toEqual(refusal);
      expect(await storage.ledger.withdraw(grant)).toEqual(refusal);
      expect(await storage.ledger.hold(samples.hold('nobody', 1n))).toEqual(refusal);
      expect(await storage.ledger.hold(samples.hold('nobody', 0n))).toEqual(refusal);
    });

    test('a hold sets aside all it asks for, or refuses and says what there is', async () => {
      const walletId = await samples.wallet(100n);
      expect(await storage.ledger.hold(samples.hold(walletId, 60n))).toEqual({
        outcome: 'done',
        heldTicks: 60n,
        balance: { availableTicks: 40n, heldTicks: 60n },
      });
      expect(await storage.ledger.hold(samples.hold(walletId, 41n))).toEqual({
        outcome: 'refused',
        reason: 'not-enough',
        balance: { availableTicks: 40n, heldTicks: 60n },
      });
    });

    test('a hold with a minimum takes what there is, down to the minimum', async () => {
      const walletId = await samples.wallet(40n);
      const poor = samples.hold(walletId, 100n, { minimumTicks: 41n });
      expect((await storage.ledger.hold(poor)).outcome).toBe('refused');
      const content = { ...poor, minimumTicks: 40n };
      expect(await storage.ledger.hold(content)).toMatchObject({ outcome: 'done', heldTicks: 40n });
      expect(await storage.ledger.hold(content)).toMatchObject({ outcome: 'exists', heldTicks: 40n });
      expect(await balance(walletId)).toEqual([0n, 40n]);
    });

    test('a free request holds, extends and posts nothing, and is recorded', async () => {
      const walletId = await samples.wallet(0n);
      const hold = samples.hold(walletId, 0n);
      expect(await storage.ledger.hold(hold)).toMatchObject({ outcome: 'done', heldTicks: 0n });
      const extension = { step: 1, amountTicks: 0n, minimumTicks: 1n, usage: usageOf(1), costTicks: 0n };
      const extend = { holdId: hold.holdId, ...extension, atMs: NOON_MS };
      expect(await storage.ledger.extend(extend)).toMatchObject({ outcome: 'done', heldTicks: 0n });
      expect(await storage.ledger.extend(extend)).toMatchObject({ outcome: 'exists', heldTicks: 0n });
      expect(await storage.ledger.post(samples.post(hold, 0n))).toMatchObject({
        outcome: 'done',
        chargedTicks: 0n,
      });
      expect((await storage.usage.requests(walletId, { limit: 10 })).rows).toHaveLength(1);
    });

    test('a repeated hold answers what was held then, even after more was held and it ended', async () => {
      const walletId = await samples.wallet(100n);
      const hold = samples.hold(walletId, 30n);
      await storage.ledger.hold(hold);
      const extension = {
        holdId: hold.holdId,
        amountTicks: 20n,
        minimumTicks: 20n,
        usage: usageOf(1),
        costTicks: 1n,
      };
      await storage.ledger.extend({ ...extension, step: 1, atMs: NOON_MS });
      await storage.ledger.post(samples.post(hold, 10n));
      expect(await storage.ledger.hold(hold)).toEqual({
        outcome: 'exists',
        heldTicks: 30n,
        balance: { availableTicks: 90n, heldTicks: 0n },
      });
    });

    test('an extension happens once for each step, in any order, and only while the hold is open', async () => {
      const walletId = await samples.wallet(100n);
      const hold = samples.hold(walletId, 10n);
      const extend = (step: number, amountTicks: bigint, minimumTicks = amountTicks): Promise<HoldAnswer> =>
        storage.ledger.extend({
          holdId: hold.holdId,
          step,
          amountTicks,
          minimumTicks,
          usage: usageOf(step),
          costTicks: BigInt(step),
          atMs: NOON_MS,
        });
      expect(await extend(1, 5n)).toMatchObject({ outcome: 'refused', reason: 'not-held' });
      await storage.ledger.hold(hold);
      expect(await extend(1, 200n)).toMatchObject({ outcome: 'refused', reason: 'not-enough' });
      expect(await extend(3, 30n)).toMatchObject({ outcome: 'done', heldTicks: 30n });
      expect(await extend(3, 30n)).toMatchObject({ outcome: 'exists', heldTicks: 30n });
      expect(await extend(2, 20n)).toMatchObject({ outcome: 'done', heldTicks: 20n });
      expect(await extend(1, 200n, 1n)).toMatchObject({ outcome: 'done', heldTicks: 40n });
      expect(await balance(walletId)).toEqual([0n, 100n]);
      await storage.ledger.void(samples.void(hold));
      expect(await extend(2, 20n)).toMatchObject({ outcome: 'exists', heldTicks: 20n });
      expect(await extend(4, 1n)).toMatchObject({ outcome: 'refused', reason: 'not-held' });
      expect(await balance(walletId)).toEqual([100n, 0n]);
    });

    test('a post charges the cost, releases the rest and records what was charged', async () => {
      const walletId = await samples.wallet(100n);
      const hold = samples.hold(walletId, 60n);
      await storage.ledger.hold(hold);
      const post = samples.post(hold, 45n, { costTicks: 999n, uncollectedTicks: 999n });
      const done: EndAnswer = {
        outcome: 'done',
        chargedTicks: 45n,
        releasedTicks: 15n,
        uncollectedTicks: 0n,
        balance: { availableTicks: 55n, heldTicks: 0n },
      };
      expect(await storage.ledger.post(post)).toEqual(done);
      expect(await storage.ledger.post(post)).toEqual({ ...done, outcome: 'exists' });
      const { rows } = await storage.usage.requests(walletId, { limit: 10 });
      expect(rows).toEqual([{ ...post.record, costTicks: 45n, uncollectedTicks: 0n }]);
    });

    test('a post beyond the hold takes the rest from the wallet', async () => {
      const walletId = await samples.wallet(100n);
      const hold = samples.hold(walletId, 60n);
      await storage.ledger.hold(hold);
      expect(await storage.ledger.post(samples.post(hold, 75n))).toMatchObject({
        chargedTicks: 75n,
        uncollectedTicks: 0n,
      });
      expect(await balance(walletId)).toEqual([25n, 0n]);
    });

    test('a post beyond the credit charges all there is; the rest is uncollected, never a negative balance', async () => {
      const walletId = await samples.wallet(100n);
      const hold = samples.hold(walletId, 60n);
      await storage.ledger.hold(hold);
      expect(await storage.ledger.post(samples.post(hold, 130n))).toMatchObject({
        outcome: 'done',
        chargedTicks: 100n,
        releasedTicks: 0n,
        uncollectedTicks: 30n,
      });
      expect(await balance(walletId)).toEqual([0n, 0n]);
      const [row] = (await storage.usage.requests(walletId, { limit: 1 })).rows;
      expect([row?.costTicks, row?.uncollectedTicks]).toEqual([100n, 30n]);
    });

    test('a void releases the hold whole and records a request without a cost', async () => {
      const walletId = await samples.wallet(100n);
      const hold = samples.hold(walletId, 60n);
      await storage.ledger.hold(hold);
      expect(await storage.ledger.void(samples.void(hold))).toMatchObject({
        outcome: 'done',
        releasedTicks: 60n,
      });
      expect(await storage.ledger.void(samples.void(hold))).toMatchObject({
        outcome: 'exists',
        releasedTicks: 60n,
      });
      expect(await balance(walletId)).toEqual([100n, 0n]);
      const { rows } = await storage.usage.requests(walletId, { limit: 10 });
      expect(rows.map((row) => [row.outcome, row.costTicks])).toEqual([['failed', 0n]]);
    });

    test('a hold has one end: whatever comes after it is refused', async () => {
      const walletId = await samples.wallet(100n);
      const posted = samples.hold(walletId, 10n);
      const voided = samples.hold(walletId, 10n);
      await storage.ledger.hold(posted);
      await storage.ledger.hold(voided);
      await storage.ledger.post(samples.post(posted, 10n));
      await storage.ledger.void(samples.void(voided));
      expect(await storage.ledger.void(samples.void(posted))).toEqual({
        outcome: 'refused',
        reason: 'posted',
      });
      expect(await storage.ledger.post(samples.post(voided, 10n))).toEqual({
        outcome: 'refused',
        reason: 'voided',
      });
      const unknown = samples.hold(walletId, 10n);
      expect(await storage.ledger.post(samples.post(unknown, 10n))).toEqual({
        outcome: 'refused',
        reason: 'no-hold',
      });
      expect(await balance(walletId)).toEqual([90n, 0n]);
      expect((await storage.usage.requests(walletId, { limit: 10 })).rows).toHaveLength(2);
    });

    test('the id of a request belongs to one wallet: nobody learns or touches another by guessing it', async () => {
      const mine = await samples.wallet(100n);
      const theirs = await samples.wallet(100n);
      const hold = samples.hold(mine, 10n);
      await storage.ledger.hold(hold);
      const stolen = { ...hold, walletId: theirs };
      expect(await failureOf(storage.ledger.hold(stolen))).toBeInstanceOf(StorageConflict);
      expect(await balance(theirs)).toEqual([100n, 0n]);
    });

    test('amounts that no balance may meet are bugs of the caller, and change nothing', async () => {
      const walletId = await samples.wallet(100n);
      const hold = samples.hold(walletId, 10n);
      await storage.ledger.hold(hold);
      const grant = {
        transactionId: samples.id('grant'),
        walletId,
        amountTicks: -5n,
        memo: '',
        atMs: NOON_MS,
      };
      const commands: (() => Promise<unknown>)[] = [
        () => storage.ledger.grant(grant),
        () => storage.ledger.withdraw(grant),
        () => storage.ledger.grant({ ...grant, amountTicks: 1n, memo: 'x'.repeat(201) }),
        () =>
          storage.ledger.grant({ ...grant, amountTicks: 1n, transactionId: `request:${hold.holdId}:end` }),
        () => storage.ledger.hold(samples.hold(walletId, -1n)),
        () => storage.ledger.hold(samples.hold(walletId, 2n ** 64n)),
        () => storage.ledger.hold(samples.hold(walletId, 5n, { minimumTicks: -1n })),
        () => storage.ledger.post(samples.post(hold, -1n)),
        () => storage.ledger.post(samples.post(hold, 2n ** 63n)),
        () => storage.ledger.post(samples.post(hold, 1n, { usage: { ...usageOf(5), outputTokens: -5 } })),
        () => storage.ledger.post(samples.post(hold, 1n, { requestId: 'another' })),
        () => storage.ledger.post(samples.post(hold, 1n, { durationMs: Number.NaN })),
        () => storage.ledger.post(samples.post(hold, 1n, { atMs: NOON_MS + 0.5 })),
        () => storage.ledger.hold(samples.hold(walletId, 1n, { atMs: Number.NaN })),
        () => storage.usage.record(samples.record(samples.hold(walletId, 1n), { costTicks: 5n })),
      ];
      for (const command of commands) expect(await failureOf(command())).toBeInstanceOf(RangeError);
      expect(await balance(walletId)).toEqual([90n, 10n]);
    });

    test('200 calls at once on credit for 10: exactly 10 are held', async () => {
      const walletId = await samples.wallet(1_000n);
      const holds = Array.from({ length: 200 }, () => samples.hold(walletId, 100n));
      const answers = await Promise.all(holds.map((hold) => storage.ledger.hold(hold)));
      expect(answers.filter((answer) => answer.outcome === 'done')).toHaveLength(10);
      expect(await balance(walletId)).toEqual([0n, 1_000n]);
      const held = holds.filter((_, index) => answers[index]?.outcome === 'done');
      await Promise.all(held.map((hold) => storage.ledger.post(samples.post(hold, 100n))));
      expect(await balance(walletId)).toEqual([0n, 0n]);
    });

    test('the same command from 50 callers at once is carried out once', async () => {
      const walletId = await samples.wallet(100n);
      const hold = samples.hold(walletId, 40n);
      const holds = await Promise.all(Array.from({ length: 50 }, () => storage.ledger.hold(hold)));
      expect(holds.filter((answer) => answer.outcome === 'done')).toHaveLength(1);
      const post = samples.post(hold, 30n);
      const posts = await Promise.all(Array.from({ length: 50 }, () => storage.ledger.post(post)));
      expect(posts.filter((answer) => answer.outcome === 'done')).toHaveLength(1);
      expect(await balance(walletId)).toEqual([70n, 0n]);
    });

    test('grants and holds at one moment: the sum is exact', async () => {
      const walletId = await samples.wallet(0n);
      const grants = Array.from({ length: 50 }, () => ({
        transactionId: samples.id('grant'),
        walletId,
        amountTicks: 7n,
        memo: '',
        atMs: NOON_MS,
      }));
      const answers = await Promise.all(
        grants.flatMap((grant) => [
          storage.ledger.grant(grant),
          storage.ledger.hold(samples.hold(walletId, 5n)),
        ]),
      );
      const held = answers.filter((answer) => 'heldTicks' in answer && answer.outcome === 'done').length;
      expect(await balance(walletId)).toEqual([350n - BigInt(held) * 5n, BigInt(held) * 5n]);
    });
  });
}
