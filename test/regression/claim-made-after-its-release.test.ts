import { expect, test } from 'bun:test';
import type { IdempotencyStore } from '../../src/storage/idempotency-store.ts';
import { StorageUnavailable } from '../../src/storage/storage-error.ts';
import { settled } from '../fakes/manual-clock.ts';
import { HELLO, openTestGateway, wholeAnswer } from '../fakes/test-gateway.ts';

/**
 * Found by simulation (seed 94): a key was claimed, storage did not answer, the key was freed, and then storage carried
 * the claim out after all. Nobody ran, and whoever sent the key again was told that the first request is under way.
 */
test('a key whose claim was carried out after it was freed is free again within seconds', async () => {
  const world = await openTestGateway();
  world.upstream.onCall = (call) => call.answer(200, wholeAnswer('hello'));
  const store: IdempotencyStore = world.gateway.idempotency;
  const claim = store.claim.bind(store);
  let carryOut = async () => {};
  Object.assign(store, {
    claim: (...words: Parameters<typeof claim>) => {
      carryOut = async () => void (await claim(...words));
      Object.assign(store, { claim });
      return Promise.reject(new StorageUnavailable('deadline', 'unknown', 'no answer'));
    },
  });
  expect((await world.ask(HELLO, { idempotencyKey: 'order-66' })).status).toBe(503);
  await settled();
  await carryOut();
  expect((await world.ask(HELLO, { idempotencyKey: 'order-66' })).status).toBe(409);
  await world.clock.advance(15_001);
  expect((await world.ask(HELLO, { idempotencyKey: 'order-66' })).status).toBe(200);
  expect(world.clock.pendingTimers).toBe(0);
});
