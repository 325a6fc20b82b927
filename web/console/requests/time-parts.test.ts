import { expect, test } from 'bun:test';
import { timeMarks, timeParts } from './time-parts.ts';

const WHOLE = {
  timing: { queuedMs: 400, gatewayMs: 2, firstTokenMs: 598, answerMs: 3_000, totalMs: 4_000 },
  timeToFirstTokenMs: 1_000,
};

test('the parts follow each other and make the whole', () => {
  const parts = timeParts(WHOLE);
  expect(parts.map(({ name, fromMs }) => [name, fromMs])).toEqual([
    ['queue', 0],
    ['gateway', 400],
    ['first', 402],
    ['answer', 1_000],
  ]);
  expect(parts.reduce((sum, { ms }) => sum + ms, 0)).toBe(WHOLE.timing.totalMs);
});

test('an answer in one piece is the upstream’s; without any there is a rest; what took no time is not drawn', () => {
  const timing = { queuedMs: 0, gatewayMs: 3, firstTokenMs: null, answerMs: 7, totalMs: 10 };
  const names = (timeToFirstTokenMs: number | null) =>
    timeParts({ timing, timeToFirstTokenMs }).map(({ name }) => name);
  expect(names(8)).toEqual(['gateway', 'upstream']);
  expect(names(null)).toEqual(['gateway', 'rest']);
});

test('figures that would lie on each other are left out, never the first and the last', () => {
  expect(timeMarks(timeParts(WHOLE), 0.08)).toEqual([0, 400, 1_000, 4_000]);
  expect(timeMarks(timeParts(WHOLE), 0.5)).toEqual([0, 4_000]);
  expect(timeMarks([], 0.1)).toEqual([]);
});
