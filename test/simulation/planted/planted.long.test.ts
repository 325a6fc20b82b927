import { expect, test } from 'bun:test';
import { ALL_PLANTED } from './all-planted.ts';
import { findPlanted } from './find-planted.ts';

/** What a simulation must find a bug in. One that misses it is the bug itself. */
const SEEDS = 500;

for (const { name, story } of ALL_PLANTED) {
  test(`${name}: ${story}`, async () => {
    expect(await findPlanted(name, SEEDS)).toBeGreaterThan(0);
  });
}
