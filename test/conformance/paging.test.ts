import { afterAll, beforeAll, expect, test } from 'bun:test';
import { InvalidPage, type Page, type PageRequest } from '../../src/storage/page.ts';
import type { Storage } from '../../src/storage/storage.ts';
import { describeOn, ENGINES, type OpenedEngine } from './engines.ts';
import { failureOf, NOON_MS, Samples } from './samples.ts';

/** Reads every page, and lets something happen after each. */
async function readAll<Row>(
  read: (page: PageRequest) => Promise<Page<Row>>,
  limit: number,
  between: () => Promise<unknown> = async () => {},
): Promise<Row[]> {
  const rows: Row[] = [];
  let cursor: string | undefined;
  do {
    const page = await read({ limit, cursor });
    expect(page.rows.length).toBeLessThanOrEqual(limit);
    rows.push(...page.rows);
    cursor = page.nextCursor;
    await between();
  } while (cursor !== undefined);
  return rows;
}

for (const engine of ENGINES) {
  describeOn(engine, 'pages', () => {
    let opened: OpenedEngine;
    let storage: Storage;
    let samples: Samples;

    beforeAll(async () => {
      opened = await engine.open();
      storage = opened.storage;
      samples = new Samples(storage, 'paging');
    });
    afterAll(() => opened.dispose());

    test('a statement shows grant, hold, charge and release, youngest first', async () => {
      const walletId = await samples.wallet(100n);
      const hold = samples.hold(walletId, 60n);
      await storage.ledger.hold(hold);
      await storage.ledger.post(samples.post(hold, 45n));
      const { rows } = await storage.ledger.statement(walletId, { limit: 100 });
      expect(
        rows.map((line) => [line.kind, line.account, line.amountTicks, line.requestId, line.model]),
      ).toEqual([
        ['release', `wallet:${walletId}`, 15n, hold.holdId, 'grok-beta'],
        ['release', `held:${walletId}`, -15n, hold.holdId, 'grok-beta'],
        ['charge', `held:${walletId}`, -45n, hold.holdId, 'grok-beta'],
        ['hold', `held:${walletId}`, 60n, hold.holdId, 'grok-beta'],
        ['hold', `wallet:${walletId}`, -60n, hold.holdId, 'grok-beta'],
        ['grant', `wallet:${walletId}`, 100n, null, null],
      ]);
      expect(rows.at(-1)).toMatchObject({ memo: 'welcome', atMs: NOON_MS });
      expect(rows[0]?.atMs).toBe(NOON_MS + 1);
      expect(new Set(rows.map((line) => line.transactionId)).size).toBe(3);
    });

    test('a statement read page by page while it grows misses nothing and repeats nothing', async () => {
      const walletId = await samples.wallet(1_000n);
      const holds = Array.from({ length: 20 }, () => samples.hold(walletId, 5n));
      await Promise.all(holds.map((hold) => storage.ledger.hold(hold)));
      const whole = await readAll((page) => storage.ledger.statement(walletId, page), 1_000);
      expect(whole).toHaveLength(41);

      for (const limit of [1, 3, 41, 42]) {
        const grown = await readAll(
          (page) => storage.ledger.statement(walletId, page),
          limit,
          () => storage.ledger.hold(samples.hold(walletId, 1n)),
        );
        const newer = grown.filter((line) => line.sequence > (whole[0]?.sequence ?? 0n));
        expect(grown.slice(newer.length)).toEqual(whole);
        expect(grown.map((line) => line.sequence)).toEqual(
          grown.map((line) => line.sequence).sort((a, b) => (a < b ? 1 : -1)),
        );
      }
    });

    test('requests are paged youngest first, and only those of the organization', async () => {
      const mine = samples.id('team');
      const theirs = samples.id('team');
      const ids: string[] = [];
      for (let index = 0; index < 30; index += 1) {
        const owner = index % 3 === 0 ? theirs : mine;
        const request = { holdId: samples.id('request'), origin: samples.origin(owner) };
        if (owner === mine) ids.unshift(request.holdId);
        // The clock runs backwards: order is the order of recording.
        await storage.usage.record(samples.record(request, { outcome: 'refused', atMs: NOON_MS - index }));
      }
      for (const limit of [1, 7, 20, 1_000]) {
        const rows = await readAll((page) => storage.usage.requests(mine, page), limit);
        expect(rows.map((row) => row.requestId)).toEqual(ids);
      }
      expect((await storage.usage.requests('nobody', { limit: 5 })).rows).toEqual([]);
    });

    test('a full last page says that it is the last', async () => {
      const walletId = await samples.wallet(100n);
      await storage.ledger.hold(samples.hold(walletId, 5n));
      const page = await storage.ledger.statement(walletId, { limit: 3 });
      expect(page.rows).toHaveLength(3);
      expect(page.nextCursor).toBeUndefined();
    });

    test('another wallet cannot be read with a cursor of this one', async () => {
      const mine = await samples.wallet(100n);
      const theirs = await samples.wallet(100n);
      await storage.ledger.hold(samples.hold(mine, 5n));
      const cursor = (await storage.ledger.statement(mine, { limit: 1 })).nextCursor;
      const { rows } = await storage.ledger.statement(theirs, { limit: 100, cursor });
      expect(rows.every((line) => line.account.endsWith(theirs))).toBe(true);
    });

    test('a cursor that was made up and a limit out of range are refused', async () => {
      for (const page of [
        { limit: 0 },
        { limit: 1_001 },
        { limit: 1.5 },
        { limit: Number.NaN },
        { limit: 5, cursor: '' },
        { limit: 5, cursor: '-1' },
        { limit: 5, cursor: "1' OR '1'='1" },
        { limit: 5, cursor: '9'.repeat(19) },
      ]) {
        expect(await failureOf(storage.ledger.statement('w', page))).toBeInstanceOf(InvalidPage);
        expect(await failureOf(storage.usage.requests('o', page))).toBeInstanceOf(InvalidPage);
      }
    });
  });
}
