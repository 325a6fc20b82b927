import { expect, test } from 'bun:test';
import { distanceText, monthText } from './moments.ts';

const NOW_MS = Date.UTC(2026, 10, 30, 23, 59);

test('a distance is said in the largest whole step, in both languages', () => {
  expect(distanceText(NOW_MS - 7 * 60_000, 'zh', NOW_MS)).toBe('7 分钟前');
  expect(distanceText(NOW_MS + 6.9 * 86_400_000, 'en', NOW_MS)).toBe('in 6 days');
  expect(distanceText(NOW_MS + 6.9 * 86_400_000, 'zh', NOW_MS)).toBe('6 天后');
});

test('a month is the UTC one, as the figures beside it', () => {
  expect(monthText(NOW_MS, 'en')).toBe('November');
  expect(monthText(NOW_MS, 'zh')).toBe('11 月');
});
