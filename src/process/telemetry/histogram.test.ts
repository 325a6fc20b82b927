import { expect, test } from 'bun:test';
import { Histogram } from './histogram.ts';

const open = () => new Histogram({ name: 'a', description: 'b', unit: 's', bounds: [1, 2] });

test('a value is counted in the first bucket whose end it does not pass; the last has no end', () => {
  const histogram = open();
  for (const value of [0, 1, 1.5, 2, 2.5, 100]) histogram.add(value, { model: 'm' });
  expect(histogram.read()).toEqual({
    name: 'a',
    description: 'b',
    unit: 's',
    bounds: [1, 2],
    series: [{ attributes: { model: 'm' }, counts: [2, 2, 2], count: 6, sum: 107 }],
  });
});

test('nothing to tell is nothing told', () => {
  expect(open().read()).toBeUndefined();
});

test('each set of attributes has its own series, and there is a bound', () => {
  const histogram = open();
  histogram.add(1, { model: 'm' });
  histogram.add(1, { model: 'm', error: 'e' });
  histogram.add(1, { model: 'm' });
  expect(histogram.read()?.series.map(({ count }) => count)).toEqual([2, 1]);
  for (let index = 0; index < 5_000; index += 1) histogram.add(1, { model: `m${index}` });
  const series = histogram.read()?.series ?? [];
  expect(series.length).toBeLessThanOrEqual(2_001);
  expect(series.reduce((sum, { count }) => sum + count, 0)).toBe(5_003);
  expect(series.at(-1)?.attributes).toEqual({ 'otel.metric.overflow': true });
});
