import { expect, test } from 'bun:test';
import { ManualClock } from '../../test/fakes/manual-clock.ts';
import { Watchdog } from './watchdog.ts';

function openWatchdog() {
  const clock = new ManualClock();
  let barks = 0;
  const watchdog = new Watchdog(clock, 1_000, () => {
    barks += 1;
  });
  return { clock, watchdog, barks: () => barks };
}

test('barks each time it has watched for too long at a stretch', async () => {
  const { clock, watchdog, barks } = openWatchdog();
  watchdog.watch();
  await clock.advance(999);
  expect(barks()).toBe(0);
  await clock.advance(1);
  expect(barks()).toBe(1);
  await clock.advance(999);
  expect(barks()).toBe(1);
  await clock.advance(1);
  expect(barks()).toBe(2);
  watchdog.stop();
  expect(clock.pendingTimers).toBe(0);
});

test('every watch begins anew', async () => {
  const { clock, watchdog, barks } = openWatchdog();
  for (let turn = 0; turn < 20; turn += 1) {
    watchdog.watch();
    await clock.advance(900);
    watchdog.rest();
  }
  expect(barks()).toBe(0);
});

test('the time in which it rests does not count, however long', async () => {
  const { clock, watchdog, barks } = openWatchdog();
  watchdog.watch();
  await clock.advance(900);
  watchdog.rest();
  await clock.advance(50_000);
  watchdog.watch();
  await clock.advance(999);
  expect(barks()).toBe(0);
  await clock.advance(1);
  expect(barks()).toBe(1);
});

test('stopped, it leaves no timer', async () => {
  const { clock, watchdog, barks } = openWatchdog();
  watchdog.watch();
  watchdog.stop();
  await clock.advance(10_000);
  expect({ barks: barks(), timers: clock.pendingTimers }).toEqual({ barks: 0, timers: 0 });
});
