import { expect, test } from 'bun:test';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { en } from '../../web/console/activity/words.en.ts';
import { zh } from '../../web/console/activity/words.zh.ts';

const ROUTES = join(import.meta.dir, '../../src/http/api/v1');

test('everything that the pages change is told in words, in both languages', () => {
  const sources = readdirSync(ROUTES, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(join(ROUTES, name), 'utf8'));
  const actions = sources.flatMap((source) =>
    [...source.matchAll(/\baction: '([^']+)'/g)].map(([, action = '']) => action),
  );
  expect(actions.length).toBeGreaterThan(30);
  for (const { actions: told } of [en, zh])
    expect(actions.filter((action) => told[action] === undefined)).toEqual([]);
});
