import { describe, expect, test } from 'bun:test';
import { settled } from '../fakes/manual-clock.ts';
import { event, HELLO, openTestGateway, testModel, wholeAnswer } from '../fakes/test-gateway.ts';

/** What the passing of time, and a clock that is set while requests are under way, do to their holds and limits. */

const INPUT = 50_000n;
const OUTPUT = 150_000n;
const HOUR_MS = 3_600_000;

type World = Awaited<ReturnType<typeof openTestGateway>>;

async function openStream(world: World) {
  const asking = world.ask({ ...HELLO, stream: true });
  await settled();
  const call = world.upstream.calls.at(-1);
  if (call === undefined) throw new Error('the upstream was not called');
  call.respond(200, { 'content-type': 'text/event-stream' });
  const { body } = await asking;
  return { call, reading: new Response(body as ReadableStream<Uint8Array>).text() };
}

/** A piece that says how many tokens there were so far, and the time to take it. */
async function write(call: { write(text: string): void }, tokens: number) {
  call.write(event({ content: 'w ' }, { usage: { prompt_tokens: 10, completion_tokens: tokens } }));
  await settled();
}

/** The process dies here, and the next one starts: what it charges. */
async function crash(world: World): Promise<bigint> {
  const { chargedTicks } = await world.storage.ledger.expireHoldsOfOthers('process-2', world.clock.nowMs());
  return chargedTicks;
}

describe('a crash charges a stream for what was noted of it', () => {
  test('nothing before five seconds have passed', async () => {
    const world = await openTestGateway();
    const { call } = await openStream(world);
    await write(call, 1);
    await world.clock.advance(4_999);
    await write(call, 2);
    expect(await crash(world)).toBe(0n);
  });

  test('prompt and output up to the last note, which is five seconds old at most', async () => {
    const world = await openTestGateway();
    const { call } = await openStream(world);
    for (let tokens = 1; tokens <= 14; tokens += 1) {
      await world.clock.advance(1_000);
      await write(call, tokens);
    }
    expect(await crash(world)).toBe(10n * INPUT + 10n * OUTPUT);
  });

  test('also what an extension of its hold has noted before', async () => {
    const world = await openTestGateway();
    const { call } = await openStream(world);
    await write(call, 4_096);
    expect(await crash(world)).toBe(10n * INPUT + 4_096n * OUTPUT);
  });

  test('by the time that passed, whatever the clock on the wall was set to', async () => {
    const world = await openTestGateway();
    const { call } = await openStream(world);
    await world.clock.advance(5_000);
    world.clock.moveWall(-HOUR_MS);
    await write(call, 3);
    world.clock.moveWall(2 * HOUR_MS);
    await write(call, 4);
    expect(await crash(world)).toBe(10n * INPUT + 3n * OUTPUT);
  });
});

describe('a clock that is set an hour ahead, or back,', () => {
  for (const byMs of [HOUR_MS, -HOUR_MS]) {
    test(`ends no stream and no hold (${byMs} ms)`, async () => {
      const world = await openTestGateway();
      const { call, reading } = await openStream(world);
      await write(call, 1);
      const held = (await world.balance()).heldTicks;
      world.clock.moveWall(byMs);
      await world.clock.advance(1_000);
      await write(call, 2);
      expect(call.aborted).toBe(false);
      expect((await world.balance()).heldTicks).toBe(held);
      call.write(`${event({}, {}, 'stop')}data: [DONE]\n\n`);
      call.end();
      expect(await reading).toEndWith('data: [DONE]\n\n');
      expect(world.records).toMatchObject([{ outcome: 'completed', costTicks: 10n * INPUT + 2n * OUTPUT }]);
      expect((await world.balance()).heldTicks).toBe(0n);
      expect(world.clock.pendingTimers).toBe(0);
    });

    test(`neither opens nor closes a window of a limit (${byMs} ms)`, async () => {
      const world = await openTestGateway({ models: [testModel({ limits: { requestsPerMinute: 1 } })] });
      world.upstream.onCall = (call) => call.answer(200, wholeAnswer('x'));
      const status = async () => (await world.ask(HELLO)).status;
      expect(await status()).toBe(200);
      world.clock.moveWall(byMs);
      expect(await status()).toBe(429);
      await world.clock.advance(60_000);
      expect(await status()).toBe(200);
    });
  }
});

test('the start of a process ends no hold of its own, however old', async () => {
  const world = await openTestGateway();
  const { call, reading } = await openStream(world);
  for (let tokens = 1; tokens <= 10; tokens += 1) {
    await world.clock.advance(HOUR_MS / 12);
    await write(call, tokens);
  }
  const { expired } = await world.storage.ledger.expireHoldsOfOthers('process-1', world.clock.nowMs());
  expect(expired).toBe(0);
  call.write(`${event({}, {}, 'stop')}data: [DONE]\n\n`);
  call.end();
  await reading;
  expect(world.records).toMatchObject([{ outcome: 'completed' }]);
});
