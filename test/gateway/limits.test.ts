import { describe, expect, test } from 'bun:test';
import { settled } from '../fakes/manual-clock.ts';
import { HELLO, openTestGateway, testModel, wholeAnswer } from '../fakes/test-gateway.ts';

const GROK_BETA = testModel({
  limits: { requestsPerSecond: 1, requestsPerMinute: 60, requestsPerHour: 1_200 },
});
const GROK_VISION = testModel({
  id: 'grok-vision-beta',
  aliases: [],
  limits: { requestsPerSecond: 1, requestsPerMinute: 3, requestsPerHour: 60 },
});
const VISION = { ...HELLO, model: 'grok-vision-beta' };

async function openWorld(options: Parameters<typeof openTestGateway>[0] = {}) {
  const world = await openTestGateway({ models: [GROK_BETA, GROK_VISION], ...options });
  world.upstream.onCall = (call) => {
    call.answer(200, wholeAnswer('x', { prompt_tokens: 5, completion_tokens: 5 }));
  };
  return world;
}

test('the second call within a second waits for its turn and is then answered', async () => {
  const world = await openWorld();
  expect((await world.ask(HELLO)).status).toBe(200);
  const second = world.ask(HELLO);
  await world.clock.advance(999);
  expect(world.upstream.calls).toHaveLength(1);
  await world.clock.advance(1);
  expect((await second).status).toBe(200);
  expect(world.records[1]?.queuedMs).toBe(1_000);
});

test('calls that came together are answered in the order they came; who would wait over two seconds is refused', async () => {
  const world = await openWorld();
  const asked = [1, 2, 3, 4].map((n) => world.ask({ ...HELLO, user: `${n}` }));
  expect((await asked[3])?.status).toBe(429);
  await world.clock.advance(2_000);
  expect((await Promise.all(asked)).map(({ status }) => status)).toEqual([200, 200, 200, 429]);
  expect(world.upstream.calls.map(({ body }) => body.user)).toEqual(['1', '2', '3']);
});

test('the fourth grok-vision-beta call in a minute is refused and told when; the others are not counted', async () => {
  const world = await openWorld();
  for (let call = 0; call < 3; call += 1) {
    expect((await world.ask(VISION)).status).toBe(200);
    await world.clock.advance(2_000);
  }
  const refused = await world.ask(VISION);
  expect(refused.status).toBe(429);
  expect(refused.headers['retry-after-ms']).toBe('54000');
  expect(String(refused.body)).toMatch(/3 requests per minute.*54 seconds/);
  expect(String(refused.body)).not.toMatch(/credit|balance/i);
  expect((await world.ask(HELLO)).status).toBe(200);
  await world.clock.advance(53_999);
  expect((await world.ask(VISION)).status).toBe(429);
  await world.clock.advance(1);
  expect((await world.ask(VISION)).status).toBe(200);
});

test('the 1,201st call in an hour is refused', async () => {
  const world = await openWorld({ creditTicks: 9_000_000_000_000n });
  let inHour = 0;
  for (let call = 0; call < 1_201; call += 1) {
    const answer = await world.ask(HELLO);
    if (answer.status === 200) inHour += 1;
    await world.clock.advance(2_000);
  }
  expect(inHour).toBe(1_200);
});

test('a request that is wrong counts nowhere', async () => {
  const world = await openWorld();
  for (let call = 0; call < 10; call += 1) expect((await world.ask({ ...VISION, n: -1 })).status).toBe(400);
  expect((await world.ask(VISION)).status).toBe(200);
});

test('a call that hangs up while it waits gives its place back', async () => {
  const world = await openWorld();
  await world.ask(VISION);
  const hangUp = new AbortController();
  const gone = world.ask(VISION, { signal: hangUp.signal });
  await settled();
  hangUp.abort();
  await gone;
  const second = world.ask(VISION);
  await world.clock.advance(1_000);
  expect((await second).status).toBe(200);
  await world.clock.advance(5_000);
  expect((await world.ask(VISION)).status).toBe(200);
  await world.clock.advance(5_000);
  expect((await world.ask(VISION)).status).toBe(429);
});

describe('a key with limits of its own', () => {
  test('is refused at its own limit, whatever the model allows', async () => {
    const world = await openWorld({ key: { limits: { requestsPerMinute: 1 } } });
    expect((await world.ask(HELLO)).status).toBe(200);
    await world.clock.advance(2_000);
    expect((await world.ask(HELLO)).status).toBe(429);
  });

  test('tokens a minute: the call that crosses the line is finished, the next is refused', async () => {
    const world = await openWorld({ key: { limits: { tokensPerMinute: 8 } } });
    expect((await world.ask(HELLO)).status).toBe(200);
    await world.clock.advance(2_000);
    const refused = await world.ask(HELLO);
    expect(refused.status).toBe(429);
    expect(String(refused.body)).toContain('tokens per minute');
  });

  test('requests in flight', async () => {
    const world = await openWorld({ key: { limits: { requestsInFlight: 1 } } });
    world.upstream.onCall = undefined;
    const first = world.ask(HELLO);
    await world.clock.advance(5_000);
    expect((await world.ask(HELLO)).status).toBe(429);
    const call = world.upstream.calls[0];
    call?.respond(200);
    call?.write(wholeAnswer('x', { prompt_tokens: 1, completion_tokens: 1 }));
    call?.end();
    expect((await first).status).toBe(200);
    await world.clock.advance(2_000);
    const next = world.ask(HELLO);
    await settled();
    expect(world.upstream.calls).toHaveLength(2);
    world.upstream.calls[1]?.fail(new Error('over'));
    await next;
  });
});

test('a call that is refused for credit gives back its place among those in flight', async () => {
  const world = await openWorld({ creditTicks: 100n, key: { limits: { requestsInFlight: 1 } } });
  for (let call = 0; call < 3; call += 1) {
    expect((await world.ask(HELLO)).status).toBe(403);
    await world.clock.advance(1_000);
  }
});

test('headers tell what is left of the minute', async () => {
  const world = await openWorld();
  const { headers } = await world.ask(VISION);
  expect(headers).toMatchObject({ 'x-ratelimit-limit-requests': '3', 'x-ratelimit-remaining-requests': '2' });
});
