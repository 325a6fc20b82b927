import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import type { Storage } from '../../src/storage/storage.ts';
import { ENGINES, type OpenedEngine } from './engines.ts';
import { NOON_MS, priced, reportOf, Samples, usageOf } from './samples.ts';

/** At 2 and 8 ticks a token, ten tokens in and five out cost this much. */
const COST_TICKS = 60n;

for (const engine of ENGINES) {
  describe(`${engine.name}: the audit of bills`, () => {
    let opened: OpenedEngine;
    let storage: Storage;
    let samples: Samples;

    beforeAll(async () => {
      opened = await engine.open();
      storage = opened.storage;
      samples = new Samples(storage, 'bills');
      await storage.catalogue.put(priced(2n, 8n));
    });
    afterAll(() => opened.dispose());

    const bill = async (costTicks: bigint, change: Parameters<Samples['post']>[2]) => {
      const hold = samples.hold(await samples.wallet(1_000n), 100n);
      await storage.ledger.hold(hold);
      await storage.ledger.post(samples.post(hold, costTicks, { pricedFromMs: 0, ...change }));
      return hold;
    };
    const findingsOf = async (requestId: string) =>
      (await storage.ledger.audit(undefined)).findings.filter(({ place }) => place.requestId === requestId);

    test('exact bills and estimated ones are sound, and it is said why they were estimated', async () => {
      await bill(COST_TICKS, {});
      await bill(COST_TICKS, { estimated: true, reported: null });
      await bill(COST_TICKS, { estimated: true, reported: { ...reportOf(usageOf(5)), inputTokens: 0 } });
      await bill(COST_TICKS, { estimated: true, reported: reportOf(usageOf(3)) });
      await bill(COST_TICKS, { estimated: true, reported: null, outcome: 'interrupted' });
      const { findings, estimated } = await storage.ledger.audit(undefined);
      expect(findings).toEqual([]);
      expect(estimated).toEqual({ interrupted: 1, unreported: 1, withoutPrompt: 1, beyondReport: 1 });
    });

    test('a bill that its credit did not reach for is held against its whole price', async () => {
      const hold = samples.hold(await samples.wallet(50n), 50n);
      await storage.ledger.hold(hold);
      const posted = await storage.ledger.post(samples.post(hold, COST_TICKS, { pricedFromMs: 0 }));
      expect(posted).toMatchObject({ chargedTicks: 50n, uncollectedTicks: 10n });
      expect(await findingsOf(hold.holdId)).toEqual([]);
    });

    test('a bill at another price is found, with what it should have been and where it is', async () => {
      const { holdId, walletId } = await bill(COST_TICKS + 1n, {});
      expect(await findingsOf(holdId)).toEqual([
        {
          kind: 'cost-differs-from-price',
          place: { requestId: holdId, account: walletId, day: '2026-11-22', model: 'grok-beta' },
          facts: { costTicks: COST_TICKS + 1n, pricedTicks: COST_TICKS },
        },
      ]);
    });

    test('a bill beside its report is found, with both', async () => {
      const reported = reportOf(usageOf(4));
      const { holdId } = await bill(COST_TICKS, { reported });
      expect(await findingsOf(holdId)).toMatchObject([
        { kind: 'usage-differs-from-report', facts: { usage: usageOf(5), reported, estimated: false } },
      ]);
    });

    test('a price that was not valid yet is found', async () => {
      const later = { ...priced(2n, 8n).prices[0], validFromMs: NOON_MS + 1 };
      await storage.catalogue.addPrice(
        'grok-beta',
        later as Parameters<typeof storage.catalogue.addPrice>[1],
      );
      const { holdId } = await bill(COST_TICKS, { pricedFromMs: NOON_MS + 1 });
      expect(await findingsOf(holdId)).toMatchObject([{ kind: 'price-not-in-force' }]);
    });

    test('a model that is gone leaves its bills unpriced, and no finding', async () => {
      const { holdId } = await bill(COST_TICKS + 2n, {});
      expect(await findingsOf(holdId)).toHaveLength(1);
      await storage.catalogue.remove('grok-beta');
      expect(await findingsOf(holdId)).toEqual([]);
    });
  });
}
