import { expect, test } from 'bun:test';
import type { ModelDay } from '../../../src/http/api/wire/home.ts';
import { dayPoints, modelsOf } from './home-days.ts';

const day = (date: string, model: string, costTicks: string, requests = 1): ModelDay => ({
  day: date,
  model,
  requests,
  failedRequests: 0,
  inputTokens: 10,
  outputTokens: 5,
  costTicks,
});
const DAYS = [day('2026-11-27', 'a', '10'), day('2026-11-29', 'a', '5'), day('2026-11-29', 'b', '40', 3)];
const TODAY_MS = Date.UTC(2026, 10, 29);

test('every day has a bar, the empty ones too, and today is the last', () => {
  const points = dayPoints(DAYS, 'cost', TODAY_MS, 'en');
  expect(points).toHaveLength(14);
  expect(points[0]?.id).toBe('2026-11-16');
  expect(points.at(-2)?.values.size).toBe(0);
  expect(points.at(-1)).toMatchObject({ id: '2026-11-29', isNow: true });
  expect([...(points.at(-1)?.values ?? [])]).toEqual([
    ['a', 5n],
    ['b', 40n],
  ]);
});

test('the largest model comes first, by what is looked at', () => {
  expect(modelsOf(DAYS, 'cost')).toEqual({
    series: [
      { id: 'b', name: 'b', amount: 40n },
      { id: 'a', name: 'a', amount: 15n },
    ],
    total: 55n,
  });
  expect(modelsOf([...DAYS, day('2026-11-29', 'c', '0')], 'cost').series).toHaveLength(2);
  expect(modelsOf(DAYS, 'tokens').series[0]?.id).toBe('a');
  expect(modelsOf(DAYS, 'requests').total).toBe(5n);
});
