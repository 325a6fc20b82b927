import { expect, test } from 'bun:test';
import { UpstreamError } from '../../src/upstream/upstream.ts';
import type { ScriptedCall } from '../fakes/scripted-upstream.ts';
import { HELLO, openTestGateway, TEAM, wholeAnswer } from '../fakes/test-gateway.ts';

const CREDIT = 250_000_000_000n;

test('the answer carries our id, model and bill; the balance falls by exactly that', async () => {
  const world = await openTestGateway();
  world.upstream.onCall = (call) => {
    call.answer(200, wholeAnswer('42', { prompt_tokens: 29, completion_tokens: 3, total_tokens: 32 }));
  };
  const answer = await world.ask({ ...HELLO, temperature: 0, x_unknown: 1 });
  const body = JSON.parse(String(answer.body));
  expect(body).toMatchObject({
    id: 'request-1',
    model: 'grok-beta',
    choices: [{ message: { content: '42' } }],
  });
  expect(body.usage).toMatchObject({
    prompt_tokens: 29,
    completion_tokens: 3,
    cost_in_usd_ticks: 29 * 50_000 + 3 * 150_000,
  });
  expect(await world.balance()).toEqual({ availableTicks: CREDIT - 1_900_000n, heldTicks: 0n });
  expect(world.upstream.calls[0]?.body).toMatchObject({
    model: 'grok-beta-upstream',
    temperature: 0,
    x_unknown: 1,
    max_tokens: 16_384,
  });
  const statement = await world.storage.ledger.statement(TEAM, { limit: 10 });
  expect(statement.rows.map(({ kind }) => kind).reverse()).toContain('hold');
  expect(world.records).toMatchObject([
    {
      outcome: 'completed',
      costTicks: 1_900_000n,
      estimated: false,
      pricedFromMs: 0,
      reported: { inputTokens: 29, outputTokens: 3 },
    },
  ]);
});

test('a usage that is missing or absurd is counted by us and marked', async () => {
  for (const usage of [
    undefined,
    { prompt_tokens: -5, completion_tokens: 3 },
    { prompt_tokens: 5, completion_tokens: '3' },
  ]) {
    const world = await openTestGateway();
    world.upstream.onCall = (call) => {
      call.answer(200, wholeAnswer('one two three', usage));
    };
    await world.ask(HELLO);
    expect(world.records[0]).toMatchObject({ estimated: true, reported: null, usage: { outputTokens: 3 } });
    expect(world.records[0]?.costTicks).toBeGreaterThan(0n);
  }
});

test('an upstream that fails before it answers costs nothing', async () => {
  const faults: [string, (call: ScriptedCall) => void, number][] = [
    ['connection refused', (call) => call.fail(new UpstreamError('refused', 'ECONNREFUSED')), 502],
    ['its own 500', (call) => call.answer(500, '{"error":{"message":"secret inside"}}'), 502],
    ['its own 401', (call) => call.answer(401, '{"error":"bad key sk-123"}'), 502],
    ["xAI's 400 for a wrong key", (call) => call.answer(400, '{"error":"Incorrect API key: sk-123"}'), 502],
    ['429', (call) => call.answer(429, '', { 'retry-after': '7' }), 429],
    ['429 for ten years', (call) => call.answer(429, '', { 'retry-after': '315360000' }), 429],
    ['a redirect', (call) => call.answer(307, '', { location: 'http://169.254.169.254/' }), 502],
    ['an error inside a 200', (call) => call.answer(200, '{"code":"x","error":"y"}'), 502],
    ['HTML', (call) => call.answer(200, '<html>'), 502],
    ['half a JSON', (call) => call.answer(200, wholeAnswer('x').slice(0, 40)), 502],
    [
      "Anthropic's 400 for an empty account",
      (call) =>
        call.answer(
          400,
          '{"error":{"message":"Your credit balance is too low to access the secret inside"}}',
        ),
      502,
    ],
    [
      "OpenAI's 400 for an organization",
      (call) => call.answer(400, '{"error":{"message":"Your organization must be verified: secret inside"}}'),
      502,
    ],
    ['a key without its name', (call) => call.answer(400, '{"error":"Invalid token sk-123abc"}'), 502],
    [
      'a 400 that only sounds like it',
      (call) => call.answer(400, '{"error":{"message":"unbalanced parenthesis in the pattern"}}'),
      400,
    ],
    [
      '404: the operator named a model that is not there',
      (call) => call.answer(404, '{"error":"secret inside"}'),
      502,
    ],
    ['a 400 with a reason', (call) => call.answer(400, '{"error":{"message":"top_k too large"}}'), 400],
  ];
  let world = await openTestGateway();
  for (const [name, fault, status] of faults) {
    world = await openTestGateway();
    world.upstream.onCall = fault;
    const answer = await world.ask(HELLO);
    expect({ name, status: answer.status }).toEqual({ name, status });
    expect(await world.balance()).toEqual({ availableTicks: CREDIT, heldTicks: 0n });
    expect(world.records).toHaveLength(1);
    const text = String(answer.body);
    for (const inside of ['secret inside', 'sk-123', 'ECONNREFUSED', '169.254'])
      expect(text).not.toContain(inside);
    if (status === 429) expect(Number(answer.headers['retry-after-ms'])).toBeLessThanOrEqual(60_000);
  }
});

test('a caller who hangs up before the upstream accepted pays nothing, and the upstream is cancelled', async () => {
  const world = await openTestGateway();
  const hangUp = new AbortController();
  const asking = world.ask(HELLO, { signal: hangUp.signal });
  await world.clock.advance(100);
  expect(world.upstream.calls).toHaveLength(1);
  hangUp.abort();
  await asking;
  expect(world.upstream.calls[0]?.aborted).toBe(true);
  expect(await world.balance()).toEqual({ availableTicks: CREDIT, heldTicks: 0n });
  expect(world.records).toMatchObject([{ outcome: 'client-gone', httpStatus: 499 }]);
});

test('an upstream that never answers is given up at the deadline', async () => {
  const world = await openTestGateway();
  const asking = world.ask(HELLO);
  await world.clock.advance(600_001);
  expect((await asking).status).toBe(504);
  expect(world.upstream.calls[0]?.aborted).toBe(true);
  expect((await world.balance()).heldTicks).toBe(0n);
});

test('the body of an answer may take long as long as something comes; ten silent minutes end it', async () => {
  const world = await openTestGateway();
  const text = wholeAnswer('slow', { prompt_tokens: 1, completion_tokens: 1 });
  const slow = world.ask(HELLO);
  await world.clock.advance(0);
  world.upstream.calls[0]?.respond(200);
  // Some providers keep a long call alive with blanks.
  for (let minute = 0; minute < 30; minute += 5) {
    world.upstream.calls[0]?.write('\n');
    await world.clock.advance(300_000);
  }
  world.upstream.calls[0]?.write(text);
  world.upstream.calls[0]?.end();
  expect((await slow).status).toBe(200);

  const silent = world.ask(HELLO);
  await world.clock.advance(0);
  world.upstream.calls[1]?.respond(200);
  await world.clock.advance(600_001);
  expect((await silent).status).toBe(504);
  expect(world.upstream.calls[1]?.aborted).toBe(true);
});

test('nothing is left behind: no timer, no open exchange', async () => {
  const world = await openTestGateway();
  world.upstream.onCall = (call) => {
    call.answer(200, wholeAnswer('x', { prompt_tokens: 1, completion_tokens: 1 }));
  };
  for (let turn = 0; turn < 20; turn += 1) await world.ask(HELLO);
  await world.clock.advance(0);
  expect(world.clock.pendingTimers).toBe(0);
  expect(world.gateway.exchanges.count).toBe(0);
});

test('an answer by another model than was asked for is called and priced as what was asked for', async () => {
  const world = await openTestGateway();
  world.upstream.onCall = (call) => {
    const usage = { prompt_tokens: 10, completion_tokens: 2, cost_in_usd_ticks: 1, cost: 99 };
    call.answer(200, wholeAnswer('one two', usage).replace('"upstream"', '"somebody-elses-dearest"'));
  };
  const { body } = await world.ask(HELLO);
  const answer = JSON.parse(String(body));
  expect(answer.model).toBe('grok-beta');
  expect(answer.usage.cost_in_usd_ticks).toBe(10 * 50_000 + 2 * 150_000);
  expect(world.records).toMatchObject([{ model: 'grok-beta', costTicks: 800_000n }]);
});
