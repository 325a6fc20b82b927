import { expect, test } from 'bun:test';
import { readFileSync } from 'node:fs';
import { runSeed } from './run-seed.ts';
import { tellStory } from './tell-story.ts';

/** New worlds on each run would make a test of chance; these are the same for everybody until the code changes. */
const FIRST_SEED = 1;
const SEEDS = 100;

test('seeds that found something once hold every invariant', async () => {
  const lines = readFileSync(new URL('seeds.txt', import.meta.url), 'utf8').split('\n');
  const seeds = lines.flatMap((line) => /^\d+/.exec(line)?.[0] ?? []).map(Number);
  expect(seeds.length).toBeGreaterThan(5);
  for (const seed of seeds) expect(await complaintOf(seed)).toBe('');
});

test(`seeds ${FIRST_SEED} to ${FIRST_SEED + SEEDS - 1} hold every invariant`, async () => {
  for (let seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed += 1) expect(await complaintOf(seed)).toBe('');
});

test('a seed is one world: run twice, it takes the same steps to the same balances', async () => {
  for (const seed of [2, 20, 200]) {
    const [first, second] = [await runSeed(seed), await runSeed(seed)];
    expect(second.steps).toBe(first.steps);
    expect(second.story).toEqual(first.story);
    expect([...second.hits]).toEqual([...first.hits]);
  }
});

async function complaintOf(seed: number): Promise<string> {
  const result = await runSeed(seed);
  return result.violation === undefined ? '' : tellStory(result);
}
