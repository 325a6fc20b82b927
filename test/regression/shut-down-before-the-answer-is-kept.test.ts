import { expect, test } from 'bun:test';
import { settled } from '../fakes/manual-clock.ts';
import { event, HELLO, openTestGateway } from '../fakes/test-gateway.ts';

/**
 * Found by simulation (seed 17): a stream with an idempotency key was settled while the server shut down, and counted as
 * over although its answer was not kept yet and its end not handed over. The server stopped in between: the caller saw
 * its connection break, and the key was said to have been interrupted.
 */
test('a shut-down waits until the answer of a key is kept and handed over', async () => {
  const world = await openTestGateway();
  const store = world.gateway.idempotency;
  const complete = store.complete.bind(store);
  const kept = Promise.withResolvers<void>();
  Object.assign(store, {
    complete: async (...words: Parameters<typeof complete>) => {
      await kept.promise;
      await complete(...words);
    },
  });
  world.upstream.onCall = (call) => {
    call.respond(200);
    call.write(event({ content: 'hello' }));
    call.write(`${event({}, {}, 'stop')}data: [DONE]\n\n`);
    call.end();
  };
  const { body } = await world.ask({ ...HELLO, stream: true }, { idempotencyKey: 'order-66' });
  const reading = new Response(body).text();
  await settled();
  expect(world.records).toMatchObject([{ outcome: 'completed' }]);
  let left: number | undefined;
  const drained = world.gateway.exchanges.drain(world.clock, 30_000, 5_000).then((count) => {
    left = count;
  });
  await settled();
  expect(left).toBeUndefined();
  kept.resolve();
  expect(await reading).toContain('[DONE]');
  await drained;
  expect(left).toBe(0);
  expect(world.clock.pendingTimers).toBe(0);
});
