import { expect, test } from 'bun:test';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ACTIVITY_KINDS, beginningsOf } from '../../src/console/activity-kinds.ts';
import { ALL_COMMANDS } from '../../src/process/commands/all-commands.ts';
import { en } from '../../web/console/activity/words.en.ts';
import { zh } from '../../web/console/activity/words.zh.ts';

/** Where changes are named: by the routes of pages, and where somebody signs in. */
const PLACES = ['http/api/v1', 'identity/sign-in'].map((path) => join(import.meta.dir, '../../src', path));

test('everything that the pages change is told in words, in both languages, and is of a kind', () => {
  const sources = PLACES.flatMap((place) =>
    readdirSync(place, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
      .map((name) => readFileSync(join(place, name), 'utf8')),
  );
  const actions = sources.flatMap((source) =>
    [...source.matchAll(/\b(?:action: |note\()'([^']+)'/g)].map(([, action = '']) => action),
  );
  expect(actions).toContain('passkey.sign-in');
  expect(actions.length).toBeGreaterThan(30);
  for (const { actions: told } of [en, zh])
    expect(actions.filter((action) => told[action] === undefined)).toEqual([]);
  // Whoever asks for what was changed of one kind would miss it otherwise.
  const beginnings = ACTIVITY_KINDS.flatMap(beginningsOf);
  const changing = ALL_COMMANDS.filter(({ mutates }) => mutates).map(({ name }) => name);
  const ofNoKind = [...actions, ...changing].filter(
    (action) => !beginnings.some((beginning) => action.startsWith(beginning)),
  );
  expect(ofNoKind).toEqual([]);
});
