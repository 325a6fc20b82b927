import { describe, expect, test } from 'bun:test';
import { ManualClock, settled } from '../../test/fakes/manual-clock.ts';
import { testModel } from '../../test/fakes/test-gateway.ts';
import { isFailure } from '../domain/failure.ts';
import type { LimitRules } from '../domain/limit.ts';
import type { KeyWithOwner } from '../storage/key-store.ts';
import { type Admission, AdmissionDesk } from './admit.ts';

const ONE_A_SECOND = { requestsPerSecond: 1 };
const TEN_A_SECOND = { requestsPerSecond: 10 };

function caller(id = 'key-1', limits: LimitRules = {}, organizationId = 'team-1'): KeyWithOwner {
  return {
    id,
    hash: id,
    redacted: '',
    name: '',
    organizationId,
    userId: 'user-1',
    acls: [],
    limits,
    expiresAtMs: null,
    disabled: false,
    revokedAtMs: null,
    followsKeyId: null,
    lastUsedAtMs: null,
    spendLimits: { perDayTicks: null, perMonthTicks: null },
    allowedNetworks: [],
    createdAtMs: 0,
    modifiedAtMs: 0,
    modifiedBy: '',
    organizationBlocked: false,
    userBanned: false,
  };
}

function openDesk(limits: LimitRules, enabled = true) {
  const clock = new ManualClock();
  const desk = new AdmissionDesk(clock, { enabled });
  const model = testModel({ limits });
  return {
    clock,
    ask: async (who = caller(), { bytes = 100, signal = new AbortController().signal } = {}) =>
      desk.admit(who, model, bytes, signal),
  };
}

/** `in`, or after how long it may come back. */
function outcome(answer: Awaited<ReturnType<AdmissionDesk['admit']>>): 'in' | number {
  return isFailure(answer) ? (answer.retryAfterMs ?? 0) : 'in';
}

function entered(answer: Awaited<ReturnType<AdmissionDesk['admit']>>): Admission {
  if (isFailure(answer)) throw new Error(answer.message);
  return answer;
}

describe('calls that wait for the per-second limit', () => {
  test('are at most eight of one account and model; the next is refused at once', async () => {
    const { clock, ask } = openDesk(TEN_A_SECOND);
    const first = await Promise.all(Array.from({ length: 10 }, () => ask()));
    expect(first.map(outcome)).toEqual(Array(10).fill('in'));
    const waiting = Array.from({ length: 8 }, () => ask());
    expect(outcome(await ask())).toBeGreaterThan(0);
    await clock.advance(1_000);
    expect((await Promise.all(waiting)).map(outcome)).toEqual(Array(8).fill('in'));
  });

  test('of another account have a line of their own', async () => {
    const { clock, ask } = openDesk(ONE_A_SECOND);
    const own = [ask(), ask(), ask()];
    expect(outcome(await ask())).toBeGreaterThan(0);
    const others = [1, 2].map(() => ask(caller('key-2', {}, 'team-2')));
    expect(outcome((await others[0]) as Admission)).toBe('in');
    await clock.advance(2_000);
    expect((await Promise.all([...own, ...others])).map(outcome)).toEqual(Array(5).fill('in'));
  });

  test('hold a bounded number of bytes together, and give them back', async () => {
    const { clock, ask } = openDesk(TEN_A_SECOND);
    const bytes = 100 * 1024 * 1024;
    for (let call = 0; call < 10; call += 1) await ask();
    const waiting = [ask(caller(), { bytes }), ask(caller(), { bytes })];
    expect(outcome(await ask(caller(), { bytes }))).toBeGreaterThan(0);
    await clock.advance(1_000);
    await Promise.all(waiting);
    for (let call = 0; call < 8; call += 1) await ask();
    const next = ask(caller(), { bytes });
    await clock.advance(1_000);
    expect(outcome(await next)).toBe('in');
  });

  test('that hang up leave the line, their bytes and their place', async () => {
    const { clock, ask } = openDesk(ONE_A_SECOND);
    await ask();
    for (let turn = 0; turn < 20; turn += 1) {
      const hangUp = new AbortController();
      const gone = ask(caller(), { bytes: 200 * 1024 * 1024, signal: hangUp.signal });
      await settled();
      hangUp.abort();
      expect(await gone.catch(() => 'gone')).toBe('gone');
    }
    const next = ask();
    await clock.advance(1_000);
    expect(outcome(await next)).toBe('in');
    expect(clock.pendingTimers).toBe(0);
  });
});

describe('an account and a key with limits of its own', () => {
  test('a call that one of them refuses is counted by neither', async () => {
    const { ask } = openDesk({ requestsPerMinute: 2 });
    const bounded = caller('key-1', { requestsPerMinute: 1 });
    expect(outcome(await ask(bounded))).toBe('in');
    for (let call = 0; call < 5; call += 1) expect(outcome(await ask(bounded))).toBe(60_000);
    // The account has one call left, for another key.
    expect(outcome(await ask(caller('key-2')))).toBe('in');
    expect(outcome(await ask(caller('key-2')))).toBe(60_000);
  });

  test('the later of two waits counts', async () => {
    const { clock, ask } = openDesk(TEN_A_SECOND);
    const bounded = caller('key-1', ONE_A_SECOND);
    await ask(bounded);
    let isIn = false;
    const second = ask(bounded).then((answer) => {
      isIn = true;
      return answer;
    });
    await clock.advance(999);
    expect(isIn).toBe(false);
    await clock.advance(1);
    expect(outcome(await second)).toBe('in');
  });
});

test('leaving gives back what was in flight, once', async () => {
  const { ask } = openDesk({ requestsInFlight: 2 });
  const [first] = [entered(await ask()), entered(await ask())];
  expect(outcome(await ask())).toBe(1_000);
  first?.leave(10);
  expect(outcome(await ask())).toBe('in');
  expect(outcome(await ask())).toBe(1_000);
});

test('tokens count when they are known, and for a minute', async () => {
  const { clock, ask } = openDesk({ tokensPerMinute: 100 });
  entered(await ask()).leave(100);
  expect(outcome(await ask())).toBe(60_000);
  await clock.advance(59_999);
  expect(outcome(await ask())).toBe(1);
  await clock.advance(1);
  expect(outcome(await ask())).toBe('in');
});

test('a refusal names its limit and keeps clear of the words that make One API switch a channel off', async () => {
  const { ask } = openDesk({ requestsPerMinute: 1 });
  await ask();
  const refused = await ask();
  if (!isFailure(refused)) throw new Error('it was let in');
  expect(refused.httpStatus).toBe(429);
  expect(refused.message).toContain('1 request per minute');
  expect(refused.message).not.toMatch(/credit|balance/i);
});

test('switched off, it lets everybody in and says nothing', async () => {
  const { ask } = openDesk({ requestsPerMinute: 0 }, false);
  const admission = entered(await ask());
  expect(admission.headers).toEqual({});
  admission.leave(1);
});
