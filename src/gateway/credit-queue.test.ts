import { describe, expect, test } from 'bun:test';
import { ManualClock, settled } from '../../test/fakes/manual-clock.ts';
import { CreditQueue } from './credit-queue.ts';

const WALLET = 'team-1';

/** A wallet whose credit comes back one piece at a time; each call wants one. */
function openLine() {
  const clock = new ManualClock();
  const queue = new CreditQueue(clock);
  const tried: string[] = [];
  let credit = 0;
  const waitMs = 10_000;
  const enter = (name: string, signal = new AbortController().signal) =>
    queue
      .inLine(WALLET, waitMs, signal, async () => {
        tried.push(name);
        if (credit === 0) return undefined;
        credit -= 1;
        return name;
      })
      .catch(() => `${name} left`);
  const release = async (count = 1) => {
    credit += count;
    queue.released(WALLET);
    await settled();
  };
  return { clock, queue, tried, enter, release };
}

test('whoever is first tries at once: the last hold may have ended on the way here', async () => {
  const { queue, clock } = openLine();
  const answer = queue.inLine(WALLET, 10_000, new AbortController().signal, async () => 'done');
  expect(await answer).toBe('done');
  expect(clock.pendingTimers).toBe(0);
});

test('turns are given in the order of arrival, one for each hold that ends', async () => {
  const { enter, release, tried } = openLine();
  const calls = ['a', 'b', 'c'].map((name) => enter(name));
  await settled();
  expect(tried).toEqual(['a']);
  await release();
  expect(await calls[0]).toBe('a');
  // Whoever is first now has tried too, for what may be left over.
  expect(tried).toEqual(['a', 'a', 'b']);
  await release();
  await release();
  expect(await Promise.all(calls)).toEqual(['a', 'b', 'c']);
});

test('much credit at once serves as many as it reaches for', async () => {
  const { enter, release } = openLine();
  const calls = ['a', 'b', 'c'].map((name) => enter(name));
  await settled();
  await release(3);
  expect(await Promise.all(calls)).toEqual(['a', 'b', 'c']);
});

test('whoever waited long enough goes, and the turn goes on', async () => {
  const { clock, enter, release } = openLine();
  const first = enter('a');
  await clock.advance(5_000);
  const second = enter('b');
  await clock.advance(5_000);
  expect(await first).toBeUndefined();
  await release();
  expect(await second).toBe('b');
  expect(clock.pendingTimers).toBe(0);
});

test('whoever hangs up leaves the line, and the turn goes on', async () => {
  const { enter, release, tried, clock } = openLine();
  const hangUp = new AbortController();
  const first = enter('a', hangUp.signal);
  const second = enter('b');
  await settled();
  hangUp.abort();
  expect(await first).toBe('a left');
  await release();
  expect(await second).toBe('b');
  expect(tried.filter((name) => name === 'a')).toHaveLength(1);
  expect(clock.pendingTimers).toBe(0);
});

test('whoever hung up before takes no turn', async () => {
  const { enter, tried } = openLine();
  expect(await enter('a', AbortSignal.abort())).toBe('a left');
  expect(tried).toEqual([]);
});

test('a hold that ends while a turn is under way is not missed', async () => {
  const clock = new ManualClock();
  const queue = new CreditQueue(clock);
  const attempts: ((answer: string | undefined) => void)[] = [];
  const call = queue.inLine(WALLET, 10_000, new AbortController().signal, () => {
    return new Promise<string | undefined>((resolve) => attempts.push(resolve));
  });
  await settled();
  queue.released(WALLET);
  attempts[0]?.(undefined);
  await settled();
  expect(attempts).toHaveLength(2);
  attempts[1]?.('done');
  expect(await call).toBe('done');
});

test('a turn that breaks is the end of that call and of nobody else', async () => {
  const { queue, enter, release } = openLine();
  const broken = queue.inLine(WALLET, 10_000, new AbortController().signal, () =>
    Promise.reject(new Error('the ledger is away')),
  );
  const second = enter('b');
  expect(await broken.catch((reason: Error) => reason.message)).toBe('the ledger is away');
  await release();
  expect(await second).toBe('b');
});

describe('the line', () => {
  test('is bounded, and empties', async () => {
    const { queue, enter, release } = openLine();
    const calls = Array.from({ length: 1_000 }, (_, index) => enter(String(index)));
    await settled();
    expect(queue.isFull(WALLET)).toBe(true);
    expect(queue.isFull('another')).toBe(false);
    await release(1_000);
    await Promise.all(calls);
    expect(queue.isFull(WALLET)).toBe(false);
  });

  test('of one wallet has nothing to do with another', async () => {
    const { queue, enter, tried } = openLine();
    const call = enter('a');
    await settled();
    queue.released('another');
    await settled();
    expect(tried).toEqual(['a']);
    queue.released(WALLET);
    await settled();
    expect(tried).toEqual(['a', 'a']);
    expect(call).toBeInstanceOf(Promise);
  });
});
