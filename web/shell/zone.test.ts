import { afterEach, expect, test } from 'bun:test';
import { momentText } from './moments.ts';
import { localDay, localMinute, momentOf, showIn, startOfDay, zoneName } from './zone.ts';

const HOUR_MS = 3_600_000;
const AT_MS = Date.UTC(2026, 10, 29, 20, 30, 7);

afterEach(() => showIn(null));

test.each([
  ['Asia/Shanghai', '2026-11-30T04:30'],
  ['America/New_York', '2026-11-29T15:30'],
  ['Asia/Kathmandu', '2026-11-30T02:15'],
])('times are those of %s, written and read', (zone, minute) => {
  showIn(zone);
  expect([zoneName(), localMinute(AT_MS), localDay(AT_MS)]).toEqual([zone, minute, minute.slice(0, 10)]);
  expect(momentOf(minute)).toBe(AT_MS - 7_000);
  expect(momentText(AT_MS, 'en', AT_MS)).toBe(`${minute.slice(11)}:07`);
  expect(momentText(AT_MS, 'en', AT_MS + 23 * HOUR_MS)).toMatch(/Nov/);
});

test('a day has as many hours as the clocks there give it', () => {
  showIn('Europe/Berlin');
  expect(startOfDay('2026-10-25', 1) - startOfDay('2026-10-25')).toBe(25 * HOUR_MS);
  expect(startOfDay('2026-03-29', 1) - startOfDay('2026-03-29')).toBe(23 * HOUR_MS);
  expect(startOfDay('2026-12-31', 1)).toBe(Date.UTC(2026, 11, 31, 23));
});

test('a zone that the browser does not know is left to it, and what is no moment is none', () => {
  showIn('Mars/Olympus_Mons');
  expect(zoneName()).toBe(Intl.DateTimeFormat().resolvedOptions().timeZone);
  expect(momentOf('')).toBeNaN();
  expect(momentOf('soon')).toBeNaN();
});
