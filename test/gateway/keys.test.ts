import { describe, expect, test } from 'bun:test';
import type { KeyRow } from '../../src/storage/key-store.ts';
import { settled } from '../fakes/manual-clock.ts';
import {
  event,
  HELLO,
  openTestGateway,
  readEventsOf,
  TEAM,
  TEST_KEY,
  wholeAnswer,
} from '../fakes/test-gateway.ts';

/** What a key's own networks and spend limits do to its calls. */

const INPUT = 50_000n;
const OUTPUT = 150_000n;
const STREAM = { ...HELLO, stream: true };

type World = Awaited<ReturnType<typeof openTestGateway>>;

const withKey = (key: Partial<KeyRow>) => openTestGateway({ key });
const perDay = (perDayTicks: bigint) => withKey({ spendLimits: { perDayTicks, perMonthTicks: null } });

async function answerWhole(world: World, body: object, usage: object) {
  const asking = world.ask(body);
  await settled();
  const call = world.upstream.calls.at(-1);
  call?.respond(200, { 'content-type': 'application/json' });
  call?.write(wholeAnswer('hi', usage));
  call?.end();
  return asking;
}

describe('a key that may be used from some networks only', () => {
  test('is refused elsewhere without a word about the list, before anything is spent or recorded', async () => {
    const world = await withKey({ allowedNetworks: ['10.0.0.0/8', '2001:db8::/32'] });
    for (const from of ['192.0.2.1', '::1', '::ffff:192.0.2.1', undefined]) {
      const answer = await world.ask(HELLO, { from });
      expect(answer.status).toBe(403);
      expect(String(answer.body)).toContain('may not be used from your network address');
      expect(String(answer.body)).not.toMatch(/10\.0|2001:db8|192\.0/);
    }
    expect(world.upstream.calls).toHaveLength(0);
    expect(world.records).toHaveLength(0);
  });

  test('works from them, an IPv4 address in either spelling', async () => {
    const world = await withKey({ allowedNetworks: ['10.0.0.0/8', '2001:db8::/32'] });
    for (const from of ['10.200.3.4', '::ffff:10.200.3.4', '2001:db8:1::1']) {
      const asking = world.ask(HELLO, { from });
      await settled();
      const call = world.upstream.calls.at(-1);
      call?.respond(200, { 'content-type': 'application/json' });
      call?.write(wholeAnswer('hi'));
      call?.end();
      expect((await asking).status).toBe(200);
    }
  });

  test('ends a stream that runs elsewhere when its list is made narrower', async () => {
    const world = await withKey({});
    const asking = world.ask(STREAM, { from: '192.0.2.1' });
    await settled();
    const call = world.upstream.calls.at(-1);
    call?.respond(200, { 'content-type': 'text/event-stream' });
    const reading = readEventsOf((await asking).body);
    call?.write(event({ content: 'a' }));
    await settled();
    const who = { modifiedAtMs: 1, modifiedBy: 'operator' };
    await world.storage.keys.change(TEAM, 'key-1', { allowedNetworks: ['10.0.0.0/8'], ...who });
    world.keyChanged();
    const events = await reading;
    expect(events.at(-1)).toMatchObject({ code: 'permission-denied' });
    expect(world.records).toMatchObject([{ outcome: 'cut-key' }]);
  });
});

describe('a key with a spend limit', () => {
  const PROMPT_ROOM = 300n * INPUT;

  test('is capped by what is left of it, and the answer says by what', async () => {
    const world = await perDay(PROMPT_ROOM + 100n * OUTPUT);
    const answer = await answerWhole(world, HELLO, { prompt_tokens: 10, completion_tokens: 5 });
    expect(answer.status).toBe(200);
    expect(answer.headers['x-turnpike-output-capped']).toBe('limit');
    expect(Number(world.upstream.calls[0]?.body.max_tokens)).toBeLessThan(300);
  });

  test('is refused when nothing is left: 429, which limit and until when', async () => {
    const world = await perDay(20n * INPUT);
    const answer = await world.ask(HELLO);
    expect(answer.status).toBe(429);
    expect(String(answer.body)).toMatch(/per UTC day.*A new day begins at \d{4}-\d\d-\d\dT00:00:00Z/);
    expect(String(answer.body)).not.toMatch(/credit|balance/i);
    expect(Number(answer.headers['retry-after-ms'])).toBeLessThanOrEqual(3_600_000);
    expect(world.upstream.calls).toHaveLength(0);
    expect((await world.balance()).heldTicks).toBe(0n);
  });

  test('works again on the next day', async () => {
    const world = await perDay(PROMPT_ROOM + 100n * OUTPUT);
    await answerWhole(world, { ...HELLO, max_tokens: 90 }, { prompt_tokens: 200, completion_tokens: 120 });
    expect((await world.ask({ ...HELLO, max_tokens: 90 })).status).toBe(429);
    await world.clock.advance(86_400_000);
    const again = await answerWhole(world, { ...HELLO, max_tokens: 16 }, { prompt_tokens: 10 });
    expect(again.status).toBe(200);
  });

  test('cuts a stream that grows beyond it in the orderly way', async () => {
    const world = await perDay(PROMPT_ROOM + 5_000n * OUTPUT);
    const asking = world.ask(STREAM);
    await settled();
    const call = world.upstream.calls.at(-1);
    call?.respond(200, { 'content-type': 'text/event-stream' });
    const reading = readEventsOf((await asking).body);
    for (let tokens = 500; tokens <= 9_000 && call?.aborted === false; tokens += 500) {
      call.write(event({ content: 'w ' }, { usage: { prompt_tokens: 10, completion_tokens: tokens } }));
      await settled();
    }
    const events = await reading;
    expect(events.at(-1)).toMatchObject({
      code: 'resource-exhausted',
      error: { message: expect.stringContaining('spend limit') },
    });
    expect(events.at(-2).choices[0].finish_reason).toBe('length');
    expect(events).not.toContain('[DONE]');
    expect(call?.aborted).toBe(true);
    expect(world.records).toMatchObject([{ outcome: 'cut-limit', keyId: 'key-1' }]);
    expect((await world.balance()).heldTicks).toBe(0n);
  });

  test('of which two calls at once never spend more than there is', async () => {
    const world = await perDay(PROMPT_ROOM + 100n * OUTPUT);
    const asking = Array.from({ length: 20 }, () => world.ask({ ...HELLO, max_tokens: 90 }));
    await settled();
    expect(world.upstream.calls.length).toBeGreaterThan(0);
    expect((await world.balance()).heldTicks).toBeLessThanOrEqual(PROMPT_ROOM + 100n * OUTPUT);
    for (const call of world.upstream.calls) {
      call.respond(200, { 'content-type': 'application/json' });
      call.write(wholeAnswer('hi', { prompt_tokens: 10, completion_tokens: 5 }));
      call.end();
    }
    const statuses = (await Promise.all(asking)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(world.upstream.calls.length);
    expect(statuses.filter((status) => status === 429)).toHaveLength(20 - world.upstream.calls.length);
  });

  test('last used is the time of its last request', async () => {
    const world = await withKey({});
    await answerWhole(world, HELLO, { prompt_tokens: 10, completion_tokens: 5 });
    const key = await world.storage.keys.findByHash(world.gateway.sha256(TEST_KEY));
    expect(key?.lastUsedAtMs).toBe(world.records[0]?.atMs ?? -1);
  });
});
