import { expect, test } from 'bun:test';
import { ManualClock } from '../../test/fakes/manual-clock.ts';
import type { IdempotencyStore } from '../storage/idempotency-store.ts';
import { MemoryIdempotencyStore } from '../storage/memory/idempotency-store.ts';
import { IDEMPOTENCY_LIMITS } from './idempotency-limits.ts';
import { sweepKeptAnswers } from './sweep-kept-answers.ts';

const HOUR_MS = 3_600_000;
const quiet = { info() {}, warn() {}, error() {} };

function claim(clock: ManualClock, name: string) {
  const hash = name.padEnd(64, '0');
  return {
    organizationId: 'team',
    keyHash: hash,
    requestId: name,
    fingerprint: hash,
    processId: 'process',
    atMs: clock.nowMs(),
  };
}

test('keys stay for a day and are gone minutes after it, however many they are', async () => {
  const clock = new ManualClock();
  const idempotency = new MemoryIdempotencyStore();
  const stop = sweepKeptAnswers({ clock, log: quiet, idempotency });
  const claims = Array.from({ length: 450 }, (_, number) => claim(clock, `key-${number}`));
  for (const each of claims) await idempotency.claim(each, IDEMPOTENCY_LIMITS);
  const isTaken = async (name: string) =>
    (await idempotency.claim({ ...claim(clock, name), requestId: 'again' }, IDEMPOTENCY_LIMITS)).outcome ===
    'taken';
  await clock.advance(24 * HOUR_MS - 1);
  expect(await isTaken('key-0')).toBe(true);
  await clock.advance(10 * 60_000);
  expect(await isTaken('key-0')).toBe(false);
  expect(await isTaken('key-449')).toBe(false);
  stop();
  expect(clock.pendingTimers).toBe(0);
});

test('a store that is away is asked again later', async () => {
  const clock = new ManualClock();
  let asked = 0;
  const idempotency = {
    sweep: async () => {
      asked += 1;
      throw new Error('away');
    },
  } as unknown as IdempotencyStore;
  const stop = sweepKeptAnswers({ clock, log: quiet, idempotency });
  await clock.advance(HOUR_MS);
  expect(asked).toBeGreaterThan(5);
  expect(asked).toBeLessThan(20);
  stop();
});
