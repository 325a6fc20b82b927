import { expect, test } from 'bun:test';
import type { Clock } from '../../ports/clock.ts';
import type { EngineProcess } from './engine-process.ts';
import { superviseEngine } from './engine-supervisor.ts';

/** A clock that a test moves; timers ring when it passes them. */
function manualClock() {
  let nowMs = 0;
  let timers: { readonly atMs: number; readonly run: () => void }[] = [];
  const clock: Clock = {
    nowMs: () => nowMs,
    monotonicMs: () => nowMs,
    after(delayMs, run) {
      const timer = { atMs: nowMs + delayMs, run };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
  };
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  return {
    clock,
    settle,
    /** How long the next timer waits. */
    nextDelayMs: () => Math.min(...timers.map(({ atMs }) => atMs)) - nowMs,
    hasTimer: () => timers.length > 0,
    async advance(byMs: number) {
      nowMs += byMs;
      const due = timers.filter(({ atMs }) => atMs <= nowMs);
      timers = timers.filter(({ atMs }) => atMs > nowMs);
      for (const { run } of due) run();
      await settle();
    },
  };
}

function fakeEngine(pid: number) {
  const { promise: ended, resolve: end } = Promise.withResolvers<string>();
  const engine: EngineProcess = {
    pid,
    origin: '',
    token: '',
    contextTokens: 1,
    ended,
    stop: async () => end('stopped'),
  };
  return { engine, end };
}

/** A supervisor whose engines the test can crash. */
function supervised({ startFails = () => false }: { startFails?: () => boolean } = {}) {
  const time = manualClock();
  const events: string[] = [];
  const engines = [fakeEngine(1)];
  const note = (event: string) => void events.push(event);
  const supervisor = superviseEngine({
    first: (engines[0] as ReturnType<typeof fakeEngine>).engine,
    clock: time.clock,
    log: { info: note, warn: note, error: note },
    async start() {
      if (startFails()) throw new Error('no memory');
      const made = fakeEngine(engines.length + 1);
      engines.push(made);
      return made.engine;
    },
  });
  const crash = async () => {
    engines.at(-1)?.end('crashed');
    await time.settle();
  };
  return { time, events, engines, supervisor, crash };
}

test('an engine that crashes is replaced after a pause', async () => {
  const { time, events, supervisor, crash } = supervised();
  expect(supervisor.current()?.pid).toBe(1);
  await crash();
  expect(supervisor.current()).toBeUndefined();
  await time.advance(499);
  expect(supervisor.current()).toBeUndefined();
  await time.advance(1);
  expect(supervisor.current()?.pid).toBe(2);
  expect(events).toEqual(['local-engine-ended', 'local-engine-restarted']);
});

test('the pause grows while it goes on crashing, and is short again after a good while', async () => {
  const { time, crash } = supervised();
  const pauses: number[] = [];
  for (let round = 0; round < 8; round += 1) {
    await crash();
    pauses.push(time.nextDelayMs());
    await time.advance(time.nextDelayMs());
  }
  expect(pauses).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
  await time.advance(60_000);
  await crash();
  expect(time.nextDelayMs()).toBe(500);
});

test('an engine that cannot be kept running is given up', async () => {
  const { time, events, supervisor, crash } = supervised({ startFails: () => true });
  await crash();
  while (time.hasTimer()) await time.advance(time.nextDelayMs());
  expect(supervisor.current()).toBeUndefined();
  expect(events.filter((event) => event === 'local-engine-not-started').length).toBe(8);
  expect(events.at(-1)).toBe('local-engine-given-up');
});

test('stopping ends the engine and no other is started', async () => {
  const { time, supervisor, engines } = supervised();
  await supervisor.stop();
  expect(supervisor.current()).toBeUndefined();
  await time.advance(60_000);
  expect(engines.length).toBe(1);
});

test('stopping during a pause ends the wait', async () => {
  const { supervisor, engines, crash } = supervised();
  await crash();
  await supervisor.stop();
  expect(engines.length).toBe(1);
});
