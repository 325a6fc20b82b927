import { expect, test } from 'bun:test';
import { settled } from '../fakes/manual-clock.ts';
import { event, HELLO, openTestGateway, readEventsOf } from '../fakes/test-gateway.ts';

/**
 * Found by simulation (seed 10): an upstream that had ended every choice and wrote on was relayed without setting
 * anything aside for it, up to an hour long. What it wrote was charged at the end, far beyond hold and credit.
 */
test('an upstream that writes on after every choice has ended is cut off where the credit ends', async () => {
  const credit = 200n * 50_000n + 4_200n * 150_000n;
  for (const word of ['word ', 'two\nlines ']) {
    const world = await openTestGateway({ creditTicks: credit });
    const asking = world.ask({ ...HELLO, stream: true });
    await settled();
    const call = world.upstream.calls[0];
    call?.respond(200, { 'content-type': 'text/event-stream' });
    const reading = readEventsOf((await asking).body);
    call?.write(event({ content: 'one ' }) + event({}, {}, 'stop'));
    for (let piece = 0; piece < 400 && call?.aborted === false; piece += 1) {
      call.write(event({ content: word.repeat(50) }));
      if (piece % 20 === 0) await settled();
    }
    await settled();
    expect(call?.aborted).toBe(true);
    const events = await reading;
    expect(events).not.toContain('[DONE]');
    expect(events.at(-1)).toMatchObject({ code: 'permission-denied' });
    expect(world.records).toMatchObject([{ outcome: 'cut-credit' }]);
    // Beyond its credit by one piece at most.
    expect(world.records[0]?.uncollectedTicks).toBeLessThanOrEqual(100n * 150_000n);
    expect((await world.balance()).heldTicks).toBe(0n);
  }
});

test('figures and empty chunks after the end change nothing: the answer is whole', async () => {
  const world = await openTestGateway();
  const asking = world.ask({ ...HELLO, stream: true });
  await settled();
  const call = world.upstream.calls[0];
  call?.respond(200, { 'content-type': 'text/event-stream' });
  const reading = readEventsOf((await asking).body);
  call?.write(event({ content: 'one ' }) + event({}, {}, 'stop') + event({ content: '' }));
  // More than the hold pays for: it is settled at once, nothing is set aside for it any more.
  call?.write(
    `data: ${JSON.stringify({ choices: [], usage: { prompt_tokens: 9, completion_tokens: 9_000 } })}\n\n`,
  );
  call?.write('data: [DONE]\n\n');
  expect((await reading).at(-1)).toBe('[DONE]');
  expect(world.records).toMatchObject([{ outcome: 'completed', usage: { outputTokens: 9_000 } }]);
});
