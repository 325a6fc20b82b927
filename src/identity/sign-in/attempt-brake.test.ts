import { expect, test } from 'bun:test';
import { ManualClock } from '../../../test/fakes/manual-clock.ts';
import { AttemptBrake } from './attempt-brake.ts';

const LIMITS = { mostFailures: 2, windowMs: 1_000, mostRemembered: 3 };

test('failures wait for the end of the window; what went well does not count', async () => {
  const clock = new ManualClock();
  const brake = new AttemptBrake(clock, LIMITS);
  for (let attempt = 0; attempt < 5; attempt += 1) {
    expect(brake.begin('a').waitMs).toBe(0);
    brake.succeeded('a');
  }
  expect([1, 2, 3].map(() => brake.begin('a').waitMs)).toEqual([0, 0, 1_000]);
  expect(brake.begin('b').waitMs).toBe(0);
  await clock.advance(1_000);
  expect(brake.begin('a').waitMs).toBe(0);
});

test('it remembers no more than it may', () => {
  const brake = new AttemptBrake(new ManualClock(), LIMITS);
  for (let name = 0; name < 100; name += 1) brake.begin(`account ${name}`);
  expect(brake.remembered).toBe(3);
});
