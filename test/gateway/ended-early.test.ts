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

/** Requests that something ends before their answer has begun: nothing is left behind, and the words are true. */

const CREDIT = 250_000_000_000n;
const STREAM = { ...HELLO, stream: true };
const SLOW = testModel({ limits: { requestsPerSecond: 1 } });

type World = Awaited<ReturnType<typeof openTestGateway>>;

async function revokeKey(world: World) {
  await world.storage.keys.change('team-1', 'key-1', {
    revokedAtMs: 1,
    modifiedAtMs: 1,
    modifiedBy: 'user-1',
  });
  world.keyChanged();
  await settled();
}

/** Nothing held, nobody listening, no request counted as open, no timer running. */
async function expectNothingLeft(world: World) {
  await settled();
  expect((await world.balance()).heldTicks).toBe(0n);
  expect({
    listeners: world.keyListeners(),
    open: world.gateway.exchanges.count,
    timers: world.clock.pendingTimers,
  }).toEqual({ listeners: 0, open: 0, timers: 0 });
}

describe('a key that is revoked while its call waits in line', () => {
  test('for the per-second limit: the call is refused and no upstream is called', async () => {
    const world = await openTestGateway({ models: [SLOW] });
    world.upstream.onCall = (call) => call.answer(200, wholeAnswer('x'));
    await world.ask(HELLO);
    const second = world.ask(HELLO);
    await settled();
    await revokeKey(world);
    await world.clock.advance(1_000);
    const answer = await second;
    expect(answer.status).toBe(403);
    expect(String(answer.body)).toContain('revoked');
    expect(world.upstream.calls).toHaveLength(1);
    await expectNothingLeft(world);
  });

  test('for credit: the same', async () => {
    const bound = 4_096n * 150_000n + 100n * 50_000n;
    const world = await openTestGateway({ creditTicks: bound });
    const first = world.ask(STREAM);
    await settled();
    const second = world.ask(STREAM);
    await settled();
    await revokeKey(world);
    await world.clock.advance(10_000);
    expect((await second).status).toBe(403);
    expect(world.upstream.calls).toHaveLength(1);
    await first;
    await expectNothingLeft(world);
  });

  test('to be looked up: the old row does not let it pass', async () => {
    const world = await openTestGateway();
    const find = world.gateway.keys.find.bind(world.gateway.keys);
    let looks = 0;
    Object.assign(world.gateway.keys, {
      find: async (hash: string) => {
        const key = await find(hash);
        looks += 1;
        // The row was read before the change and is answered after it; nobody listened in between.
        if (looks === 1) await revokeKey(world);
        return key;
      },
    });
    const asking = world.ask(HELLO);
    await settled();
    expect((await asking).status).toBe(403);
    await expectNothingLeft(world);
  });

  test('for the upstream to answer: the words are about the key, not about the upstream', async () => {
    for (const body of [HELLO, STREAM]) {
      const world = await openTestGateway();
      const asking = world.ask(body);
      await settled();
      await revokeKey(world);
      const answer = await asking;
      expect(answer.status).toBe(403);
      expect(String(answer.body)).toContain('revoked');
      expect(world.upstream.calls[0]?.aborted).toBe(true);
      expect(world.records).toMatchObject([{ outcome: 'cut-key', costTicks: 0n }]);
      await expectNothingLeft(world);
    }
  });

  test('for the rest of a whole answer: the same', async () => {
    const world = await openTestGateway();
    const asking = world.ask(HELLO);
    await settled();
    world.upstream.calls[0]?.respond(200);
    world.upstream.calls[0]?.write('{"choi');
    await settled();
    await revokeKey(world);
    expect((await asking).status).toBe(403);
    await expectNothingLeft(world);
  });
});

describe('a shut-down', () => {
  test('waits for calls that are still in line, and then ends them in words', async () => {
    const bound = 4_096n * 150_000n + 100n * 50_000n;
    const world = await openTestGateway({ creditTicks: bound });
    const first = world.ask(STREAM);
    await settled();
    const second = world.ask(STREAM);
    await settled();
    expect(world.gateway.exchanges.count).toBe(2);
    const draining = world.gateway.exchanges.drain(world.clock, 2_000, 5_000);
    await world.clock.advance(2_001);
    const answer = await second;
    expect(answer.status).toBe(503);
    expect(String(answer.body)).toContain('restarting');
    expect((await first).status).toBe(503);
    expect(await draining).toBe(0);
    await expectNothingLeft(world);
  });

  test('that begins while a key is looked up waits for that call too', async () => {
    const world = await openTestGateway();
    const find = world.gateway.keys.find.bind(world.gateway.keys);
    const look = Promise.withResolvers<void>();
    Object.assign(world.gateway.keys, { find: (hash: string) => look.promise.then(() => find(hash)) });
    world.upstream.onCall = (call) => call.answer(200, wholeAnswer('x'));
    const asking = world.ask(HELLO);
    await settled();
    const draining = world.gateway.exchanges.drain(world.clock, 1_000, 1_000);
    await settled();
    look.resolve();
    expect((await asking).status).toBe(200);
    expect(await draining).toBe(0);
    await expectNothingLeft(world);
  });

  test('in mid-answer does not say that nothing was charged', async () => {
    const world = await openTestGateway();
    const asking = world.ask(STREAM);
    await settled();
    const call = world.upstream.calls[0];
    call?.respond(200);
    const { body } = await asking;
    const reading = readEventsOf(body);
    call?.write(event({ content: 'one two ' }));
    await settled();
    const draining = world.gateway.exchanges.drain(world.clock, 0, 5_000);
    await world.clock.advance(1);
    const last = (await reading).at(-1);
    expect(last.error.message).toContain('what arrived was charged');
    expect(await draining).toBe(0);
    expect(world.records).toMatchObject([{ outcome: 'shut-down', usage: { outputTokens: 2 } }]);
    await expectNothingLeft(world);
  });

  test('before the first word is not charged: it is not the caller who ends it', async () => {
    const world = await openTestGateway();
    const asking = world.ask(STREAM);
    await settled();
    const call = world.upstream.calls[0];
    call?.respond(200);
    const reading = readEventsOf((await asking).body);
    call?.write(event({ role: 'assistant' }));
    await settled();
    const draining = world.gateway.exchanges.drain(world.clock, 0, 5_000);
    await world.clock.advance(1);
    await reading;
    await draining;
    expect(await world.balance()).toEqual({ availableTicks: CREDIT, heldTicks: 0n });
  });
});

describe('a caller who hangs up', () => {
  test('while the hold is being written: it is released, and nothing listens any more', async () => {
    for (const body of [HELLO, STREAM]) {
      const world = await openTestGateway();
      const hold = world.gateway.ledger.hold.bind(world.gateway.ledger);
      const written = Promise.withResolvers<void>();
      Object.assign(world.gateway.ledger, {
        hold: async (command: Parameters<typeof hold>[0]) => {
          const answer = await hold(command);
          await written.promise;
          return answer;
        },
      });
      const hangUp = new AbortController();
      const asking = world.ask(body, { signal: hangUp.signal });
      await settled();
      hangUp.abort();
      written.resolve();
      await asking;
      expect(world.upstream.calls).toHaveLength(0);
      expect(await world.balance()).toEqual({ availableTicks: CREDIT, heldTicks: 0n });
      expect(world.records).toMatchObject([{ outcome: 'client-gone' }]);
      await expectNothingLeft(world);
    }
  });

  test('while a hold is made whose answer never comes: it is released all the same', async () => {
    const world = await openTestGateway();
    const hold = world.gateway.ledger.hold.bind(world.gateway.ledger);
    const lost = Promise.withResolvers<never>();
    Object.assign(world.gateway.ledger, {
      hold: async (command: Parameters<typeof hold>[0]) => {
        await hold(command);
        return lost.promise;
      },
    });
    const hangUp = new AbortController();
    const asking = world.ask(HELLO, { signal: hangUp.signal });
    await settled();
    expect((await world.balance()).heldTicks).toBeGreaterThan(0n);
    hangUp.abort();
    lost.reject(new Error('the database does not answer'));
    await asking;
    await world.clock.advance(60_000);
    expect(await world.balance()).toEqual({ availableTicks: CREDIT, heldTicks: 0n });
    await expectNothingLeft(world);
  });

  test('while the key is looked up: no credit is touched', async () => {
    const world = await openTestGateway();
    const hangUp = new AbortController();
    const holds = { count: 0 };
    Object.assign(world.gateway.ledger, {
      hold: () => {
        holds.count += 1;
        return Promise.reject(new Error('not wanted'));
      },
    });
    const find = world.gateway.keys.find.bind(world.gateway.keys);
    Object.assign(world.gateway.keys, {
      find: (hash: string) => {
        hangUp.abort();
        return find(hash);
      },
    });
    await world.ask(HELLO, { signal: hangUp.signal });
    expect(holds.count).toBe(0);
    expect(world.records).toMatchObject([{ outcome: 'client-gone' }]);
    await expectNothingLeft(world);
  });

  test('in line for credit does not try once more', async () => {
    const bound = 4_096n * 150_000n + 100n * 50_000n;
    const world = await openTestGateway({ creditTicks: bound });
    const first = world.ask(STREAM);
    await settled();
    const hangUp = new AbortController();
    const second = world.ask(STREAM, { signal: hangUp.signal });
    await settled();
    hangUp.abort();
    await second;
    expect(world.records).toMatchObject([{ outcome: 'client-gone', httpStatus: 499 }]);
    world.upstream.calls[0]?.fail(new Error('over'));
    await first;
    expect(world.upstream.calls).toHaveLength(1);
    await expectNothingLeft(world);
  });
});

test('after every kind of answer nothing listens, nothing is open, no timer runs', async () => {
  const finish = event({ content: 'x' }, { usage: { prompt_tokens: 1, completion_tokens: 1 } }, 'stop');
  const world = await openTestGateway();
  const hangUp = new AbortController();
  const listening = countListeners(hangUp.signal);
  world.upstream.onCall = (call) => {
    if (call.body.stream === true) call.answer(200, `${finish}data: [DONE]\n\n`);
    else call.answer(200, wholeAnswer('x', { prompt_tokens: 1, completion_tokens: 1 }));
  };
  for (let turn = 0; turn < 5; turn += 1) {
    await world.ask(HELLO, { signal: hangUp.signal });
    await readEventsOf((await world.ask(STREAM, { signal: hangUp.signal })).body);
    await world.ask({ ...HELLO, model: 'nope' }, { signal: hangUp.signal });
    await world.ask(HELLO, { credential: 'sk-no', signal: hangUp.signal });
  }
  world.upstream.onCall = (call) => call.answer(500, '');
  await world.ask(HELLO);
  await world.ask(STREAM);
  await expectNothingLeft(world);
  expect(world.released).toBe(22);
  expect(listening()).toBe(0);
});

/** How many listeners a signal has. */
function countListeners(signal: AbortSignal): () => number {
  let count = 0;
  const [add, remove] = [signal.addEventListener.bind(signal), signal.removeEventListener.bind(signal)];
  signal.addEventListener = (...args: Parameters<typeof add>) => {
    count += 1;
    add(...args);
  };
  signal.removeEventListener = (...args: Parameters<typeof remove>) => {
    count -= 1;
    remove(...args);
  };
  return () => count;
}
