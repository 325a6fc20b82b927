import { describe, expect, test } from 'bun:test';
import { StorageConflict } from '../../src/storage/storage-error.ts';
import { settled } from '../fakes/manual-clock.ts';
import { event, HELLO, openTestGateway, wholeAnswer } from '../fakes/test-gateway.ts';

const away = () => Promise.reject(new Error('the database does not answer'));

describe('a ledger that does not answer', () => {
  test('at the hold: no paid call is made, and the caller is told to come back', async () => {
    const world = await openTestGateway();
    Object.assign(world.gateway.ledger, { hold: away });
    const answer = await world.ask(HELLO);
    expect(answer.status).toBe(503);
    expect(answer.headers['retry-after-ms']).toBe('5000');
    expect(world.upstream.calls).toHaveLength(0);
  });

  test('at the end: the command is repeated until it is heard', async () => {
    const world = await openTestGateway();
    const post = world.gateway.ledger.post.bind(world.gateway.ledger);
    let attempts = 0;
    Object.assign(world.gateway.ledger, {
      post: (command: Parameters<typeof post>[0]) => {
        attempts += 1;
        return attempts <= 2 ? away() : post(command);
      },
    });
    world.upstream.onCall = (call) => {
      call.answer(200, wholeAnswer('x', { prompt_tokens: 1, completion_tokens: 1 }));
    };
    const asking = world.ask(HELLO);
    await world.clock.advance(1_000);
    expect((await asking).status).toBe(200);
    expect(attempts).toBe(3);
    expect(await world.balance()).toEqual({ availableTicks: 250_000_000_000n - 200_000n, heldTicks: 0n });
  });

  test('at the end, for good: the hold stays for the next start and nobody is charged twice', async () => {
    const world = await openTestGateway();
    Object.assign(world.gateway.ledger, { post: away });
    world.upstream.onCall = (call) => {
      call.answer(200, wholeAnswer('x', { prompt_tokens: 1, completion_tokens: 1 }));
    };
    const asking = world.ask(HELLO);
    await world.clock.advance(10_000);
    await asking;
    expect((await world.balance()).heldTicks).toBeGreaterThan(0n);
    const { expired } = await world.storage.ledger.expireHoldsOfOthers('process-2', world.clock.nowMs());
    expect(expired).toBe(1);
    expect(await world.balance()).toEqual({ availableTicks: 250_000_000_000n, heldTicks: 0n });
  });
});

describe('a ledger that comes back', () => {
  test('a hold that nobody heard of is released, and whoever waits for its credit is told', async () => {
    const firstStepTicks = 4_096n * 150_000n;
    const world = await openTestGateway({ creditTicks: (firstStepTicks * 3n) / 2n });
    const hold = world.gateway.ledger.hold.bind(world.gateway.ledger);
    let isHeard = false;
    Object.assign(world.gateway.ledger, {
      hold: async (command: Parameters<typeof hold>[0]) => {
        const answer = await hold(command);
        return isHeard ? answer : away();
      },
    });
    expect((await world.ask({ ...HELLO, stream: true })).status).toBe(503);
    expect((await world.balance()).heldTicks).toBeGreaterThan(0n);
    isHeard = true;
    await world.clock.advance(7_000);
    const second = world.ask({ ...HELLO, stream: true });
    await world.clock.advance(7_900);
    expect(world.upstream.calls).toHaveLength(0);
    // The release comes after 15 seconds in all; the wait would end after 17.
    await world.clock.advance(200);
    expect(world.upstream.calls).toHaveLength(1);
    world.upstream.calls[0]?.respond(200);
    expect((await second).status).toBe(200);
  });

  test('gets what it missed, although its caller has long gone: charged once, nothing stays held', async () => {
    const world = await openTestGateway();
    const post = world.gateway.ledger.post.bind(world.gateway.ledger);
    let isAway = true;
    let attempts = 0;
    Object.assign(world.gateway.ledger, {
      post: (command: Parameters<typeof post>[0]) => {
        attempts += 1;
        return isAway ? away() : post(command);
      },
    });
    world.upstream.onCall = (call) => {
      call.answer(200, wholeAnswer('x', { prompt_tokens: 1, completion_tokens: 1 }));
    };
    const asking = world.ask(HELLO);
    await world.clock.advance(3_000);
    const { status, body } = await asking;
    expect(status).toBe(200);
    // Nobody knows yet whether it will ever be charged, so it is no bill.
    expect(JSON.parse(String(body)).usage).toMatchObject({ completion_tokens: 1 });
    expect(String(body)).not.toContain('cost_in_usd_ticks');
    expect(world.gateway.exchanges.count).toBe(0);
    expect(world.records).toHaveLength(0);
    isAway = false;
    await world.clock.advance(15_000);
    expect(await world.balance()).toEqual({ availableTicks: 250_000_000_000n - 200_000n, heldTicks: 0n });
    expect(world.records).toMatchObject([{ outcome: 'completed', costTicks: 200_000n }]);
    const before = attempts;
    await world.clock.advance(10_000_000);
    expect(attempts).toBe(before);
  });

  test('is not asked for ever', async () => {
    const world = await openTestGateway();
    let attempts = 0;
    Object.assign(world.gateway.ledger, {
      post: () => {
        attempts += 1;
        return away();
      },
    });
    world.upstream.onCall = (call) => call.answer(200, wholeAnswer('x'));
    const asking = world.ask(HELLO);
    await world.clock.advance(100_000_000);
    await asking;
    expect(attempts).toBe(9);
    expect(world.clock.pendingTimers).toBe(0);
  });

  test('with a conflict is not asked again: that cannot mend it', async () => {
    const world = await openTestGateway();
    let attempts = 0;
    Object.assign(world.gateway.ledger, {
      post: () => {
        attempts += 1;
        return Promise.reject(new StorageConflict('unique', 'recorded already'));
      },
    });
    world.upstream.onCall = (call) => call.answer(200, wholeAnswer('x'));
    expect((await world.ask(HELLO)).status).toBe(200);
    await world.clock.advance(100_000);
    expect(attempts).toBe(1);
  });

  test('releases a hold whose answer was lost, whoever has waited', async () => {
    const world = await openTestGateway();
    const hold = world.gateway.ledger.hold.bind(world.gateway.ledger);
    Object.assign(world.gateway.ledger, {
      hold: async (command: Parameters<typeof hold>[0]) => {
        await hold(command);
        return away();
      },
    });
    expect((await world.ask(HELLO)).status).toBe(503);
    expect((await world.balance()).heldTicks).toBeGreaterThan(0n);
    await world.clock.advance(15_000);
    expect((await world.balance()).heldTicks).toBe(0n);
  });
});

describe('an assertion that breaks', () => {
  test('in the tokeniser, at the bill: the hold is released, the caller told, and it is reported', async () => {
    for (const body of [HELLO, { ...HELLO, stream: true }]) {
      const world = await openTestGateway();
      world.upstream.onCall = (call) => {
        Object.assign(world.gateway.tokeniser, { count: () => Promise.reject(new TypeError('broken')) });
        if (call.body.stream !== true) return call.answer(200, wholeAnswer('one two'));
        return call.answer(200, `${event({ content: 'one two' }, {}, 'stop')}data: [DONE]\n\n`);
      };
      const answer = await world.ask(body);
      const text = typeof answer.body === 'string' ? answer.body : await new Response(answer.body).text();
      expect(text).toContain('Something went wrong inside the server');
      expect(text).not.toContain('[DONE]');
      expect(world.logged.map((line) => line.event)).toContain('assertion-broken');
      expect(world.records).toMatchObject([{ outcome: 'failed', costTicks: 0n }]);
      expect((await world.balance()).heldTicks).toBe(0n);
      expect(world.gateway.exchanges.count).toBe(0);
    }
  });

  test('in mid-stream: it is not taken for a fault of the upstream', async () => {
    const world = await openTestGateway();
    world.upstream.onCall = (call) => {
      Object.assign(world.gateway.tokeniser, { count: () => Promise.reject(new TypeError('broken')) });
      call.respond(200);
      call.write(event({ content: 'long '.repeat(2_000) }));
    };
    const { body } = await world.ask({ ...HELLO, stream: true });
    expect(await new Response(body as ReadableStream).text()).toContain('"code":"internal"');
    expect(world.logged.map((line) => line.event)).not.toContain('upstream-broke');
    expect(world.upstream.calls[0]?.aborted).toBe(true);
    expect((await world.balance()).heldTicks).toBe(0n);
  });

  test('in a reader that has gone: nothing stays held or open', async () => {
    const world = await openTestGateway();
    const hangUp = new AbortController();
    const asking = world.ask({ ...HELLO, stream: true }, { signal: hangUp.signal });
    await settled();
    const call = world.upstream.calls[0];
    call?.respond(200);
    const { body } = await asking;
    call?.write(event({ content: 'one two' }));
    await settled();
    Object.assign(world.gateway.tokeniser, { count: () => Promise.reject(new TypeError('broken')) });
    hangUp.abort();
    await settled();
    expect(body).toBeInstanceOf(ReadableStream);
    expect((await world.balance()).heldTicks).toBe(0n);
    expect(world.gateway.exchanges.count).toBe(0);
    expect(world.records).toHaveLength(1);
  });

  test('before the upstream is called: its place among the limits is given back', async () => {
    const world = await openTestGateway({ key: { limits: { requestsInFlight: 1 } } });
    Object.assign(world.upstream, {
      upstreamModel: () => {
        throw new TypeError('broken');
      },
    });
    expect(await world.ask(HELLO).catch((reason: Error) => reason.message)).toBe('broken');
    Object.assign(world.upstream, { upstreamModel: () => 'fine' });
    world.upstream.onCall = (call) => call.answer(200, wholeAnswer('x'));
    expect((await world.ask(HELLO)).status).toBe(200);
    expect(world.gateway.exchanges.count).toBe(0);
  });
});

test('a key store that does not answer is a 503 and never a wrong key', async () => {
  const world = await openTestGateway();
  Object.assign(world.gateway.keys, { find: away });
  const answer = await world.ask(HELLO);
  expect(answer.status).toBe(503);
  expect(String(answer.body)).not.toContain('Incorrect');
});
