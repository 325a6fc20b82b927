import { describe, expect, test } from 'bun:test';
import { settled } from '../fakes/manual-clock.ts';
import { event, HELLO, openTestGateway, readEventsOf } from '../fakes/test-gateway.ts';

/** How a streamed answer ends, whatever its upstream does about finish reasons, choices and the last chunk. */

const STREAM = { ...HELLO, stream: true };
const ASKED = { ...STREAM, stream_options: { include_usage: true } };
const USAGE = { usage: { prompt_tokens: 10, completion_tokens: 2, total_tokens: 12 } };
const DONE = 'data: [DONE]\n\n';

type World = Awaited<ReturnType<typeof openTestGateway>>;

async function open(world: World, body: object = STREAM) {
  const asking = world.ask(body);
  await settled();
  const call = world.upstream.calls.at(-1);
  if (call === undefined) throw new Error('the upstream was not called');
  call.respond(200, { 'content-type': 'text/event-stream' });
  return { call, reading: readEventsOf((await asking).body) };
}

/** One event with choices of any index. */
function choices(...each: readonly (readonly [index: number, delta: object, finish?: string])[]): string {
  const list = each.map(([index, delta, finish]) => ({ index, delta, finish_reason: finish ?? null }));
  return `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'm', choices: list })}\n\n`;
}

function finishesOf(events: readonly { choices?: { index: number; finish_reason?: string | null }[] }[]) {
  return events
    .flatMap((one) => one.choices ?? [])
    .filter((choice) => choice.finish_reason)
    .map((choice) => [choice.index, choice.finish_reason]);
}

function contentOf(events: readonly { choices?: { delta?: { content?: string } }[] }[]): string {
  return events
    .flatMap((one) => one.choices ?? [])
    .map((choice) => choice.delta?.content ?? '')
    .join('');
}

async function answered(body: object, text: string) {
  const world = await openTestGateway();
  const { call, reading } = await open(world, body);
  call.write(text);
  call.end();
  return { world, events: await reading };
}

describe('an answer ends once, with the reason its upstream gave', () => {
  test('an empty chunk after the finish does not bring a second finish', async () => {
    const trailer = event({}, USAGE);
    const { events } = await answered(
      STREAM,
      event({ content: 'x' }) + event({}, {}, 'length') + trailer + DONE,
    );
    expect(finishesOf(events)).toEqual([[0, 'length']]);
    expect(events.at(-2)).toMatchObject({
      choices: [{ finish_reason: 'length' }],
      usage: { total_tokens: 12 },
    });
  });

  test('no reason, or an empty one, before [DONE] becomes stop', async () => {
    for (const reason of ['', undefined]) {
      const { events } = await answered(STREAM, event({ content: 'x' }, {}, reason) + DONE);
      expect(finishesOf(events)).toEqual([[0, 'stop']]);
      expect(events.at(-1)).toBe('[DONE]');
    }
  });

  test('no reason after tool calls becomes tool_calls: agents go by it', async () => {
    const call = { index: 0, id: 'call_1', type: 'function', function: { name: 'f', arguments: '{}' } };
    const { events } = await answered(STREAM, event({ tool_calls: [call] }) + DONE);
    expect(finishesOf(events)).toEqual([[0, 'tool_calls']]);
  });

  test('what comes after [DONE] is not relayed', async () => {
    const { events } = await answered(
      STREAM,
      event({ content: 'x' }, USAGE, 'stop') + DONE + event({ content: 'more' }),
    );
    expect(contentOf(events)).toBe('x');
    expect(events.filter((one) => one === '[DONE]')).toHaveLength(1);
  });
});

describe('several choices', () => {
  test('both end in one chunk and the upstream closes: the answer is whole', async () => {
    const { events } = await answered(
      { ...STREAM, n: 2 },
      choices([0, { content: 'a' }], [1, { content: 'b' }]) + choices([0, {}, 'stop'], [1, {}, 'stop']),
    );
    expect(events.at(-1)).toBe('[DONE]');
  });

  test('one choice that ends twice does not stand for two', async () => {
    const { events, world } = await answered(
      { ...STREAM, n: 2 },
      choices([0, { content: 'a' }], [1, { content: 'b' }]) +
        choices([0, {}, 'stop']) +
        choices([0, {}, 'stop']),
    );
    expect(events).not.toContain('[DONE]');
    expect(world.records).toMatchObject([{ outcome: 'upstream-broke' }]);
  });

  test('what was written last before an upstream died arrives, also when it ended a choice', async () => {
    const { events } = await answered(
      { ...STREAM, n: 2 },
      choices([0, { content: 'first ' }]) + choices([0, { content: 'last' }, 'stop']),
    );
    expect(contentOf(events)).toBe('first last');
    expect(events.at(-1)).toMatchObject({ code: 'unavailable' });
  });

  test('choices without an end are ended, and only those', async () => {
    const { events } = await answered(
      { ...STREAM, n: 3 },
      choices([0, { content: 'a' }], [1, { content: 'b' }]) + choices([1, {}, 'length']) + DONE,
    );
    expect(finishesOf(events)).toEqual([
      [1, 'length'],
      [0, 'stop'],
    ]);
  });

  test('cut for credit: every open choice is told, one that had ended is not', async () => {
    const world = await openTestGateway({ creditTicks: 1_000n * 50_000n + 8_192n * 150_000n });
    const { call, reading } = await open(world, { ...STREAM, n: 2 });
    call.write(choices([0, { content: 'a' }, 'stop'], [1, { content: 'b' }]));
    let tokens = 0;
    while (!call.aborted && tokens < 20_000) {
      tokens += 500;
      call.write(
        event({ content: 'w' }, { usage: { prompt_tokens: 10, completion_tokens: tokens } }).replace(
          '"index":0',
          '"index":1',
        ),
      );
      await settled();
    }
    const events = await reading;
    expect(finishesOf(events)).toEqual([
      [0, 'stop'],
      [1, 'length'],
    ]);
    expect(events).not.toContain('[DONE]');
  });
});

test('cut for credit at the very chunk that ends one choice: what it says arrives', async () => {
  const world = await openTestGateway({ creditTicks: 1_000n * 50_000n + 8_192n * 150_000n });
  const { call, reading } = await open(world, { ...STREAM, n: 2 });
  const usage = { usage: { prompt_tokens: 10, completion_tokens: 20_000 } };
  call.write(event({ content: 'last words' }, usage, 'stop'));
  const events = await reading;
  expect(contentOf(events)).toBe('last words');
  expect(events.at(-1).error.message).toContain('credits');
  expect(call.aborted).toBe(true);
});

describe('what only the last chunk says', () => {
  const trailer = `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', choices: [], ...USAGE, citations: ['https://a.test/'] })}\n\n`;

  test('usage asked for: it stays on the usage chunk', async () => {
    const { events } = await answered(ASKED, event({ content: 'x' }, {}, 'stop') + trailer + DONE);
    expect(events.at(-2)).toMatchObject({
      id: 'request-1',
      model: 'grok-beta',
      choices: [],
      citations: ['https://a.test/'],
      usage: { total_tokens: 12, cost_in_usd_ticks: 800_000 },
    });
  });

  test('usage not asked for: it moves to the chunk that carries the usage', async () => {
    const { events } = await answered(STREAM, event({ content: 'x' }, {}, 'stop') + trailer + DONE);
    expect(events.at(-2)).toMatchObject({
      choices: [{ finish_reason: 'stop' }],
      citations: ['https://a.test/'],
      usage: { total_tokens: 12 },
    });
    expect(events.filter((one) => one.usage !== undefined)).toHaveLength(1);
  });
});

test('a shut-down after every choice has ended cuts nothing: the answer was whole', async () => {
  const world = await openTestGateway();
  const { call, reading } = await open(world);
  call.write(event({ content: 'x' }, USAGE, 'stop'));
  await settled();
  const draining = world.gateway.exchanges.drain(world.clock, 1, 5_000);
  await world.clock.advance(1);
  const events = await reading;
  await draining;
  expect(contentOf(events)).toBe('x');
  expect(events.at(-1)).toBe('[DONE]');
  expect(world.records).toMatchObject([{ outcome: 'completed' }]);
});

describe('an answer that is no stream', () => {
  for (const [name, type, text] of [
    ['a page', 'text/html; charset=utf-8', '<html>504 Gateway Time-out</html>'],
    [
      'an error in JSON',
      'application/json',
      '{"code":"unavailable","error":"Timed out waiting for first token"}',
    ],
  ] as const) {
    test(`${name}: a plain 502, which client libraries try again`, async () => {
      const world = await openTestGateway();
      world.upstream.onCall = (call) => {
        call.respond(200, { 'content-type': type });
        call.write(text);
      };
      const answer = await world.ask(STREAM);
      expect(answer.status).toBe(502);
      expect(String(answer.body)).not.toContain('Timed out waiting');
      expect(world.upstream.calls[0]?.cancelled).toBe(true);
      expect((await world.balance()).heldTicks).toBe(0n);
    });
  }
});

test('a stream that is whole leaves its connection to be used again; one that is cut does not', async () => {
  const world = await openTestGateway();
  const { call, reading } = await open(world);
  call.write(event({ content: 'x' }, USAGE, 'stop') + DONE);
  expect((await reading).at(-1)).toBe('[DONE]');
  await settled();
  expect({ aborted: call.aborted, cancelled: call.cancelled }).toEqual({ aborted: false, cancelled: false });
  call.end();
  await settled();
  expect(world.clock.pendingTimers).toBe(0);

  const second = await open(world);
  second.call.write(event({ content: 'x' }, USAGE, 'stop') + DONE);
  await second.reading;
  // It says that it has done and does not close; nobody waits for it.
  await world.clock.advance(5_000);
  expect(second.call.cancelled).toBe(true);
  expect(world.clock.pendingTimers).toBe(0);
});

test('a trickle of bytes that never becomes an answer is ended at the total deadline', async () => {
  const world = await openTestGateway();
  const { call, reading } = await open(world);
  call.write(event({ content: 'x ' }));
  for (let minute = 0; minute < 65 && !call.aborted; minute += 5) {
    call.write(': still here\n\n');
    await world.clock.advance(300_000);
  }
  expect((await reading).at(-1)).toMatchObject({ code: 'unavailable' });
  expect(call.aborted).toBe(true);
});
