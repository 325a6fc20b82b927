import { expect, test } from 'bun:test';
import { type Clock, sleep, within } from './clock.ts';

/** A clock with one hand: timers ring when the test says so. */
class TestClock implements Clock {
  timers: { delayMs: number; run: () => void }[] = [];

  nowMs = () => 0;
  monotonicMs = () => 0;

  after(delayMs: number, run: () => void): () => void {
    const timer = { delayMs, run };
    this.timers.push(timer);
    return () => {
      this.timers = this.timers.filter((other) => other !== timer);
    };
  }

  ring(): void {
    for (const timer of this.timers.splice(0)) timer.run();
  }
}

test('sleep ends when its time has come', async () => {
  const clock = new TestClock();
  const slept = sleep(clock, 250, new AbortController().signal);
  expect(clock.timers.map(({ delayMs }) => delayMs)).toEqual([250]);
  clock.ring();
  expect(await slept).toBeUndefined();
});

test('sleep is ended by its signal, with the reason, and leaves no timer behind', async () => {
  const clock = new TestClock();
  const ending = new AbortController();
  const slept = sleep(clock, 250, ending.signal);
  ending.abort('enough');
  expect(await slept.catch((reason) => reason)).toBe('enough');
  expect(clock.timers).toEqual([]);
});

test('who is woken before falling asleep sets no timer', async () => {
  const clock = new TestClock();
  expect(await sleep(clock, 250, AbortSignal.abort('early')).catch((reason) => reason)).toBe('early');
  expect(clock.timers).toEqual([]);
});

test('a finished sleep no longer listens', async () => {
  const clock = new TestClock();
  const ending = new AbortController();
  const listeners = { added: 0, removed: 0 };
  const { signal } = ending;
  const [add, remove] = [signal.addEventListener.bind(signal), signal.removeEventListener.bind(signal)];
  signal.addEventListener = (...args: Parameters<typeof add>) => {
    listeners.added += 1;
    add(...args);
  };
  signal.removeEventListener = (...args: Parameters<typeof remove>) => {
    listeners.removed += 1;
    remove(...args);
  };
  const slept = sleep(clock, 1, signal);
  clock.ring();
  await slept;
  expect(listeners).toEqual({ added: 1, removed: 1 });
});

test('within answers with the promise if it is quick, else with nothing, and cleans up either way', async () => {
  const clock = new TestClock();
  expect(await within(clock, 100, Promise.resolve('quick'))).toBe('quick');
  await Promise.resolve();
  expect(clock.timers).toEqual([]);

  const slow = Promise.withResolvers<string>();
  const answer = within(clock, 100, slow.promise);
  clock.ring();
  expect(await answer).toBeUndefined();
  // It goes on, and however it ends nobody is disturbed.
  slow.reject(new Error('late'));
  await Promise.resolve();
});

test('within passes a failure on', async () => {
  const clock = new TestClock();
  const failed = within(clock, 100, Promise.reject(new Error('broken')));
  expect(await failed.catch((reason) => String(reason))).toBe('Error: broken');
  await Promise.resolve();
  expect(clock.timers).toEqual([]);
});
