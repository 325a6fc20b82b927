import { expect, test } from 'bun:test';
import { type Admission, type LimitRules, LimitState } from './limit.ts';

/** The table of limits of the walk-through, at its edges. */

const SECOND = 1_000;
const MINUTE = 60_000;
const HOUR = 3_600_000;

/** Asks, and takes part in the traffic if let in. */
function arrive(state: LimitState, rules: LimitRules, nowMs: number, patienceMs = 0): Admission {
  const admission = state.schedule(rules, nowMs, patienceMs);
  if (admission.outcome === 'admitted') state.enter(rules, admission.atMs);
  return admission;
}

const GROK_BETA: LimitRules = { requestsPerSecond: 1, requestsPerMinute: 60, requestsPerHour: 1_200 };
const GROK_VISION_BETA: LimitRules = { requestsPerSecond: 1, requestsPerMinute: 3, requestsPerHour: 60 };

test('one a second: the next may wait, the one after it too, and who would wait too long may not', () => {
  const state = new LimitState();
  expect(arrive(state, GROK_BETA, 0, 2_000)).toEqual({ outcome: 'admitted', atMs: 0 });
  expect(arrive(state, GROK_BETA, 0, 2_000)).toEqual({ outcome: 'admitted', atMs: 1_000 });
  expect(arrive(state, GROK_BETA, 0, 2_000)).toEqual({ outcome: 'admitted', atMs: 2_000 });
  const tooLate = { outcome: 'refused', limit: 'requestsPerSecond', retryAtMs: 3_000 } as const;
  expect(arrive(state, GROK_BETA, 0, 2_000)).toEqual(tooLate);
  expect(arrive(state, GROK_BETA, 999, 2_000)).toEqual(tooLate);
  expect(arrive(state, GROK_BETA, 1_000, 2_000)).toEqual({ outcome: 'admitted', atMs: 3_000 });
});

test('a second ends after a whole second, not before', () => {
  const state = new LimitState();
  arrive(state, GROK_BETA, 500);
  expect(arrive(state, GROK_BETA, 1_499)).toMatchObject({ outcome: 'refused', retryAtMs: 1_500 });
  expect(arrive(state, GROK_BETA, 1_500)).toEqual({ outcome: 'admitted', atMs: 1_500 });
});

test('60 a minute', () => {
  const perMinuteOnly = { requestsPerMinute: 60 };
  const state = new LimitState();
  for (let call = 0; call < 60; call += 1) {
    expect(arrive(state, perMinuteOnly, call * 10).outcome).toBe('admitted');
  }
  const refused = { outcome: 'refused', limit: 'requestsPerMinute', retryAtMs: 60_000 } as const;
  expect(arrive(state, perMinuteOnly, 600, 2_000)).toEqual(refused);
  expect(arrive(state, perMinuteOnly, 59_999, 2_000)).toEqual(refused);
  expect(arrive(state, perMinuteOnly, 60_000).outcome).toBe('admitted');
  expect(arrive(state, perMinuteOnly, 60_000)).toMatchObject({ retryAtMs: 60_010 });
});

test('grok-beta, 1,200 an hour: twenty minutes at full speed, then nothing until the hour is over', () => {
  const state = new LimitState();
  for (let call = 0; call < 1_200; call += 1) {
    expect(arrive(state, GROK_BETA, call * SECOND).outcome).toBe('admitted');
  }
  const refused = { outcome: 'refused', limit: 'requestsPerHour', retryAtMs: HOUR } as const;
  expect(arrive(state, GROK_BETA, 1_200 * SECOND, 2_000)).toEqual(refused);
  expect(arrive(state, GROK_BETA, HOUR - 1)).toEqual(refused);
  expect(arrive(state, GROK_BETA, HOUR)).toEqual({ outcome: 'admitted', atMs: HOUR });
  expect(arrive(state, GROK_BETA, HOUR + SECOND).outcome).toBe('admitted');
});

test('grok-vision-beta, 3 a minute: the fourth is told to come back when the first is a minute old', () => {
  const state = new LimitState();
  for (const atMs of [0, 1_000, 2_500]) {
    expect(arrive(state, GROK_VISION_BETA, atMs).outcome).toBe('admitted');
  }
  const refused = { outcome: 'refused', limit: 'requestsPerMinute', retryAtMs: 60_000 } as const;
  expect(arrive(state, GROK_VISION_BETA, 2_600, 2_000)).toEqual(refused);
  expect(arrive(state, GROK_VISION_BETA, 59_999, 2_000)).toEqual(refused);
  expect(arrive(state, GROK_VISION_BETA, 60_000).outcome).toBe('admitted');
  expect(arrive(state, GROK_VISION_BETA, 61_000).outcome).toBe('admitted');
  expect(arrive(state, GROK_VISION_BETA, 62_000)).toMatchObject({ retryAtMs: 62_500 });
});

test('grok-vision-beta, 60 an hour: the minute would be free sooner, but coming back then were in vain', () => {
  const state = new LimitState();
  for (let call = 0; call < 60; call += 1) {
    const atMs = Math.floor(call / 3) * MINUTE + (call % 3) * SECOND;
    expect(arrive(state, GROK_VISION_BETA, atMs).outcome).toBe('admitted');
  }
  const refused = { outcome: 'refused', limit: 'requestsPerHour', retryAtMs: HOUR } as const;
  expect(arrive(state, GROK_VISION_BETA, 19 * MINUTE + 2 * SECOND, 2_000)).toEqual(refused);
  expect(arrive(state, GROK_VISION_BETA, HOUR - 1, 2_000)).toEqual(refused);
  expect(arrive(state, GROK_VISION_BETA, HOUR).outcome).toBe('admitted');
});

test('the headers show the minute', () => {
  const state = new LimitState();
  expect(state.left(GROK_VISION_BETA, 0)).toEqual({ requests: { limit: 3, remaining: 3 } });
  arrive(state, GROK_VISION_BETA, 0);
  arrive(state, GROK_VISION_BETA, 0, 2_000);
  expect(state.left(GROK_VISION_BETA, 0)).toEqual({ requests: { limit: 3, remaining: 1 } });
  expect(state.left({ ...GROK_VISION_BETA, requestsPerMinute: 1 }, 0)).toEqual({
    requests: { limit: 1, remaining: 0 },
  });
  expect(state.left({ tokensPerMinute: 7 }, 0)).toEqual({ tokens: { limit: 7, remaining: 7 } });
  expect(state.left({}, 0)).toEqual({});
  expect(state.left(GROK_VISION_BETA, MINUTE)).toEqual({ requests: { limit: 3, remaining: 2 } });
  expect(state.left(GROK_VISION_BETA, MINUTE + SECOND)).toEqual({ requests: { limit: 3, remaining: 3 } });
});
