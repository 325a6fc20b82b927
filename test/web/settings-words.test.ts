import { expect, test } from 'bun:test';
import { SETTINGS } from '../../src/process/config.ts';
import { SETTING_GROUPS } from '../../web/console/settings/setting-groups.ts';
import { en } from '../../web/console/settings/words.en.ts';
import { zh } from '../../web/console/settings/words.zh.ts';

test('every setting of the environment says in both languages what it does, and has its group', () => {
  const names = [...SETTINGS].toSorted();
  expect(Object.values(SETTING_GROUPS).flat().toSorted()).toEqual(names);
  for (const { environment } of [en, zh]) expect(Object.keys(environment.does).toSorted()).toEqual(names);
});
