import { afterAll, beforeAll, expect, test } from 'bun:test';
import type { CatalogueModel } from '../../src/domain/model-catalogue.ts';
import type { PriceSheet } from '../../src/domain/price.ts';
import type { Storage } from '../../src/storage/storage.ts';
import { describeOn, ENGINES, type OpenedEngine } from './engines.ts';
import { NOON_MS } from './samples.ts';

function sheet(validFromMs: number, inputTicksPerToken = 50_000n): PriceSheet {
  return {
    validFromMs,
    inputTicksPerToken,
    cachedInputTicksPerToken: 12_500n,
    imageInputTicksPerToken: 50_000n,
    audioInputTicksPerToken: 0n,
    outputTicksPerToken: 150_000n,
  };
}

function model(id: string, change: Partial<CatalogueModel> = {}): CatalogueModel {
  return {
    id,
    aliases: [`${id}-latest`],
    inputModalities: ['text', 'image'],
    outputModalities: ['text'],
    contextTokens: 131_072,
    maximumOutputTokens: 16_384,
    limits: { requestsPerSecond: 1, requestsPerMinute: 60, requestsPerHour: 1_200 },
    prices: [sheet(0)],
    createdAtMs: NOON_MS,
    ownedBy: 'xai',
    enabled: true,
    ...change,
  };
}

for (const engine of ENGINES) {
  describeOn(engine, 'the catalogue', () => {
    let opened: OpenedEngine;
    let storage: Storage;

    beforeAll(async () => {
      opened = await engine.open();
      storage = opened.storage;
    });
    afterAll(() => opened.dispose());

    const stored = async (id: string) =>
      (await storage.catalogue.list()).find((candidate) => candidate.id === id);

    test('a model comes back as it went in, with its prices oldest first', async () => {
      const made = model('grok-beta', { prices: [sheet(2_000, 70_000n), sheet(1_000)] });
      await storage.catalogue.put(made);
      expect(await stored('grok-beta')).toEqual({ ...made, prices: [sheet(1_000), sheet(2_000, 70_000n)] });
    });

    test('replacing a model keeps its prices and adds those of new moments', async () => {
      await storage.catalogue.put(model('grok-2', { prices: [sheet(1_000)] }));
      const change = { enabled: false, aliases: [], limits: {}, contextTokens: 8_192 };
      await storage.catalogue.put(
        model('grok-2', { ...change, prices: [sheet(1_000, 1n), sheet(2_000, 2n)] }),
      );
      expect(await stored('grok-2')).toEqual(
        model('grok-2', { ...change, prices: [sheet(1_000), sheet(2_000, 2n)] }),
      );
    });

    test('a price is added once for a moment and never to a model that is not there', async () => {
      await storage.catalogue.put(model('grok-3'));
      expect(await storage.catalogue.addPrice('grok-3', sheet(5_000, 9n))).toBe('done');
      expect(await storage.catalogue.addPrice('grok-3', sheet(5_000, 8n))).toBe('exists');
      expect(await storage.catalogue.addPrice('grok-4', sheet(5_000))).toBe('no-model');
      expect((await stored('grok-3'))?.prices).toEqual([sheet(0), sheet(5_000, 9n)]);
      expect(await stored('grok-4')).toBeUndefined();
    });

    test('the largest price is exact', async () => {
      await storage.catalogue.put(model('dear', { prices: [sheet(0, 999_999_999_999n)] }));
      expect((await stored('dear'))?.prices[0]?.inputTicksPerToken).toBe(999_999_999_999n);
    });

    test('a removed model is gone with its prices, and may come again', async () => {
      await storage.catalogue.put(model('brief'));
      expect(await storage.catalogue.remove('brief')).toBe(true);
      expect(await storage.catalogue.remove('brief')).toBe(false);
      expect(await stored('brief')).toBeUndefined();
      await storage.catalogue.put(model('brief', { prices: [sheet(0, 3n)] }));
      expect((await stored('brief'))?.prices).toEqual([sheet(0, 3n)]);
    });

    test('models are listed by id', async () => {
      for (const id of ['b', 'B', 'a', 'a-1']) await storage.catalogue.put(model(id));
      const ids = (await storage.catalogue.list()).map((listed) => listed.id);
      expect(ids).toEqual([...ids].sort());
    });
  });
}
