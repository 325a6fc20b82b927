import { describe, expect, test } from 'bun:test';
import { settled } from '../fakes/manual-clock.ts';
import { event, HELLO, openTestGateway, readEventsOf, testModel } from '../fakes/test-gateway.ts';

const CREDIT = 250_000_000_000n;
const STREAM = { ...HELLO, stream: true };
const USAGE = { usage: { prompt_tokens: 10, completion_tokens: 2, total_tokens: 12 } };
/** What our own tokeniser makes of the prompt is within this, too. */
const COST = 10n * 50_000n + 2n * 150_000n;

type World = Awaited<ReturnType<typeof openTestGateway>>;

/** Opens a stream and waits until the upstream has been called. */
async function openStream(world: World, body: object = STREAM, signal?: AbortSignal) {
  const asking = world.ask(body, signal === undefined ? {} : { signal });
  await settled();
  const call = world.upstream.calls.at(-1);
  if (call === undefined) throw new Error('the upstream was not called');
  call.respond(200, { 'content-type': 'text/event-stream' });
  const answer = await asking;
  if (typeof answer.body === 'string') throw new Error(answer.body);
  return { call, answer, body: answer.body };
}

describe('usage in a stream', () => {
  test('not asked for: once, on the finish chunk', async () => {
    const world = await openTestGateway();
    const { call, body } = await openStream(world);
    expect(call.body.stream_options).toEqual({ include_usage: true });
    call.write(
      event({ role: 'assistant', content: 'forty' }) + event({ content: '-two' }) + event({}, {}, 'stop'),
    );
    call.write(`data: ${JSON.stringify({ id: 'c', choices: [], ...USAGE })}\n\ndata: [DONE]\n\n`);
    call.end();
    const events = await readEventsOf(body);
    expect(events.map((one) => (one === '[DONE]' ? one : (one.usage?.cost_in_usd_ticks ?? null)))).toEqual([
      null,
      null,
      Number(COST),
      '[DONE]',
    ]);
    for (const one of events.slice(0, -1))
      expect(one).toMatchObject({ id: 'request-1', model: 'grok-beta', created: 1 });
    expect(events[2].choices[0].finish_reason).toBe('stop');
    expect(await world.balance()).toEqual({ availableTicks: CREDIT - COST, heldTicks: 0n });
  });

  test('asked for: once, in a chunk of its own without choices', async () => {
    const world = await openTestGateway();
    const { call, body } = await openStream(world, { ...STREAM, stream_options: { include_usage: true } });
    call.write(event({ content: 'x' }) + event({}, USAGE, 'stop') + 'data: [DONE]\n\n');
    call.end();
    const events = await readEventsOf(body);
    expect(events.filter((one) => one.usage !== undefined)).toHaveLength(1);
    expect(events.at(-2)).toMatchObject({ choices: [], usage: { total_tokens: 12 } });
  });

  test('a running figure on every chunk is metered and never shown', async () => {
    const world = await openTestGateway();
    const { call, body } = await openStream(world);
    for (let tokens = 1; tokens <= 5; tokens += 1) {
      call.write(
        event({ content: `${tokens} ` }, { usage: { prompt_tokens: 10, completion_tokens: tokens } }),
      );
    }
    call.write(event({}, {}, 'stop') + 'data: [DONE]\n\n');
    call.end();
    const events = await readEventsOf(body);
    expect(events.filter((one) => one.usage !== undefined)).toHaveLength(1);
    expect(world.records[0]).toMatchObject({ estimated: false, usage: { inputTokens: 10, outputTokens: 5 } });
  });
});

test('what is not ours passes unchanged: unknown fields, number spellings, order', async () => {
  const world = await openTestGateway();
  const { call, body } = await openStream(world);
  call.write(
    'data: {"id":"c","choices":[{"index":0,"delta":{"content":"\\u00e9"}}],"x":1.50,"big":12345678901234567890}\n\n',
  );
  call.write(event({}, USAGE, 'stop') + 'data: [DONE]\n\n');
  call.end();
  const text = await new Response(body).text();
  expect(text).toContain(
    '"choices":[{"index":0,"delta":{"content":"\\u00e9"}}],"x":1.50,"big":12345678901234567890',
  );
});

describe('an answer that is cut looks cut', () => {
  const faults: Record<string, (call: World['upstream']['calls'][number]) => void> = {
    'connection reset': (call) => call.break(),
    'clean close without an end': (call) => call.end(),
    'half an event': (call) => {
      call.write('data: {"choices":[{"ind');
      call.end();
    },
    'malformed JSON': (call) => call.write('data: {oops}\n\n'),
    'wrong shape': (call) => call.write('data: {"choices":"none"}\n\n'),
    'an error event': (call) => call.write('data: {"error":{"message":"inside"}}\n\n'),
    'a named error': (call) => call.write('event: error\ndata: {}\n\n'),
    'an endless line': (call) => call.write(`data: ${'x'.repeat(1_200_000)}`),
  };
  for (const [name, fault] of Object.entries(faults)) {
    test(name, async () => {
      const world = await openTestGateway();
      const { call, body } = await openStream(world);
      const reading = readEventsOf(body);
      call.write(event({ content: 'one two ' }));
      await settled();
      fault(call);
      const events = await reading;
      expect(events).not.toContain('[DONE]');
      expect(events.at(-1)).toMatchObject({
        code: 'unavailable',
        error: { message: expect.stringContaining('broke off') },
      });
      expect(JSON.stringify(events)).not.toContain('inside');
      expect(world.records).toMatchObject([
        { outcome: 'upstream-broke', estimated: true, usage: { outputTokens: 2 } },
      ]);
      expect((await world.balance()).heldTicks).toBe(0n);
    });
  }

  test('broken before the first word: nothing is charged', async () => {
    const world = await openTestGateway();
    const { call, body } = await openStream(world);
    call.end();
    expect((await readEventsOf(body)).at(-1)).toMatchObject({ code: 'unavailable' });
    expect(await world.balance()).toEqual({ availableTicks: CREDIT, heldTicks: 0n });
  });

  test('every choice had ended and only [DONE] is missing: the answer is whole', async () => {
    const world = await openTestGateway();
    const { call, body } = await openStream(world);
    call.write(event({ content: 'x' }) + event({}, USAGE, 'stop'));
    call.end();
    expect((await readEventsOf(body)).at(-1)).toBe('[DONE]');
  });
});

describe('the reader', () => {
  test('hangs up in mid-answer: upstream cancelled, charged for what was made', async () => {
    const world = await openTestGateway();
    const hangUp = new AbortController();
    const { call, body } = await openStream(world, STREAM, hangUp.signal);
    const reader = body.getReader();
    call.write(event({ content: 'one two three ' }));
    await reader.read();
    hangUp.abort();
    await settled();
    expect(call.aborted).toBe(true);
    expect(world.records).toMatchObject([
      { outcome: 'client-gone', httpStatus: 499, usage: { outputTokens: 3 } },
    ]);
    expect((await world.balance()).heldTicks).toBe(0n);
  });

  test('cancels the body: the same', async () => {
    const world = await openTestGateway();
    const { call, body } = await openStream(world);
    const reader = body.getReader();
    call.write(event({ content: 'one ' }));
    await reader.read();
    await reader.cancel();
    await settled();
    expect(call.aborted).toBe(true);
    expect(world.records).toMatchObject([{ outcome: 'client-gone' }]);
  });

  test('is gone before it ever read: settled all the same', async () => {
    const world = await openTestGateway();
    const hangUp = new AbortController();
    const { call } = await openStream(world, STREAM, hangUp.signal);
    call.write(event({ content: 'one ' }));
    await settled();
    hangUp.abort();
    await settled();
    expect(world.records).toMatchObject([{ outcome: 'client-gone' }]);
    expect((await world.balance()).heldTicks).toBe(0n);
  });

  test('hangs up at any event: exactly one end, never more than the whole price', async () => {
    const pieces = [
      event({ content: 'a ' }),
      event({ content: 'b ' }),
      event({}, USAGE, 'stop'),
      'data: [DONE]\n\n',
    ];
    for (let at = 0; at <= pieces.length; at += 1) {
      const world = await openTestGateway();
      const hangUp = new AbortController();
      const { call, body } = await openStream(world, STREAM, hangUp.signal);
      const reading = readEventsOf(body).catch(() => []);
      for (const piece of pieces.slice(0, at)) {
        call.write(piece);
        await settled();
      }
      hangUp.abort();
      await reading;
      await settled();
      expect(world.records).toHaveLength(1);
      const { availableTicks, heldTicks } = await world.balance();
      expect(heldTicks).toBe(0n);
      expect(CREDIT - availableTicks).toBeLessThanOrEqual(COST);
    }
  });

  test('that takes nothing for ten minutes is gone', async () => {
    const world = await openTestGateway();
    const { call } = await openStream(world);
    call.write(event({ content: 'one ' }));
    await world.clock.advance(600_001);
    expect(call.aborted).toBe(true);
    expect(world.records).toMatchObject([{ outcome: 'client-gone' }]);
  });
});

test('a slow reader holds the upstream back', async () => {
  const world = await openTestGateway();
  const { call, body } = await openStream(world);
  for (let piece = 0; piece < 200; piece += 1) call.write(event({ content: `${piece} ` }));
  await settled();
  const reader = body.getReader();
  const first = await reader.read();
  // One piece is taken for each one that is read, and one lies ready.
  expect(new TextDecoder().decode(first.value).split('data: ').length - 1).toBe(1);
  expect(world.records).toHaveLength(0);
  await reader.cancel();
  await settled();
  expect(world.records[0]?.usage.outputTokens).toBeLessThan(5);
});

describe('silence of the upstream', () => {
  test('heartbeats go out while nothing comes, also before the first byte', async () => {
    const world = await openTestGateway();
    const asking = world.ask(STREAM);
    await world.clock.advance(8_001);
    const answer = await asking;
    const reading = new Response(answer.body as ReadableStream).text();
    await world.clock.advance(20_000);
    const call = world.upstream.calls[0];
    call?.respond(200);
    call?.write(event({ content: 'x' }, USAGE, 'stop') + 'data: [DONE]\n\n');
    call?.end();
    await settled();
    const text = await reading;
    expect(text.match(/^: keep-alive$/gm)?.length).toBeGreaterThanOrEqual(2);
    expect(text).toContain('[DONE]');
  });

  test('five minutes are borne, ten are not', async () => {
    const world = await openTestGateway();
    const { call, body } = await openStream(world);
    const reading = readEventsOf(body);
    call.write(event({ content: 'x ' }));
    await world.clock.advance(300_000);
    expect(world.records).toHaveLength(0);
    call.write(event({ content: 'y ' }));
    await world.clock.advance(600_001);
    expect((await reading).at(-1)).toMatchObject({ code: 'unavailable' });
    expect(call.aborted).toBe(true);
    expect(world.records).toMatchObject([{ outcome: 'upstream-broke', usage: { outputTokens: 2 } }]);
  });
});

test('a revoked key ends an open stream in words, charged for what was made', async () => {
  const world = await openTestGateway();
  const { call, body } = await openStream(world);
  const reading = readEventsOf(body);
  call.write(event({ content: 'one two ' }));
  await settled();
  await world.storage.keys.change('team-1', 'key-1', {
    revokedAtMs: 1,
    modifiedAtMs: 1,
    modifiedBy: 'user-1',
  });
  world.keyChanged();
  const events = await reading;
  expect(events.at(-1)).toMatchObject({ code: 'permission-denied' });
  expect(events).not.toContain('[DONE]');
  expect(call.aborted).toBe(true);
  expect(world.records).toMatchObject([{ outcome: 'cut-key', usage: { outputTokens: 2 } }]);
});

test('a shut-down waits, then ends streams in words', async () => {
  const world = await openTestGateway();
  const { call, body } = await openStream(world);
  const reading = readEventsOf(body);
  call.write(event({ content: 'one ' }));
  await settled();
  const draining = world.gateway.exchanges.drain(world.clock, 30_000, 5_000);
  expect((await world.ask(HELLO)).status).toBe(503);
  await world.clock.advance(29_000);
  expect(world.records).toHaveLength(0);
  await world.clock.advance(1_001);
  expect((await reading).at(-1)).toMatchObject({ code: 'unavailable' });
  expect(await draining).toBe(0);
  expect(world.records).toMatchObject([{ outcome: 'shut-down' }]);
});

test('a very long delta is divided, so that no line reaches 64 KB', async () => {
  const world = await openTestGateway();
  const { call, body } = await openStream(world);
  const long = '数据😀'.repeat(20_000);
  call.write(event({ content: long }) + event({}, USAGE, 'stop') + 'data: [DONE]\n\n');
  call.end();
  const text = await new Response(body).text();
  const lines = text.split('\n').filter((line) => line.startsWith('data: {'));
  for (const line of lines) expect(new TextEncoder().encode(line).length).toBeLessThan(64_000);
  expect(lines.map((line) => JSON.parse(line.slice(6)).choices[0].delta.content ?? '').join('')).toBe(long);
});

describe('credit', () => {
  const price = testModel().prices;
  const cheap = testModel({ prices: price });

  test('a stream grows its hold in steps and is cut in an orderly way when the credit is used up', async () => {
    // Enough for the prompt's bound, the first step of 4,096 tokens and 100 more.
    const promptBound = 200n * 50_000n;
    const world = await openTestGateway({ creditTicks: promptBound + 4_196n * 150_000n, models: [cheap] });
    const { call, body } = await openStream(world);
    const reading = readEventsOf(body);
    let tokens = 0;
    while (!call.aborted && tokens < 6_000) {
      tokens += 1;
      call.write(
        event({ content: `w${tokens} ` }, { usage: { prompt_tokens: 10, completion_tokens: tokens } }),
      );
      if (tokens % 50 === 0) await settled();
    }
    const events = await reading;
    expect(events.at(-1)).toMatchObject({
      code: 'permission-denied',
      error: { message: expect.stringContaining('credits') },
    });
    expect(events.at(-2).choices[0].finish_reason).toBe('length');
    expect(events.at(-2).usage.cost_in_usd_ticks).toBeGreaterThan(4_096 * 150_000);
    expect(events).not.toContain('[DONE]');
    expect(call.aborted).toBe(true);
    const { availableTicks, heldTicks } = await world.balance();
    expect(heldTicks).toBe(0n);
    expect(availableTicks).toBeGreaterThanOrEqual(0n);
    expect(world.records).toMatchObject([{ outcome: 'cut-credit', uncollectedTicks: 0n }]);
    // What was relayed is what was charged.
    const written = events
      .flatMap((one) => one.choices ?? [])
      .map((choice) => choice.delta?.content ?? '')
      .join('');
    expect(written.trim().split(' ').length).toBe(world.records[0]?.usage.outputTokens ?? 0);
  });

  test('too little for the usual hold, enough for a little: capped, and it says so', async () => {
    const world = await openTestGateway({ creditTicks: 200n * 50_000n + 500n * 150_000n });
    const { call, answer } = await openStream(world);
    expect(answer.headers['x-turnpike-output-capped']).toBe('credit');
    expect(call.body.max_tokens).toBeGreaterThanOrEqual(500);
    expect(call.body.max_tokens).toBeLessThan(600);
  });

  test('too little for anything: refused, the upstream is not called', async () => {
    const world = await openTestGateway({ creditTicks: 100n });
    const answer = await world.ask(STREAM);
    expect(answer.status).toBe(403);
    expect(answer.headers).toEqual({});
    expect(world.upstream.calls).toHaveLength(0);
    expect(await world.balance()).toEqual({ availableTicks: 100n, heldTicks: 0n });
  });

  test('other open calls have the credit: waits for them, then goes on', async () => {
    const bound = 4_096n * 150_000n + 100n * 50_000n;
    const world = await openTestGateway({ creditTicks: bound + 10_000n });
    const first = await openStream(world);
    const second = world.ask(STREAM);
    await world.clock.advance(3_000);
    expect(world.upstream.calls).toHaveLength(1);
    first.call.write(
      event({ content: 'x' }, { usage: { prompt_tokens: 1, completion_tokens: 0 } }, 'stop') +
        'data: [DONE]\n\n',
    );
    await readEventsOf(first.body);
    await settled();
    expect(world.upstream.calls).toHaveLength(2);
    world.upstream.calls[1]?.respond(200);
    expect((await second).status).toBe(200);
  });

  test('an upstream that ignores its cap is charged to the operator, never below zero', async () => {
    const world = await openTestGateway({ creditTicks: 200n * 50_000n + 100n * 150_000n });
    world.upstream.onCall = (call) => {
      call.respond(200);
      call.write(
        JSON.stringify({
          choices: [{ index: 0, message: { role: 'assistant', content: 'much' }, finish_reason: 'stop' }],
          usage: { prompt_tokens: 10, completion_tokens: 100_000 },
        }),
      );
      call.end();
    };
    const before = await world.balance();
    const { body } = await world.ask(HELLO);
    const { availableTicks, heldTicks } = await world.balance();
    expect({ availableTicks, heldTicks }).toEqual({ availableTicks: 0n, heldTicks: 0n });
    // The bill says what was paid, and not what it would have cost.
    expect(JSON.parse(String(body)).usage.cost_in_usd_ticks).toBe(Number(before.availableTicks));
    expect(world.records[0]?.uncollectedTicks).toBeGreaterThan(0n);
    expect(world.logged.map((line) => line.event)).toContain('served-beyond-credit');
  });
});

test('a head that goes out late brings the first sign of life with it', async () => {
  const world = await openTestGateway();
  const asking = world.ask(STREAM);
  await world.clock.advance(8_001);
  const { body } = await asking;
  if (typeof body === 'string') throw new Error(body);
  const { value } = await body.getReader().read();
  expect(new TextDecoder().decode(value)).toBe(': keep-alive\n\n');
});
