import { expect, test } from 'bun:test';
import { settled } from '../fakes/manual-clock.ts';
import { event, HELLO, openTestGateway, readEventsOf } from '../fakes/test-gateway.ts';

/** Streams in which each piece is the event before with another word: most of what passes, and a way of its own. */

const STREAM = { ...HELLO, stream: true };
const OUTPUT = 150_000n;
const END = `${event({}, {}, 'stop')}data: [DONE]\n\n`;

async function open(world: Awaited<ReturnType<typeof openTestGateway>>, more?: object) {
  const asking = world.ask(STREAM, more);
  await settled();
  const call = world.upstream.calls.at(-1);
  if (call === undefined) throw new Error('the upstream was not called');
  call.respond(200, { 'content-type': 'text/event-stream' });
  return { call, reading: readEventsOf((await asking).body) };
}

function wordsOf(events: readonly { choices?: { delta: { content?: string } }[] }[]): string[] {
  return events.flatMap(({ choices = [] }) => choices.flatMap(({ delta }) => delta.content ?? []));
}

test('every word arrives, with our id, and what nobody reported is counted', async () => {
  const world = await openTestGateway();
  const { call, reading } = await open(world);
  const words = ['one', ' two', ' 三', ' 😀', ' "five"', ' six'];
  for (const content of words) {
    call.write(event({ content }));
    await settled();
  }
  call.write(END);
  call.end();
  const events = await reading;
  expect(wordsOf(events)).toEqual(words);
  expect(new Set(events.map(({ id }) => id).filter(Boolean))).toEqual(new Set(['request-1']));
  expect(world.records[0]).toMatchObject({
    outcome: 'completed',
    estimated: true,
    usage: { outputTokens: 6 },
  });
});

test('the one that the credit does not reach for is the last', async () => {
  const world = await openTestGateway({ creditTicks: 2_000n * OUTPUT });
  const { call, reading } = await open(world);
  let written = 0;
  for (; !call.aborted && written < 50; written += 1) {
    call.write(event({ content: 'w '.repeat(100) }));
    await settled();
  }
  expect(written).toBeLessThan(25);
  const events = await reading;
  expect(wordsOf(events)).toHaveLength(written);
  expect(events.at(-1).error.message).toContain('credits');
  expect(world.records[0]).toMatchObject({ outcome: 'cut-credit' });
  expect((await world.balance()).heldTicks).toBe(0n);
});

test('a piece in the middle of an event is a part of that event, whatever it looks like', async () => {
  const world = await openTestGateway();
  const { call, reading } = await open(world);
  call.write(event({ content: 'one' }));
  call.write(event({ content: 'two' }) + event({ content: 'half' }).slice(0, -5));
  call.write(event({ content: 'three' }));
  await settled();
  call.end();
  expect(wordsOf(await reading)).toEqual(['one', 'two']);
  expect(world.records[0]).toMatchObject({ outcome: 'upstream-broke' });
});

test('they are kept for whoever repeats the request', async () => {
  const world = await openTestGateway();
  const keyed = { idempotencyKey: 'order-66' };
  const { call, reading } = await open(world, keyed);
  const words = ['one', ' two', ' 三'];
  for (const content of words) {
    call.write(event({ content }));
    await settled();
  }
  call.write(END);
  call.end();
  const first = await reading;
  const again = await world.ask(STREAM, keyed);
  expect(await readEventsOf(again.body)).toEqual(first);
  expect(wordsOf(first)).toEqual(words);
  expect(world.upstream.calls).toHaveLength(1);
});
