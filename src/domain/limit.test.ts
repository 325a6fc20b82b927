import { describe, expect, test } from 'bun:test';
import fc from 'fast-check';
import {
  type Admission,
  areSaneLimits,
  BUCKETS,
  EXACT_EVENTS,
  type LimitRules,
  LimitState,
} from './limit.ts';

const SECOND = 1_000;
const MINUTE = 60_000;
const HOUR = 3_600_000;
const SPANS = [
  ['requestsPerSecond', SECOND],
  ['requestsPerMinute', MINUTE],
  ['requestsPerHour', HOUR],
] as const;

/** Asks, and takes part in the traffic if let in. */
function arrive(state: LimitState, rules: LimitRules, nowMs: number, patienceMs = 0): Admission {
  const admission = state.schedule(rules, nowMs, patienceMs);
  if (admission.outcome === 'admitted') state.enter(rules, admission.atMs);
  return admission;
}

/** The rules said as slowly as possible: every moment of every admitted call is kept for ever. */
class SlowModel {
  events: number[] = [];

  decide(rules: LimitRules, nowMs: number, patienceMs: number): Admission {
    let atMs = nowMs;
    const refusals: [number, (typeof SPANS)[number][0]][] = [];
    for (const [name, lengthMs] of SPANS) {
      const limit = rules[name];
      if (limit === undefined) continue;
      const freeAtMs = this.#freeAt(atMs, lengthMs, limit);
      if (freeAtMs === atMs) continue;
      if (name === 'requestsPerSecond' && freeAtMs - nowMs <= patienceMs) atMs = freeAtMs;
      else refusals.push([freeAtMs, name]);
    }
    const last = refusals.sort(([a], [b]) => b - a)[0];
    return last === undefined
      ? { outcome: 'admitted', atMs }
      : { outcome: 'refused', limit: last[1], retryAtMs: last[0] };
  }

  #freeAt(fromMs: number, lengthMs: number, limit: number): number {
    const moments = [fromMs, ...this.events.map((atMs) => atMs + lengthMs).filter((atMs) => atMs > fromMs)];
    const free = moments.filter(
      (moment) => this.events.filter((atMs) => atMs > moment - lengthMs).length < limit,
    );
    return Math.min(...free);
  }

  /** The most events that any span of this length holds, wherever it begins. */
  most(lengthMs: number): number {
    const counts = this.events.map(
      (from) => this.events.filter((atMs) => atMs >= from && atMs < from + lengthMs).length,
    );
    return Math.max(0, ...counts);
  }
}

const fewRules: fc.Arbitrary<LimitRules> = fc.record({
  requestsPerSecond: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }),
  requestsPerMinute: fc.option(fc.integer({ min: 1, max: 8 }), { nil: undefined }),
  requestsPerHour: fc.option(fc.integer({ min: 1, max: 12 }), { nil: undefined }),
});

/** Waits between arrivals that meet the edges of all three windows. */
const gapMs = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(0, 1, 499, 500, 999, 1_000, 1_001) },
  { weight: 2, arbitrary: fc.integer({ min: 0, max: 30_000 }) },
  { weight: 1, arbitrary: fc.constantFrom(59_000, 59_999, 60_000, 3_599_999, 3_600_000) },
);
const patienceMs = fc.constantFrom(0, 1_000, 2_000);

describe('exact windows', () => {
  test('decide as the slow model does: never too much, never a moment later than need be', () => {
    // A key's own limit may put a call off beyond the moment that the account's limit gave it.
    const putOffMs = fc.constantFrom(0, 0, 0, 0, 1, 700, 2_000);
    const arrival = fc.tuple(gapMs, patienceMs, putOffMs);
    fc.assert(
      fc.property(fewRules, fc.array(arrival, { maxLength: 60, size: 'max' }), (rules, arrivals) => {
        const state = new LimitState();
        const model = new SlowModel();
        let nowMs = 0;
        for (const [gap, patience, putOff] of arrivals) {
          nowMs += gap;
          const decided = state.schedule(rules, nowMs, patience);
          expect(decided).toEqual(model.decide(rules, nowMs, patience));
          if (decided.outcome === 'refused') continue;
          state.enter(rules, decided.atMs + putOff);
          model.events.push(decided.atMs + putOff);
        }
        for (const [name, lengthMs] of SPANS) {
          expect(model.most(lengthMs)).toBeLessThanOrEqual(rules[name] ?? Number.POSITIVE_INFINITY);
        }
      }),
    );
  });

  test('hold whatever happens: calls put off further, calls that give up, rules that change', () => {
    const action = fc.record({
      gap: gapMs,
      patience: patienceMs,
      isOther: fc.boolean(),
      putOffMs: fc.constantFrom(0, 0, 0, 1, 700, 2_000),
      givesUp: fc.boolean(),
    });
    fc.assert(
      fc.property(
        fewRules,
        fewRules,
        fc.array(action, { maxLength: 50, size: 'max' }),
        (rules, otherRules, actions) => {
          const state = new LimitState();
          const model = new SlowModel();
          let nowMs = 0;
          for (const { gap, patience, isOther, putOffMs, givesUp } of actions) {
            nowMs += gap;
            const inForce = isOther ? otherRules : rules;
            const admission = state.schedule(inForce, nowMs, patience);
            if (admission.outcome === 'refused') continue;
            const atMs = admission.atMs + putOffMs;
            state.enter(inForce, atMs);
            if (givesUp && atMs > nowMs) state.withdraw(inForce, atMs);
            else model.events.push(atMs);
          }
          for (const [name, lengthMs] of SPANS) {
            const [limit, other] = [rules[name], otherRules[name]];
            // A rule that was off for a while did not count what came meanwhile.
            if (limit === undefined || other === undefined) continue;
            expect(model.most(lengthMs)).toBeLessThanOrEqual(Math.max(limit, other));
          }
        },
      ),
    );
  });

  test('give turns in the order of arrival', () => {
    fc.assert(
      fc.property(
        fewRules,
        fc.array(fc.tuple(gapMs, patienceMs), { maxLength: 60, size: 'max' }),
        (rules, arrivals) => {
          const state = new LimitState();
          let nowMs = 0;
          let lastMs = 0;
          for (const [gap, patience] of arrivals) {
            nowMs += gap;
            const admission = arrive(state, rules, nowMs, patience);
            if (admission.outcome === 'refused') continue;
            expect(admission.atMs).toBeGreaterThanOrEqual(lastMs);
            lastMs = admission.atMs;
          }
        },
      ),
    );
  });

  test('a moment with a fraction is met again to the bit', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e9, noNaN: true }), (nowMs) => {
        const rules = { requestsPerSecond: 1, requestsPerMinute: 2 };
        const state = new LimitState();
        arrive(state, rules, nowMs);
        const next = arrive(state, rules, nowMs, 2_000);
        expect(next.outcome).toBe('admitted');
        if (next.outcome === 'admitted') state.withdraw(rules, next.atMs);
        expect(state.left(rules, nowMs).requests?.remaining).toBe(1);
        if (next.outcome === 'admitted') expect(arrive(state, rules, next.atMs).outcome).toBe('admitted');
      }),
    );
  });
});

describe('windows counted in parts', () => {
  const limit = fc.integer({ min: EXACT_EVENTS + 1, max: EXACT_EVENTS + 60 });
  const burst = fc.tuple(fc.integer({ min: 0, max: 700 }), fc.integer({ min: 0, max: 900 }));
  const PART_MS = SECOND / BUCKETS;

  test('never hold too much, and keep a call out for at most one part of the window longer than need be', () => {
    fc.assert(
      fc.property(
        limit,
        fc.array(burst, { minLength: 3, maxLength: 12, size: 'max' }),
        (requestsPerSecond, bursts) => {
          const rules = { requestsPerSecond };
          const state = new LimitState();
          const events: number[] = [];
          const since = (fromMs: number) => {
            let count = 0;
            for (let index = events.length - 1; index >= 0 && (events[index] ?? 0) > fromMs; index -= 1)
              count += 1;
            return count;
          };
          let nowMs = 0;
          for (const [gap, calls] of bursts) {
            nowMs += gap;
            for (let call = 0; call < calls; call += 1) {
              const admission = arrive(state, rules, nowMs);
              if (admission.outcome === 'admitted') {
                events.push(nowMs);
                continue;
              }
              expect(since(nowMs - SECOND - PART_MS)).toBeGreaterThanOrEqual(requestsPerSecond);
              const blocking = events[events.length - requestsPerSecond] ?? 0;
              expect(admission.retryAtMs).toBeLessThanOrEqual(blocking + SECOND + PART_MS);
              expect(admission.retryAtMs).toBeGreaterThanOrEqual(blocking + SECOND);
              break;
            }
            expect(since(nowMs - SECOND)).toBeLessThanOrEqual(requestsPerSecond);
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  test('tokens: a call starts while less than the limit was used, and is kept out a part too long at most', () => {
    const call = fc.tuple(fc.integer({ min: 0, max: 20_000 }), fc.integer({ min: 0, max: 40_000 }));
    fc.assert(
      fc.property(fc.array(call, { maxLength: 40, size: 'max' }), (calls) => {
        const rules = { tokensPerMinute: 100_000 };
        const state = new LimitState();
        const used: [number, number][] = [];
        const since = (fromMs: number) =>
          used.reduce((sum, [atMs, tokens]) => sum + (atMs > fromMs ? tokens : 0), 0);
        let nowMs = 0;
        for (const [gap, tokens] of calls) {
          nowMs += gap;
          const admission = arrive(state, rules, nowMs);
          if (admission.outcome === 'admitted') {
            expect(since(nowMs - MINUTE)).toBeLessThan(100_000);
            state.leave(rules, nowMs, tokens);
            used.push([nowMs, tokens]);
          } else {
            expect(since(nowMs - MINUTE - MINUTE / BUCKETS)).toBeGreaterThanOrEqual(100_000);
            expect(since(admission.retryAtMs - MINUTE)).toBeLessThan(100_000);
          }
        }
      }),
    );
  });

  test('keep little, however many they count', () => {
    const state = new LimitState();
    const rules = { requestsPerHour: 1_000_000, tokensPerMinute: 1_000_000_000 };
    for (let call = 0; call < 20_000; call += 1) {
      expect(arrive(state, rules, call).outcome).toBe('admitted');
      state.leave(rules, call, 1_000);
    }
    expect(state.left(rules, 20_000).tokens).toEqual({ limit: 1_000_000_000, remaining: 980_000_000 });
  });
});

describe('what is taken', () => {
  const manyRules = fc.oneof(
    fewRules,
    fc.record({
      requestsPerSecond: fc.constant(EXACT_EVENTS + 1),
      requestsPerMinute: fc.constantFrom(3, EXACT_EVENTS + 5),
    }),
  );

  test('asking takes nothing, whatever the answer', () => {
    fc.assert(
      fc.property(
        manyRules,
        fc.array(fc.tuple(gapMs, patienceMs, fc.nat({ max: 3 })), { maxLength: 40, size: 'max' }),
        (rules, arrivals) => {
          const asked = new LimitState();
          const quiet = new LimitState();
          let nowMs = 0;
          for (const [gap, patience, questions] of arrivals) {
            nowMs += gap;
            for (let question = 0; question < questions; question += 1) asked.schedule(rules, nowMs, 2_000);
            expect(arrive(asked, rules, nowMs, patience)).toEqual(arrive(quiet, rules, nowMs, patience));
          }
        },
      ),
    );
  });

  test('a call that gives up before its moment leaves things as if it had never come', () => {
    fc.assert(
      fc.property(
        manyRules,
        manyRules,
        fc.array(fc.tuple(gapMs, patienceMs, fc.boolean()), { maxLength: 40, size: 'max' }),
        (rules, otherRules, arrivals) => {
          const visited = new LimitState();
          const quiet = new LimitState();
          let nowMs = 0;
          for (const [gap, patience, comes] of arrivals) {
            nowMs += gap;
            if (comes) {
              const visitor = arrive(visited, otherRules, nowMs, 2_000);
              // Others may ask under other rules while it waits.
              visited.schedule(rules, nowMs, patience);
              if (visitor.outcome === 'admitted') visited.withdraw(otherRules, visitor.atMs);
            }
            expect(arrive(visited, rules, nowMs, patience)).toEqual(arrive(quiet, rules, nowMs, patience));
          }
        },
      ),
    );
  });

  test('calls in flight are counted until they leave or give up', () => {
    const rules = { requestsInFlight: 2 };
    const state = new LimitState();
    arrive(state, rules, 0);
    arrive(state, rules, 0);
    expect(arrive(state, rules, 0)).toEqual({
      outcome: 'refused',
      limit: 'requestsInFlight',
      retryAtMs: 1_000,
    });
    state.leave(rules, 0, 0);
    expect(arrive(state, rules, 0).outcome).toBe('admitted');
    expect(arrive(state, rules, 0).outcome).toBe('refused');
    state.withdraw(rules, 0);
    expect(arrive(state, rules, 0).outcome).toBe('admitted');
  });

  test('a limit of zero lets nothing in, however patient', () => {
    for (const name of [
      'requestsPerSecond',
      'requestsPerMinute',
      'requestsPerHour',
      'tokensPerMinute',
      'requestsInFlight',
    ]) {
      const refused = new LimitState().schedule({ [name]: 0 }, 5, 3_600_000);
      expect(refused).toMatchObject({ outcome: 'refused', limit: name });
      expect(refused.outcome === 'refused' && refused.retryAtMs > 5).toBe(true);
    }
  });

  test('no limits, no refusal', () => {
    const state = new LimitState();
    for (let call = 0; call < 5_000; call += 1) expect(arrive(state, {}, 0).outcome).toBe('admitted');
  });
});

describe('a limit that is changed while calls run', () => {
  test('counts what came before it, in exact windows and in parts', () => {
    const many = { requestsPerMinute: EXACT_EVENTS * 2 };
    const few = { requestsPerMinute: 5 };
    const state = new LimitState();
    for (let call = 0; call < 10; call += 1) arrive(state, many, call);
    // The part that the last of the ten fell into has left the window a part after it.
    const refused = arrive(state, few, 100);
    expect(refused).toMatchObject({ outcome: 'refused', limit: 'requestsPerMinute' });
    expect(refused.outcome === 'refused' && refused.retryAtMs).toBeLessThanOrEqual(
      9 + MINUTE + MINUTE / BUCKETS,
    );
    expect(arrive(state, many, 100).outcome).toBe('admitted');
    expect(state.left(many, 100).requests?.remaining).toBe(EXACT_EVENTS * 2 - 11);
    expect(arrive(state, { requestsPerMinute: 12 }, 100).outcome).toBe('admitted');
    expect(arrive(state, { requestsPerMinute: 12 }, 100).outcome).toBe('refused');
  });

  test('is lowered: whoever is in stays in, nobody else comes until there is room', () => {
    const state = new LimitState();
    for (let call = 0; call < 10; call += 1) arrive(state, { requestsPerMinute: 10 }, call * 100);
    expect(arrive(state, { requestsPerMinute: 3 }, 1_000)).toEqual({
      outcome: 'refused',
      limit: 'requestsPerMinute',
      retryAtMs: 60_700,
    });
    expect(arrive(state, { requestsPerMinute: 3 }, 60_699).outcome).toBe('refused');
    expect(arrive(state, { requestsPerMinute: 3 }, 60_700).outcome).toBe('admitted');
  });

  test('calls that came under the old rules leave and give up as they came', () => {
    const old = { requestsPerSecond: 1, requestsPerMinute: EXACT_EVENTS + 1 };
    const young = { requestsPerSecond: 3, requestsPerMinute: 100 };
    const state = new LimitState();
    arrive(state, old, 0);
    const waiting = arrive(state, old, 7, 2_000);
    expect(waiting).toEqual({ outcome: 'admitted', atMs: 1_000 });
    arrive(state, young, 10);
    expect(state.left(young, 10).requests?.remaining).toBe(97);
    state.withdraw(old, 1_000);
    expect(state.left(young, 10).requests?.remaining).toBe(98);
    // Nothing of it is left in the second either: both places besides the call at 10 are free.
    expect(arrive(state, young, 1_000).outcome).toBe('admitted');
    expect(arrive(state, young, 1_000).outcome).toBe('admitted');
    expect(arrive(state, young, 1_000).outcome).toBe('refused');
  });
});

describe('an idle state', () => {
  test('may be forgotten: a fresh one decides the same from then on', () => {
    const ruleSets = [
      {
        requestsPerSecond: 2,
        requestsPerMinute: 4,
        requestsPerHour: 6,
        tokensPerMinute: 50,
        requestsInFlight: 3,
      },
      { requestsPerSecond: EXACT_EVENTS + 1, tokensPerMinute: 5_000 },
    ];
    const action = fc.tuple(gapMs, fc.boolean(), fc.nat({ max: 60 }));
    fc.assert(
      fc.property(
        fc.constantFrom(...ruleSets),
        fc.array(action, { maxLength: 40, size: 'max' }),
        fc.array(fc.tuple(gapMs, patienceMs), { minLength: 1, maxLength: 10 }),
        (rules, actions, later) => {
          const state = new LimitState();
          let nowMs = 0;
          let open = 0;
          for (const [gap, leaves, tokens] of actions) {
            nowMs += gap;
            if (leaves && open > 0) {
              state.leave(rules, nowMs, tokens);
              open -= 1;
            } else if (arrive(state, rules, nowMs).outcome === 'admitted') open += 1;
          }
          if (open > 0) expect(state.isIdle(nowMs)).toBe(false);
          for (; open > 0; open -= 1) state.leave(rules, nowMs, 1);
          const latestMs = nowMs + HOUR + HOUR / BUCKETS;
          while (!state.isIdle(nowMs) && nowMs < latestMs) nowMs += 500;
          expect(state.isIdle(nowMs)).toBe(true);

          const fresh = new LimitState();
          for (const [gap, patience] of later) {
            nowMs += gap;
            expect(arrive(state, rules, nowMs, patience)).toEqual(arrive(fresh, rules, nowMs, patience));
          }
        },
      ),
      { numRuns: 30 },
    );
  });

  test('is one whose calls are over and whose windows are empty, to the millisecond', () => {
    const rules = { requestsPerSecond: 1 };
    const state = new LimitState();
    expect(state.isIdle(0)).toBe(true);
    arrive(state, rules, 0);
    expect(state.isIdle(5_000)).toBe(false);
    state.leave(rules, 5_000, 0);
    expect(state.isIdle(5_000)).toBe(true);
    arrive(state, { tokensPerMinute: 10 }, 5_000);
    state.leave({ tokensPerMinute: 10 }, 5_000, 3);
    expect(state.isIdle(64_999)).toBe(false);
    expect(state.isIdle(65_000)).toBe(true);
  });
});

test('limits are whole numbers, zero or more', () => {
  expect(areSaneLimits({})).toBe(true);
  expect(areSaneLimits({ requestsPerSecond: 0, tokensPerMinute: undefined, requestsInFlight: 5 })).toBe(true);
  for (const limit of [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, '5', null]) {
    expect(areSaneLimits({ requestsPerHour: limit } as never)).toBe(false);
  }
});
