import { expect, test } from 'bun:test';
import { ManualClock } from '../../test/fakes/manual-clock.ts';
import { LongTimers } from './long-timers.ts';

/** Timers on a clock that stands at an odd moment, and the moments at which they rang, counted from there. */
function open() {
  const startMs = 12_345.6;
  const clock = new ManualClock(startMs);
  const timers = new LongTimers(clock);
  const rang: [name: string, afterMs: number][] = [];
  const set = (name: string, delayMs: number) =>
    timers.after(delayMs, () => rang.push([name, clock.monotonicMs() - startMs]));
  return { clock, timers, rang, set };
}

test('rings once, never early, and late by a second at most', async () => {
  const { clock, rang, set } = open();
  for (let delayMs = 30_000; delayMs < 33_000; delayMs += 137) set(String(delayMs), delayMs);
  await clock.advance(120_000);
  expect(rang).toHaveLength(22);
  for (const [name, afterMs] of rang) {
    expect(afterMs).toBeGreaterThanOrEqual(Number(name));
    expect(afterMs).toBeLessThanOrEqual(Number(name) + 1_000);
  }
});

test('what is cancelled does not ring, also when another of the same second cancels it, and leaves nothing', async () => {
  const { clock, timers, rang, set } = open();
  set('first', 40_000)();
  let cancelThird = () => {};
  timers.after(40_000, () => cancelThird());
  cancelThird = set('third', 40_000);
  set('fourth', 40_000);
  await clock.advance(60_000);
  expect(rang.map(([name]) => name)).toEqual(['fourth']);
  expect(clock.pendingTimers).toBe(0);
});

test('the same function set twice is two timers', async () => {
  const { clock, timers } = open();
  let rings = 0;
  const ring = () => {
    rings += 1;
  };
  timers.after(30_000, ring);
  timers.after(30_000, ring)();
  await clock.advance(31_000);
  expect(rings).toBe(1);
});

test('one that throws keeps no other from ringing', async () => {
  const { clock, timers, rang, set } = open();
  timers.after(30_000, () => {
    throw new Error('broken');
  });
  set('after it', 30_000);
  // The manual clock passes the error on to whoever moves it; the system reports it and goes on.
  await clock.advance(32_000).catch(() => {});
  await clock.advance(1_000);
  expect(rang.map(([name]) => name)).toEqual(['after it']);
});

test('timers that are set while others ring, and after all have rung, ring too', async () => {
  const { clock, timers, rang, set } = open();
  timers.after(30_000, () => set('again', 30_000));
  await clock.advance(65_000);
  set('later', 30_000);
  await clock.advance(35_000);
  expect(rang.map(([name]) => name)).toEqual(['again', 'later']);
});
