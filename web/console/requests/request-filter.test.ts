import { expect, test } from 'bun:test';
import type { RequestRow } from '../../../src/http/api/wire/requests.ts';
import { ALL_REQUESTS, filterQuery, isShown, readFilter, writeFilter } from './request-filter.ts';

const NOON_MS = new Date(2026, 10, 29, 12).getTime();
const ROW: RequestRow = {
  id: 'r',
  atMs: NOON_MS,
  model: 'grok-beta',
  source: { kind: 'console', keyId: null, name: null, userId: 'u' },
  result: 'answered',
  outcome: 'completed',
  httpStatus: 200,
  failureCode: null,
  streamed: false,
  simulated: false,
  inputTokens: 1,
  outputTokens: 1,
  timeToFirstTokenMs: 1,
  durationMs: 1,
  costTicks: '1',
};

test('a filter comes back from its address, and what is no filter is left out', () => {
  const filter = { ...ALL_REQUESTS, model: 'a/b c', result: 'cut', toDay: '2026-11-29' } as const;
  expect(readFilter(writeFilter(filter))).toEqual(filter);
  expect(readFilter(new URLSearchParams('result=great&from=today'))).toEqual(ALL_REQUESTS);
});

test('the last day is asked for as a whole', () => {
  const query = new URLSearchParams(
    filterQuery({ ...ALL_REQUESTS, fromDay: '2026-11-29', toDay: '2026-11-29' }),
  );
  expect(Number(query.get('fromMs'))).toBe(new Date(2026, 10, 29).getTime());
  expect(Number(query.get('toMs'))).toBe(new Date(2026, 10, 30).getTime());
});

test('what has just ended is shown by the same filter as what was before', () => {
  const shown = (part: Partial<typeof ALL_REQUESTS>) => isShown({ ...ALL_REQUESTS, ...part }, ROW);
  expect(shown({})).toBe(true);
  expect(shown({ model: 'grok-beta', key: 'console', result: 'answered', toDay: '2026-11-29' })).toBe(true);
  expect(shown({ model: 'grok' })).toBe(false);
  expect(shown({ key: 'k' })).toBe(false);
  expect(shown({ result: 'failed' })).toBe(false);
  expect(shown({ fromDay: '2026-11-30' })).toBe(false);
  expect(shown({ toDay: '2026-11-28' })).toBe(false);
});
