import { describe, expect, test } from 'bun:test';
import { settled } from '../fakes/manual-clock.ts';
import { event, HELLO, openTestGateway, readEventsOf, TEAM, wholeAnswer } from '../fakes/test-gateway.ts';

/** The wall clock is set by people and time servers. Nothing that waits or orders may go by it. */

const STREAM = { ...HELLO, stream: true };
const USAGE = { prompt_tokens: 10, completion_tokens: 2 };
const HOUR_MS = 3_600_000;

async function openWorld(limits = {}) {
  const world = await openTestGateway({ key: { limits } });
  let offMs = 0;
  const { clock } = world;
  const nowMs = clock.nowMs.bind(clock);
  Object.assign(clock, { nowMs: () => nowMs() + offMs, monotonicMs: nowMs });
  return {
    ...world,
    setOff: (ms: number) => {
      offMs = ms;
    },
  };
}

describe.each([
  ['an hour ahead', HOUR_MS],
  ['an hour back', -HOUR_MS],
  ['ten years back', -87_600 * HOUR_MS],
])('a clock that jumps %s', (_, jumpMs) => {
  test('ends no stream and no hold, and the bill is the same', async () => {
    const world = await openWorld();
    const asking = world.ask(STREAM);
    await settled();
    const call = world.upstream.calls[0];
    call?.respond(200);
    call?.write(event({ content: 'one' }));
    const { body } = await asking;
    const reading = readEventsOf(body);
    await settled();
    world.setOff(jumpMs);
    await world.clock.advance(6_000);
    call?.write(`${event({ content: ' two' }, { usage: USAGE }, 'stop')}data: [DONE]\n\n`);
    call?.end();
    expect((await reading).at(-1)).toBe('[DONE]');
    expect(world.records).toMatchObject([{ outcome: 'completed', costTicks: 800_000n, durationMs: 6_000 }]);
    expect((await world.balance()).heldTicks).toBe(0n);
    expect((await world.storage.ledger.audit('process-1')).findings).toEqual([]);
  });

  test('opens no window of a limit, and keeps none closed', async () => {
    const world = await openWorld({ requestsPerMinute: 1 });
    world.upstream.onCall = (call) => call.answer(200, wholeAnswer('x', USAGE));
    expect((await world.ask(HELLO)).status).toBe(200);
    world.setOff(jumpMs);
    expect((await world.ask(HELLO)).status).toBe(429);
    await world.clock.advance(60_000);
    expect((await world.ask(HELLO)).status).toBe(200);
  });

  test('changes no order: a statement is read as it was written', async () => {
    const world = await openWorld();
    world.upstream.onCall = (call) => call.answer(200, wholeAnswer('x', USAGE));
    await world.ask(HELLO);
    world.setOff(jumpMs);
    await world.ask(HELLO);
    const { rows } = await world.storage.ledger.statement(TEAM, { limit: 100 });
    const requests = rows.map(({ requestId }) => requestId);
    expect(requests.lastIndexOf('request-2')).toBeLessThan(requests.indexOf('request-1'));
    expect(rows.map(({ sequence }) => sequence)).toEqual(
      rows.map(({ sequence }) => sequence).sort((a, b) => (a < b ? 1 : -1)),
    );
    const records = await world.storage.usage.requests(TEAM, { limit: 100 });
    expect(records.rows.map(({ requestId }) => requestId)).toEqual(['request-2', 'request-1']);
  });
});
