import { expect, test } from 'bun:test';
import { UpstreamError } from '../../src/upstream/upstream.ts';
import { type ScriptedCall, ScriptedUpstream } from '../fakes/scripted-upstream.ts';
import { HELLO, openTestGateway, testModel, wholeAnswer } from '../fakes/test-gateway.ts';

/** Another upstream takes the place of one that fails before it has begun to answer. */

const USAGE = { prompt_tokens: 10, completion_tokens: 2, total_tokens: 12 };
const BILL = 10n * 50_000n + 2n * 150_000n;
const good = (call: ScriptedCall) => call.answer(200, wholeAnswer('It is 42.', USAGE));
const broken = (call: ScriptedCall) => call.answer(500, '{"error":"secret inside"}');

async function openWith(answers: ((call: ScriptedCall) => void)[], model = testModel()) {
  const substitutes = answers.slice(1).map((_, index) => new ScriptedUpstream(`substitute-${index + 1}`));
  const world = await openTestGateway({ substitutes, models: [model] });
  const upstreams = [world.upstream, ...substitutes];
  answers.forEach((answer, index) => {
    (upstreams[index] as ScriptedUpstream).onCall = answer;
  });
  const before = await world.balance();
  return {
    ...world,
    upstreams,
    calls: () => upstreams.map(({ calls }) => calls.length),
    spent: async () => {
      const { availableTicks, heldTicks } = await world.balance();
      expect(heldTicks).toBe(0n);
      return before.availableTicks - availableTicks;
    },
  };
}

const OWN_FAULTS: [string, (call: ScriptedCall) => void][] = [
  ['a refused connection', (call) => call.fail(new UpstreamError('refused', 'ECONNREFUSED'))],
  ['a connection that times out', (call) => call.fail(new UpstreamError('timed-out', 'ETIMEDOUT'))],
  ['a 500', broken],
  ['a 429', (call) => call.answer(429, '', { 'retry-after': '7' })],
  ['a 401 for its own key', (call) => call.answer(401, '{"error":"bad key"}')],
  ["xAI's 400 for its own key", (call) => call.answer(400, '{"error":"Incorrect API key: sk-123"}')],
  ['a 404 for its own model', (call) => call.answer(404, '{"error":"no such model"}')],
  ['a redirect', (call) => call.answer(307, '', { location: 'http://169.254.169.254/' })],
];

test('after a fault of its own the next upstream answers; one bill, by the name of who answered', async () => {
  for (const [fault, fail] of OWN_FAULTS) {
    const world = await openWith([fail, good]);
    const answer = await world.ask(HELLO);
    expect({ fault, status: answer.status, calls: world.calls() }).toEqual({
      fault,
      status: 200,
      calls: [1, 1],
    });
    expect(await world.spent()).toBe(BILL);
    expect(world.records).toMatchObject([
      { outcome: 'completed', channel: 'substitute-1', costTicks: BILL, httpStatus: 200 },
    ]);
    expect(world.logged.filter(({ event }) => event === 'upstream-replaced')).toEqual([
      {
        event: 'upstream-replaced',
        facts: { request: 'request-1', channel: 'scripted', by: 'substitute-1' },
      },
    ]);
  }
});

test('a stream is answered by the next upstream too, and nothing of the first is seen', async () => {
  const world = await openWith([
    broken,
    (call) => {
      call.respond(200, { 'content-type': 'text/event-stream' });
      call.write('data: {"choices":[{"index":0,"delta":{"content":"hi"},"finish_reason":"stop"}]}\n\n');
      call.write(`data: {"choices":[],"usage":${JSON.stringify(USAGE)}}\n\ndata: [DONE]\n\n`);
      call.end();
    },
  ]);
  const answer = await world.ask({ ...HELLO, stream: true });
  const text = await new Response(answer.body).text();
  expect(text).toContain('"hi"');
  expect(text).toEndWith('data: [DONE]\n\n');
  expect(text).not.toContain('secret');
  expect(await world.spent()).toBe(BILL);
  expect(world.records).toMatchObject([{ outcome: 'completed', channel: 'substitute-1' }]);
});

test('what is refused for its own sake is asked of nobody else', async () => {
  const world = await openWith([
    (call) => call.answer(400, '{"error":{"message":"temperature is too high"}}'),
    good,
  ]);
  const answer = await world.ask(HELLO);
  expect(answer.status).toBe(400);
  expect(String(answer.body)).toContain('temperature is too high');
  expect(world.calls()).toEqual([1, 0]);
  expect(await world.spent()).toBe(0n);
});

test('an answer that broke off is not asked for again: its first half was made and may be paid for', async () => {
  const world = await openWith([
    (call) => {
      call.respond(200);
      call.write('{"choices":[');
      call.break();
    },
    good,
  ]);
  expect((await world.ask(HELLO)).status).toBe(502);
  expect(world.calls()).toEqual([1, 0]);
});

test('no more than three are asked; the last failure is told, and nothing is charged', async () => {
  const world = await openWith([
    (call) => call.answer(429, '', { 'retry-after': '7' }),
    broken,
    (call) => call.fail(new UpstreamError('timed-out', 'ETIMEDOUT')),
    good,
  ]);
  expect((await world.ask(HELLO)).status).toBe(504);
  expect(world.calls()).toEqual([1, 1, 1, 0]);
  expect(await world.spent()).toBe(0n);
  expect(world.records).toMatchObject([{ outcome: 'failed', channel: 'substitute-2', costTicks: 0n }]);
});

test('whoever failed is passed over for a while, and asked again after it', async () => {
  const world = await openWith([broken, good]);
  await world.ask(HELLO);
  await world.ask(HELLO);
  expect(world.calls()).toEqual([1, 2]);
  await world.clock.advance(1_000);
  world.upstream.onCall = good;
  await world.ask(HELLO);
  await world.ask(HELLO);
  expect(world.calls()).toEqual([3, 2]);
});

test('who refuses and then hangs over its words is waited for no longer than two seconds', async () => {
  const world = await openWith([
    (call) => {
      call.respond(503);
      call.write('{"error":');
    },
    good,
  ]);
  const asked = world.ask(HELLO);
  await world.clock.advance(1_999);
  expect(world.calls()).toEqual([1, 0]);
  await world.clock.advance(1);
  expect((await asked).status).toBe(200);
  expect(world.calls()).toEqual([1, 1]);
  expect(world.upstream.calls[0]?.cancelled).toBe(true);
  expect(world.clock.pendingTimers).toBe(0);
});

test('a caller who has left is asked for nowhere else', async () => {
  const world = await openWith([() => {}, good]);
  const caller = new AbortController();
  const asked = world.ask(HELLO, { signal: caller.signal });
  await world.clock.advance(10);
  caller.abort();
  await asked;
  expect(world.calls()).toEqual([1, 0]);
  expect(world.records).toMatchObject([{ outcome: 'client-gone' }]);
});

test('a simulator never takes the place of a model, whatever happens to that', async () => {
  const world = await openWith([broken, good]);
  (world.upstreams[1] as ScriptedUpstream).simulated = true;
  expect((await world.ask(HELLO)).status).toBe(502);
  expect((await world.ask(HELLO)).status).toBe(502);
  expect(world.calls()).toEqual([2, 0]);
});

test('an image goes to no substitute that takes text alone', async () => {
  const world = await openWith([broken, good, good], testModel({ inputModalities: ['text', 'image'] }));
  (world.upstreams[1] as ScriptedUpstream).inputModalities = ['text'];
  const image = { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } };
  const answer = await world.ask({ ...HELLO, messages: [{ role: 'user', content: [image] }] });
  expect(answer.status).toBe(200);
  expect(world.calls()).toEqual([1, 0, 1]);
});

test('a prompt goes to no substitute whose context it does not fit', async () => {
  const world = await openWith([broken, good, good]);
  (world.upstreams[1] as ScriptedUpstream).contextTokens = 1_000;
  const answer = await world.ask({ ...HELLO, messages: [{ role: 'user', content: 'word '.repeat(400) }] });
  expect(answer.status).toBe(200);
  expect(world.calls()).toEqual([1, 0, 1]);
});
