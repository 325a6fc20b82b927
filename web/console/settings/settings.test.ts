import { expect, test } from 'bun:test';
import type { Setting } from '../../../src/http/api/wire/operator-installation.ts';
import { noticeState } from './notice-state.ts';
import { groupSettings, SETTING_GROUPS } from './setting-groups.ts';

test('a notice is seen from its beginning until its end', () => {
  expect(noticeState({ startsAtMs: 10, endsAtMs: 20 }, 9)).toBe('later');
  expect(noticeState({ startsAtMs: 10, endsAtMs: 20 }, 10)).toBe('now');
  expect(noticeState({ startsAtMs: 10, endsAtMs: 20 }, 20)).toBe('over');
  expect(noticeState({ startsAtMs: 10, endsAtMs: null }, 1_000)).toBe('now');
});

test('a setting that belongs to no group is shown all the same', () => {
  const setting = (environmentName: string) => ({ environmentName }) as Setting;
  const groups = groupSettings([setting('TURNPIKE_NEW'), setting('TURNPIKE_PORT')]);
  expect(groups.map(({ group, rows }) => [group, rows.length])).toEqual([
    ['reach', 1],
    ['others', 1],
  ]);
});

test('no setting is in two groups', () => {
  const names = Object.values(SETTING_GROUPS).flat();
  expect(new Set<string>(names).size).toBe(names.length);
});
