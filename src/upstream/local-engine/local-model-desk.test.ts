import { beforeEach, describe, expect, test } from 'bun:test';
import { ManualClock } from '../../../test/fakes/manual-clock.ts';
import type { FetchProgress } from './fetch-progress.ts';
import type { LocalEngine } from './local-engine.ts';
import { LocalModelDesk } from './local-model-desk.ts';
import type { PrepareResult } from './prepare-local-engine.ts';

const PREPARED = { engineDir: '/e', weightsPath: '/w', modelName: 'Qwen2.5-0.5B-Instruct' };
const ENGINE = { upstreamModel: () => PREPARED.modelName, stop: async () => {} } as unknown as LocalEngine;
const part = 'weights';

let clock: ManualClock;
let calls: string[];
let report: (progress: FetchProgress) => void;
let finish: (result: PrepareResult) => void;
let startFails: boolean;
let desk: LocalModelDesk;

beforeEach(() => {
  clock = new ManualClock();
  calls = [];
  startFails = false;
  desk = new LocalModelDesk({
    clock,
    prepare: (reportTo, signal) => {
      calls.push('prepare');
      report = reportTo;
      return new Promise((resolve) => {
        finish = resolve;
        signal.addEventListener('abort', () => resolve({ prepared: undefined, failed: [] }));
      });
    },
    start: async () => {
      if (startFails) throw new Error('no memory');
      return ENGINE;
    },
    discard: async () => void calls.push('discard'),
    adopt: () => calls.push('adopt'),
  });
});

const advancing = (doneBytes: number) => report({ kind: 'advancing', part, doneBytes, totalBytes: 1_000 });
const done = async (result: PrepareResult) => {
  finish(result);
  await new Promise((resolve) => setTimeout(resolve, 0));
};

test('fetches, starts and is there; two presses are one', async () => {
  desk.begin();
  desk.begin();
  report({ kind: 'starting', part, source: 'x' });
  advancing(250);
  expect(desk.state).toMatchObject({ phase: 'fetching', part, doneBytes: 250, totalBytes: 1_000 });
  await done({ prepared: PREPARED, failed: [] });
  expect(desk.state).toMatchObject({ phase: 'running', modelName: PREPARED.modelName });
  desk.begin();
  expect(calls).toEqual(['prepare', 'adopt']);
});

test('the rate is that of the last seconds', async () => {
  desk.begin();
  advancing(0);
  expect(desk.state.bytesPerSecond).toBeNull();
  await clock.advance(1_000);
  advancing(100);
  expect(desk.state.bytesPerSecond).toBe(100);
  for (let second = 0; second < 60; second += 1) {
    await clock.advance(1_000);
    advancing(100 + (second + 1) * 10);
  }
  expect(desk.state.bytesPerSecond).toBeLessThan(12);
});

test('the next part begins with a rate of its own', async () => {
  desk.begin();
  report({ kind: 'starting', part: 'engine', source: 'x' });
  report({ kind: 'advancing', part: 'engine', doneBytes: 0, totalBytes: 9 });
  await clock.advance(1_000);
  report({ kind: 'advancing', part: 'engine', doneBytes: 9, totalBytes: 9 });
  expect(desk.state.bytesPerSecond).toBe(9);
  report({ kind: 'starting', part, source: 'x' });
  expect(desk.state).toMatchObject({ phase: 'fetching', part, doneBytes: null, bytesPerSecond: null });
});

describe('stopping', () => {
  test('a pause keeps what is there, and it goes on', async () => {
    desk.begin();
    advancing(400);
    await desk.pause();
    expect(desk.state).toMatchObject({ phase: 'paused', doneBytes: 400, bytesPerSecond: null });
    desk.begin();
    expect(desk.state.phase).toBe('fetching');
    expect(calls).toEqual(['prepare', 'prepare']);
  });

  test('giving up throws it away', async () => {
    desk.begin();
    advancing(400);
    await desk.cancel();
    expect([desk.state.phase, desk.state.doneBytes]).toEqual(['off', null]);
    expect(calls).toEqual(['prepare', 'discard']);
  });
});

test.each([
  [
    'nowhere to be had',
    { prepared: undefined, failed: [{ part, source: 'x', fault: 'unreachable', detail: '' }] },
    false,
    'unreachable',
  ],
  ['here, and does not start', { prepared: PREPARED, failed: [] }, true, 'not-started'],
] as const)('%s: it says why, and another press tries again', async (_, result, fails, fault) => {
  startFails = fails;
  desk.begin();
  await done(result as unknown as PrepareResult);
  expect(desk.state).toMatchObject({ phase: 'failed', fault });
  desk.begin();
  expect(desk.state).toMatchObject({ phase: 'fetching', fault: null });
});
