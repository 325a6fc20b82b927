import { afterAll, beforeAll, expect, test } from 'bun:test';
import { TICKS_PER_USD } from '../../src/domain/money.ts';
import type { Storage } from '../../src/storage/storage.ts';
import { StorageConflict } from '../../src/storage/storage-error.ts';
import type { RequestOutcome } from '../../src/storage/usage-store.ts';
import { describeOn, ENGINES, type OpenedEngine } from './engines.ts';
import { failureOf, NOON_MS, Samples, usageOf } from './samples.ts';

const DAY_MS = 86_400_000;

for (const engine of ENGINES) {
  describeOn(engine, 'usage', () => {
    let opened: OpenedEngine;
    let storage: Storage;
    let samples: Samples;

    beforeAll(async () => {
      opened = await engine.open();
      storage = opened.storage;
      samples = new Samples(storage, 'usage');
    });
    afterAll(async () => {
      const report = await storage.ledger.audit(undefined);
      await opened.dispose();
      expect(report.findings).toEqual([]);
    });

    test('a record comes back as it went in', async () => {
      const origin = { ...samples.origin(samples.id('team')), streamed: false, simulated: true };
      const record = samples.record(
        { holdId: samples.id('request'), origin },
        {
          outcome: 'refused',
          httpStatus: 429,
          failureCode: 'resource-exhausted',
          usage: {
            inputTokens: 6,
            cachedInputTokens: 1,
            imageInputTokens: 2,
            audioInputTokens: 3,
            outputTokens: 4,
            reasoningTokens: 5,
          },
          estimated: true,
          reported: { inputTokens: 6, cachedInputTokens: 1, outputTokens: 3, reasoningTokens: 5 },
          pricedFromMs: 1_763_000_000_000,
          queuedMs: 0.125,
          timeToFirstTokenMs: null,
        },
      );
      await storage.usage.record(record);
      expect((await storage.usage.requests(origin.organizationId, { limit: 1 })).rows).toEqual([record]);
    });

    test('a request is recorded and counted once', async () => {
      const request = { holdId: samples.id('request'), origin: samples.origin(samples.id('team')) };
      await storage.usage.record(samples.record(request));
      await storage.usage.record(samples.record(request));
      const { organizationId } = request.origin;
      expect((await storage.usage.requests(organizationId, { limit: 10 })).rows).toHaveLength(1);
      const [day] = await storage.usage.daily(organizationId, '2026-11-22', '2026-11-22');
      expect(day?.requests).toBe(1);
    });

    test('an id is a hold or a record without one, never both', async () => {
      const walletId = await samples.wallet(100n);
      const hold = samples.hold(walletId, 10n);
      await storage.ledger.hold(hold);
      expect(await failureOf(storage.usage.record(samples.record(hold)))).toBeInstanceOf(StorageConflict);
      const recorded = samples.hold(walletId, 10n);
      await storage.usage.record(samples.record(recorded));
      expect(await failureOf(storage.ledger.hold(recorded))).toBeInstanceOf(StorageConflict);
    });

    test('days add up what their requests used, by key and model, with the charge', async () => {
      const walletId = await samples.wallet(100n * TICKS_PER_USD);
      const request = async (
        keyId: string,
        model: string,
        atMs: number,
        outcome: RequestOutcome,
        costTicks: bigint,
      ) => {
        const origin = { ...samples.origin(walletId), keyId, model };
        const hold = samples.hold(walletId, costTicks, { origin });
        await storage.ledger.hold(hold);
        await storage.ledger.post(samples.post(hold, costTicks, { atMs, outcome, usage: usageOf(7) }));
      };
      await request('key-b', 'grok-beta', NOON_MS, 'completed', 5n);
      await request('key-a', 'grok-vision-beta', NOON_MS, 'completed', 7n);
      await request('key-a', 'grok-beta', NOON_MS, 'completed', TICKS_PER_USD);
      await request('key-a', 'grok-beta', NOON_MS + 1, 'upstream-broke', 11n);
      await request('key-a', 'grok-beta', NOON_MS + 2, 'client-gone', 13n);
      await request('key-a', 'grok-beta', NOON_MS - DAY_MS, 'completed', 17n);
      await request('key-a', 'grok-beta', NOON_MS + DAY_MS, 'completed', 19n);

      const days = await storage.usage.daily(walletId, '2026-11-21', '2026-11-22');
      expect(
        days.map((day) => [day.day, day.keyId, day.model, day.requests, day.failedRequests, day.costTicks]),
      ).toEqual([
        ['2026-11-21', 'key-a', 'grok-beta', 1, 0, 17n],
        ['2026-11-22', 'key-a', 'grok-beta', 3, 1, TICKS_PER_USD + 24n],
        ['2026-11-22', 'key-a', 'grok-vision-beta', 1, 0, 7n],
        ['2026-11-22', 'key-b', 'grok-beta', 1, 0, 5n],
      ]);
      expect(days[1]?.usage).toEqual({ ...usageOf(21), inputTokens: 30 });
      expect(days.every((day) => day.organizationId === walletId)).toBe(true);
    });

    test('a day begins and ends at midnight UTC', async () => {
      const midnightMs = Date.UTC(2026, 10, 23);
      const organizationId = samples.id('team');
      for (const atMs of [midnightMs - 1, midnightMs, midnightMs + DAY_MS - 1, midnightMs + DAY_MS]) {
        const request = { holdId: samples.id('request'), origin: samples.origin(organizationId) };
        await storage.usage.record(samples.record(request, { atMs }));
      }
      const days = await storage.usage.daily(organizationId, '2026-11-01', '2026-11-30');
      expect(days.map((day) => [day.day, day.requests])).toEqual([
        ['2026-11-22', 1],
        ['2026-11-23', 2],
        ['2026-11-24', 1],
      ]);
    });

    test('nobody sees the days of another organization', async () => {
      const request = { holdId: samples.id('request'), origin: samples.origin(samples.id('team')) };
      await storage.usage.record(samples.record(request));
      expect(await storage.usage.daily(samples.id('team'), '2000-01-01', '2100-01-01')).toEqual([]);
    });
  });
}
