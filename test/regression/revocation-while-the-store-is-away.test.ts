import { expect, test } from 'bun:test';
import { settled } from '../fakes/manual-clock.ts';
import { event, HELLO, openTestGateway, readEventsOf } from '../fakes/test-gateway.ts';

/**
 * Found by simulation (seed 13): a key was revoked, the store did not answer when an open stream looked at its key
 * again, and nobody ever looked a second time. The stream ran on to its end.
 */
test('a revocation reaches an open stream also when the store is away at that moment', async () => {
  const world = await openTestGateway();
  const asking = world.ask({ ...HELLO, stream: true });
  await settled();
  const call = world.upstream.calls[0];
  call?.respond(200, { 'content-type': 'text/event-stream' });
  const reading = readEventsOf((await asking).body);
  call?.write(event({ content: 'one ' }));
  await settled();

  const { find } = world.gateway.keys;
  let isAway = true;
  Object.assign(world.gateway.keys, {
    find: (hash: string) => (isAway ? Promise.reject(new Error('away')) : find(hash)),
  });
  const change = { revokedAtMs: 1, modifiedAtMs: 1, modifiedBy: 'user-1' };
  await world.storage.keys.change('team-1', 'key-1', change);
  world.keyChanged();
  await world.clock.advance(5_000);
  expect(call?.aborted).toBe(false);
  isAway = false;
  await world.clock.advance(1_001);
  expect(call?.aborted).toBe(true);
  expect((await reading).at(-1)).toMatchObject({ code: 'permission-denied' });
  expect(world.records).toMatchObject([{ outcome: 'cut-key' }]);
  expect(world.clock.pendingTimers).toBe(0);
});
