import { afterAll, beforeAll, expect, test } from 'bun:test';
import type { AlertLetterStore } from '../../src/storage/alert-letter-store.ts';
import { describeOn, ENGINES, type OpenedEngine } from './engines.ts';
import { NOON_MS } from './samples.ts';

for (const engine of ENGINES) {
  describeOn(engine, 'what was told of alerts', () => {
    let opened: OpenedEngine;
    let letters: AlertLetterStore;

    beforeAll(async () => {
      opened = await engine.open();
      letters = opened.storage.alertLetters;
    });
    afterAll(() => opened.dispose());

    const take = (id: string, afterMs = 0, sinceMs = 0) =>
      letters.take(id, { atMs: NOON_MS + afterMs, sinceMs, gapMs: 100 });

    test('of twenty that would tell of a crossing at once, one does', async () => {
      const taken = await Promise.all(Array.from({ length: 20 }, () => take('many')));
      expect(taken.filter((isTaken) => isTaken)).toHaveLength(1);
      expect(await take('another')).toBeTrue();
    });

    test('it is told again after it recovered, and not within the gap', async () => {
      expect(await take('balance')).toBeTrue();
      expect(await take('balance', 1_000)).toBeFalse();
      await letters.recover('balance', NOON_MS + 10);
      expect(await take('balance', 99)).toBeFalse();
      expect(await take('balance', 100)).toBeTrue();
      expect(await take('balance', 1_000)).toBeFalse();
      await letters.recover('never told', NOON_MS);
    });

    test('it is told again when the last time was before a moment, or when it was forgotten', async () => {
      expect(await take('day')).toBeTrue();
      expect(await take('day', 1_000, NOON_MS)).toBeFalse();
      expect(await take('day', 1_000, NOON_MS + 1)).toBeTrue();
      await letters.forget('day');
      expect(await take('day', 1_000)).toBeTrue();
    });
  });
}
