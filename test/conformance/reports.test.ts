import { afterAll, beforeAll, expect, test } from 'bun:test';
import type { Storage } from '../../src/storage/storage.ts';
import { USED_TICKS, usedRequest } from '../console-api/used-request.ts';
import { describeOn, ENGINES, type OpenedEngine } from './engines.ts';
import { NOON_MS, Samples } from './samples.ts';

const HOUR_MS = 3_600_000;
const ALL = { byKey: true, byModel: true };

for (const engine of ENGINES) {
  describeOn(engine, 'reports', () => {
    let opened: OpenedEngine;
    let storage: Storage;
    let walletId: string;

    beforeAll(async () => {
      opened = await engine.open();
      storage = opened.storage;
      walletId = await new Samples(storage, 'reports').wallet(1_000_000_000_000n);
      const key = (id: string) => ({ id, organizationId: walletId, userId: 'user-1' });
      for (let hour = 30; hour > 0; hour -= 1) {
        const outcome = hour % 3 === 0 ? 'failed' : 'completed';
        await usedRequest(storage, key(`key-${hour % 2}`), NOON_MS - hour * HOUR_MS, { outcome });
      }
      const other = await new Samples(storage, 'reports-2').wallet(1_000_000_000_000n);
      await usedRequest(storage, { id: 'key-9', organizationId: other, userId: 'user-2' }, NOON_MS);
    });
    afterAll(() => opened.dispose());

    test('hours and days add up to the requests, and to nobody else’s', async () => {
      const span = { fromMs: NOON_MS - 48 * HOUR_MS, toMs: NOON_MS + HOUR_MS };
      const hours = await storage.reports.usage(walletId, { ...span, step: 'hour' }, ALL);
      expect(hours.map(({ atMs }) => atMs)).toEqual(
        Array.from({ length: 30 }, (_, at) => NOON_MS - (30 - at) * HOUR_MS),
      );
      const days = await storage.reports.usage(walletId, { ...span, step: 'day' }, ALL);
      // Yesterday from six o'clock on, and today until noon; two keys each.
      expect(days.map(({ keyId, requests }) => [keyId, requests]).sort()).toEqual([
        ['key-0', 6],
        ['key-0', 9],
        ['key-1', 6],
        ['key-1', 9],
      ]);
      for (const cells of [hours, days]) {
        expect(cells.reduce((sum, { costTicks }) => sum + costTicks, 0n)).toBe(30n * USED_TICKS);
        expect(cells.reduce((sum, { failedRequests }) => sum + failedRequests, 0)).toBe(10);
      }
    });

    test('whatever the span’s edges are, days are made of the hours within', async () => {
      for (const [from, to, expected] of [
        [48, 0, [6 + 12, 12]],
        [20, -1, [8, 12]],
        [20, 13, [7]],
        [12, -12, [12]],
        [11, 2, [9]],
      ] as const) {
        const span = { fromMs: NOON_MS - from * HOUR_MS, toMs: NOON_MS - to * HOUR_MS, step: 'day' } as const;
        const cells = await storage.reports.usage(walletId, span, { byKey: false, byModel: false });
        expect([from, to, cells.map(({ requests }) => requests)]).toEqual([from, to, [...expected]]);
        expect(cells.every(({ keyId, model }) => keyId === '' && model === '')).toBeTrue();
      }
    });

    test('the end of a span is not in it', async () => {
      const span = { fromMs: NOON_MS - 2 * HOUR_MS, toMs: NOON_MS - HOUR_MS, step: 'hour' } as const;
      expect(await storage.reports.usage(walletId, span, ALL)).toHaveLength(1);
    });

    test('of many at once each is counted', async () => {
      const crowd = await new Samples(storage, 'crowd').wallet(1_000_000_000_000n);
      const key = { id: 'key-7', organizationId: crowd, userId: 'user-1' };
      const atMs = NOON_MS - 100 * HOUR_MS;
      await Promise.all(Array.from({ length: 20 }, (_, at) => usedRequest(storage, key, atMs + at)));
      const span = { fromMs: atMs, toMs: atMs + HOUR_MS, step: 'hour' } as const;
      expect(await storage.reports.usage(crowd, span, ALL)).toMatchObject([
        { requests: 20, inputTokens: 20 * 1_287, outputTokens: 20 * 418, costTicks: 20n * USED_TICKS },
      ]);
      expect(await storage.reports.channels(span)).toMatchObject([
        { requests: 20, costTicks: 20n * USED_TICKS },
      ]);
    });

    test('channels add up over all teams', async () => {
      const cells = await storage.reports.channels({ fromMs: 0, toMs: NOON_MS + HOUR_MS, step: 'day' });
      // Those of the crowd too.
      expect(cells.reduce((sum, { requests }) => sum + requests, 0)).toBe(51);
      expect(new Set(cells.map(({ channel }) => channel))).toEqual(new Set(['vogon']));
    });

    test('a page that matches nothing may go on, and goes on until it ends', async () => {
      const filter = { organizationId: walletId, model: 'no-such-model' };
      const page = await storage.reports.requests(filter, { limit: 10 });
      expect(page).toEqual({ rows: [] });
    });

    test('whoever watches sees each request once, in the order in which they ended', async () => {
      const all = await storage.reports.requestsAfter(walletId, 0n, 100);
      expect(all).toHaveLength(30);
      const last = await storage.reports.lastSequence(walletId);
      expect(all.at(-1)?.sequence).toBe(last);
      expect(await storage.reports.requestsAfter(walletId, last, 100)).toEqual([]);
    });

    test('a request belongs to its team only, and so do its movements', async () => {
      const [one] = await storage.reports.requestsAfter(walletId, 0n, 1);
      const id = one?.record.requestId ?? '';
      expect(await storage.reports.findRequest(walletId, id)).toEqual(one?.record);
      expect(await storage.reports.findRequest('somebody-else', id)).toBeUndefined();
      expect(await storage.reports.movesOfRequest(walletId, id)).toHaveLength(2);
      expect(await storage.reports.movesOfRequest('somebody-else', id)).toEqual([]);
    });

    test('a wallet’s movements come with what it has in the same moment', async () => {
      const { moves, availableTicks } = await storage.reports.creditMoves({
        ...{ walletId, creditOnly: false, limit: 1_000 },
      });
      expect(moves).toHaveLength(61);
      expect(moves.reduce((sum, move) => sum + move.availableTicks, 0n)).toBe(availableTicks);
      expect(await storage.reports.grantedTicks(walletId)).toBe(1_000_000_000_000n);
      const none = await storage.reports.creditMoves({ walletId: 'nobody', creditOnly: false, limit: 5 });
      expect(none).toEqual({ moves: [], availableTicks: 0n });
    });
  });
}
