import { describe, expect, test } from 'bun:test';
import { settled } from '../fakes/manual-clock.ts';
import {
  event,
  HELLO,
  openTestGateway,
  readEventsOf,
  testModel,
  wholeAnswer,
} from '../fakes/test-gateway.ts';

/** What holds cover, what upstreams are told to stop at, and what is charged when figures are odd. */

const STREAM = { ...HELLO, stream: true };
const INPUT = 50_000n;
const OUTPUT = 150_000n;

type World = Awaited<ReturnType<typeof openTestGateway>>;

async function open(world: World, body: object = STREAM) {
  const asking = world.ask(body);
  await settled();
  const call = world.upstream.calls.at(-1);
  if (call === undefined) throw new Error('the upstream was not called');
  call.respond(200, { 'content-type': 'text/event-stream' });
  const answer = await asking;
  return { call, answer, reading: readEventsOf(answer.body) };
}

function running(tokens: number): string {
  return event({ content: 'w ' }, { usage: { prompt_tokens: 10, completion_tokens: tokens } });
}

describe('the hold of a stream', () => {
  test('covers what was written, however large a chunk was, with one command a chunk', async () => {
    const world = await openTestGateway();
    const extend = world.gateway.ledger.extend.bind(world.gateway.ledger);
    let commands = 0;
    Object.assign(world.gateway.ledger, {
      extend: (command: Parameters<typeof extend>[0]) => {
        commands += 1;
        return extend(command);
      },
    });
    const { call, reading } = await open(world);
    for (const tokens of [20_000, 40_000, 60_000]) {
      call.write(running(tokens));
      await settled();
      const { heldTicks } = await world.balance();
      expect(heldTicks).toBeGreaterThanOrEqual(BigInt(tokens) * OUTPUT);
    }
    call.write(`${event({}, {}, 'stop')}data: [DONE]\n\n`);
    call.end();
    await reading;
    expect((await world.balance()).heldTicks).toBe(0n);
    expect(commands).toBe(3);
  });

  test('takes the last there is; the chunk that goes beyond it is the last', async () => {
    const world = await openTestGateway({ creditTicks: 30_000n * OUTPUT });
    const { call, reading } = await open(world);
    for (const tokens of [20_000, 40_000, 60_000]) {
      call.write(running(tokens));
      await settled();
    }
    const events = await reading;
    expect(call.aborted).toBe(true);
    expect(events.at(-1).error.message).toContain('credits');
    expect(world.records[0]?.usage.outputTokens).toBe(40_000);
    expect((await world.balance()).availableTicks).toBe(0n);
  });

  test('that the ledger does not extend is cut, and the words do not blame the credit', async () => {
    const world = await openTestGateway();
    const { call, reading } = await open(world);
    Object.assign(world.gateway.ledger, { extend: () => Promise.reject(new Error('away')) });
    call.write(running(5_000));
    const events = await reading;
    expect(events.at(-1)).toMatchObject({ code: 'unavailable' });
    expect(events.at(-1).error.message).not.toMatch(/credit/);
    expect(events.at(-1).error.message).toContain('charged');
    expect(call.aborted).toBe(true);
    expect((await world.balance()).heldTicks).toBe(0n);
  });
});

describe('an upstream that writes on beyond what was asked for', () => {
  test('is stopped as the limit says: a length finish, its usage and [DONE]', async () => {
    const world = await openTestGateway();
    const { call, reading } = await open(world, { ...STREAM, max_tokens: 100 });
    let tokens = 0;
    while (!call.aborted && tokens < 10_000) {
      tokens += 50;
      call.write(running(tokens));
      await settled();
    }
    const events = await reading;
    expect(tokens).toBeLessThan(1_000);
    expect(events.at(-1)).toBe('[DONE]');
    expect(events.at(-2).choices).toEqual([{ index: 0, delta: {}, finish_reason: 'length' }]);
    expect(world.records).toMatchObject([{ outcome: 'completed' }]);
  });

  test('but not for a few tokens that are counted differently', async () => {
    const world = await openTestGateway();
    const { call, reading } = await open(world, { ...STREAM, max_tokens: 100 });
    call.write(running(110));
    call.write(`${event({}, {}, 'length')}data: [DONE]\n\n`);
    call.end();
    expect((await reading).at(-1)).toBe('[DONE]');
    expect(world.records[0]?.usage.outputTokens).toBe(110);
  });
});

describe('the cap that is sent upstream', () => {
  const sent = async (body: object, options: Parameters<typeof openTestGateway>[0] = {}) => {
    const world = await openTestGateway(options);
    world.upstream.onCall = (call) =>
      call.answer(200, wholeAnswer('x', { prompt_tokens: 1, completion_tokens: 1 }));
    const { headers } = await world.ask({ ...HELLO, ...body });
    const { max_tokens, max_completion_tokens } = world.upstream.calls[0]?.body ?? {};
    return { max_tokens, max_completion_tokens, capped: headers['x-turnpike-output-capped'] };
  };

  test('is the smaller where both spellings were given', async () => {
    expect(await sent({ max_tokens: 50, max_completion_tokens: 100 })).toMatchObject({
      max_tokens: 50,
      max_completion_tokens: 50,
    });
    expect(await sent({ max_completion_tokens: 7 })).toMatchObject({
      max_tokens: undefined,
      max_completion_tokens: 7,
    });
  });

  test('is never more than was asked, however little credit there is', async () => {
    // The prompt's bound does not fit any more, its likely size and the whole output do.
    const creditTicks = 40n * INPUT + 10n * OUTPUT;
    const { max_tokens, capped } = await sent({ max_tokens: 10 }, { creditTicks });
    expect(max_tokens).toBe(10);
    // Nothing was taken away, so nothing is said.
    expect(capped).toBeUndefined();
  });

  test('is divided among the choices', async () => {
    const creditTicks = 10n * INPUT + 100n * OUTPUT;
    const { max_tokens, capped } = await sent({ n: 2, max_tokens: 80 }, { creditTicks });
    expect(Number(max_tokens)).toBeGreaterThanOrEqual(48);
    expect(Number(max_tokens)).toBeLessThanOrEqual(54);
    expect(capped).toBe('credit');
  });

  test('leaves room for the prompt in an upstream with a small context', async () => {
    const world = await openTestGateway();
    world.upstream.contextTokens = 8_192;
    world.upstream.countPrompt = async () => 5_000;
    world.upstream.onCall = (call) => call.answer(200, wholeAnswer('x'));
    await world.ask(HELLO);
    expect(world.upstream.calls[0]?.body.max_tokens).toBe(3_192);
  });

  test('a model that costs more than any wallet holds is a matter of credit, not of the ledger', async () => {
    const dear = testModel({
      prices: [
        {
          validFromMs: 0,
          inputTicksPerToken: 0n,
          cachedInputTicksPerToken: 0n,
          imageInputTicksPerToken: 0n,
          audioInputTicksPerToken: 0n,
          outputTicksPerToken: 1_000_000_000_000n,
        },
      ],
    });
    const world = await openTestGateway({ models: [dear] });
    const answer = await world.ask(HELLO);
    expect(answer.status).toBe(403);
    expect(String(answer.body)).toContain('credits');
  });
});

describe('the bill of an answer without a usage figure', () => {
  test('is not higher because the tokeniser was too busy to count', async () => {
    const world = await openTestGateway();
    Object.assign(world.gateway.tokeniser, {
      count: async (text: string | readonly string[]) => ({
        tokens: [text].flat().join('').length,
        exact: false,
      }),
    });
    world.upstream.onCall = (call) => call.answer(200, wholeAnswer('four'.repeat(100)));
    await world.ask({ ...HELLO, messages: [{ role: 'user', content: 'four'.repeat(100) }] });
    const { usage, estimated } = world.records[0] ?? {};
    expect(estimated).toBe(true);
    expect(usage?.outputTokens).toBe(100);
    expect(usage?.inputTokens).toBeLessThan(120);
  });

  test('a prompt that nobody could count in time is not called too long', async () => {
    const world = await openTestGateway();
    Object.assign(world.gateway.tokeniser, {
      count: async (text: string | readonly string[]) => ({
        tokens: [text].flat().join('').length,
        exact: false,
      }),
    });
    const answer = await world.ask({
      ...HELLO,
      messages: [{ role: 'user', content: 'word '.repeat(40_000) }],
    });
    expect(answer.status).toBe(503);
    expect(answer.headers['retry-after-ms']).toBeDefined();
  });

  test('a figure of nothing but zeros is none', async () => {
    const world = await openTestGateway();
    const { call, reading } = await open(world);
    call.write(
      running(40) + event({}, { usage: { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 } }, 'stop'),
    );
    call.write('data: [DONE]\n\n');
    call.end();
    await reading;
    expect(world.records[0]?.usage).toMatchObject({ inputTokens: 10, outputTokens: 40 });
  });

  test('a prompt of no tokens is counted by us', async () => {
    const world = await openTestGateway();
    world.upstream.onCall = (call) =>
      call.answer(200, wholeAnswer('x y', { prompt_tokens: 0, completion_tokens: 2 }));
    await world.ask(HELLO);
    expect(world.records[0]).toMatchObject({ estimated: true, usage: { outputTokens: 2 } });
    expect(world.records[0]?.usage.inputTokens).toBeGreaterThan(0);
  });
});

test('a checkpoint that counts while figures arrive does not count anything twice', async () => {
  const world = await openTestGateway();
  const counts: (() => void)[] = [];
  const count = world.gateway.tokeniser.count;
  Object.assign(world.gateway.tokeniser, {
    count: async (text: string | readonly string[]) => {
      await new Promise<void>((resolve) => counts.push(resolve));
      return count(text);
    },
  });
  const { call, reading } = await open(world);
  call.write(event({ content: 'one two three ' }));
  await settled();
  // The checkpoint is due with this chunk and begins to count; the upstream's figure overtakes it.
  await world.clock.advance(5_001);
  call.write(event({ content: 'four ' }));
  await settled();
  call.write(event({ content: 'five ' }, { usage: { prompt_tokens: 10, completion_tokens: 5 } }));
  await settled();
  for (const release of counts.splice(0)) release();
  await settled();
  call.write(`${event({}, {}, 'stop')}data: [DONE]\n\n`);
  call.end();
  await settled();
  for (const release of counts.splice(0)) release();
  await reading;
  expect(world.records[0]).toMatchObject({ estimated: false, usage: { outputTokens: 5 } });
});
