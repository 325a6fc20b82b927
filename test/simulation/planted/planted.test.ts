import { expect, test } from 'bun:test';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ALL_PLANTED } from './all-planted.ts';
import { findPlanted } from './find-planted.ts';
import { plant } from './planted-bug.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

test('every planted bug still applies, each anchor exactly once', () => {
  for (const bug of ALL_PLANTED) {
    const texts = new Map<string, string>();
    for (const change of bug.changes) {
      const text = texts.get(change.file) ?? readFileSync(`${ROOT}${change.file}`, 'utf8');
      texts.set(change.file, plant(bug, change, text));
    }
  }
});

test('an anchor that is gone is told by the name of its bug', () => {
  const [bug] = ALL_PLANTED;
  const [change] = bug?.changes ?? [];
  if (bug === undefined || change === undefined) throw new Error('there are no planted bugs');
  expect(() => plant(bug, change, 'another text')).toThrow(bug.name);
});

// Three of them, one of each kind; `planted.long.test.ts` has all.
for (const name of ['usage only from the last chunk', 'grant twice', '[DONE] after an error']) {
  test(`the simulation finds: ${name}`, async () => {
    expect(await findPlanted(name, 60)).toBeGreaterThan(0);
  });
}
