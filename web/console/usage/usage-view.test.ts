import { expect, test } from 'bun:test';
import { FIRST_VIEW, spanOf, stepsOf, usageQuery, withRange } from './usage-view.ts';

const NOON = Date.UTC(2026, 10, 22, 12, 30);

test('a span has as many whole UTC days as its range, with the one under way', () => {
  const span = spanOf(FIRST_VIEW, NOON);
  expect(new Date(span.toMs).toISOString()).toBe('2026-11-23T00:00:00.000Z');
  expect(stepsOf({ ...span, step: 'day' })).toHaveLength(14);
});

test('a day is shown by the hour, and a month never', () => {
  const day = withRange(FIRST_VIEW, 'day');
  expect(stepsOf({ ...spanOf(day, NOON), step: day.step })).toHaveLength(24);
  expect(withRange(day, 'month').step).toBe('day');
});

test('what is asked stays the same within a step, so that it is not asked again', () => {
  expect(usageQuery(FIRST_VIEW, NOON)).toBe(usageQuery(FIRST_VIEW, NOON + 60_000));
});

test('one key is asked for by its id', () => {
  const view = { ...FIRST_VIEW, only: { by: 'key', id: 'k1', name: 'CI' } } as const;
  expect(usageQuery(view, NOON)).toContain('keyId=k1');
});
