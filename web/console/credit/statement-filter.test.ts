import { expect, test } from 'bun:test';
import { EVERYTHING, readSpan, spanQuery } from './statement-filter.ts';

test('without days there is no bound', () => {
  expect(spanQuery(EVERYTHING)).toEqual({});
});

test('the last day is in the span, whole', () => {
  const { fromMs, toMs } = spanQuery({ ...EVERYTHING, fromDay: '2026-11-30', toDay: '2026-11-30' });
  expect(Number(fromMs)).toBe(new Date(2026, 10, 30).getTime());
  expect(Number(toMs)).toBe(new Date(2026, 11, 1).getTime());
});

test('an address may name days', () => {
  const read = (address: string) => readSpan(new URLSearchParams(address));
  expect(read('from=2026-11-30')).toEqual({ ...EVERYTHING, fromDay: '2026-11-30' });
  expect(read('from=yesterday')).toBe(EVERYTHING);
});
