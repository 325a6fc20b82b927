import { expect, test } from 'bun:test';
import { settled } from '../fakes/manual-clock.ts';
import { event, HELLO, openTestGateway } from '../fakes/test-gateway.ts';

/**
 * Found by simulation (seed 14): a reader that took nothing for ten minutes was given up, and if it came back it found
 * what had lain ready and then a clean end, which looks like the whole answer. Now its connection breaks.
 */
test('a reader that was given up and comes back sees its connection break, not a clean end', async () => {
  const world = await openTestGateway();
  const asking = world.ask({ ...HELLO, stream: true });
  await settled();
  const call = world.upstream.calls[0];
  call?.respond(200, { 'content-type': 'text/event-stream' });
  const { body } = await asking;
  if (typeof body === 'string') throw new Error(body);
  call?.write(event({ content: 'one ' }));
  await world.clock.advance(600_001);
  expect(world.records).toMatchObject([{ outcome: 'client-gone' }]);
  const reader = body.getReader();
  const readToEnd = async () => {
    while (!(await reader.read()).done);
  };
  expect(await readToEnd().catch((reason: Error) => reason.message)).toBe('the reader was given up');
});
