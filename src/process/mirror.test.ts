import { expect, test } from 'bun:test';
import { ManualClock, settled } from '../../test/fakes/manual-clock.ts';
import { Mirror } from './mirror.ts';

/** A store that answers when the test lets it, with what it held when it was asked. */
function openStore() {
  const clock = new ManualClock();
  const reads: { answer: () => void; fail: () => void }[] = [];
  const shown: number[] = [];
  let held = 0;
  let failures = 0;
  const mirror = new Mirror<number>({
    clock,
    read() {
      const value = held;
      return new Promise((resolve, reject) => {
        reads.push({ answer: () => resolve(value), fail: () => reject(new Error('away')) });
      });
    },
    show: (value) => void shown.push(value),
    onFailure: () => {
      failures += 1;
    },
  });
  const change = (value: number) => {
    held = value;
    mirror.refresh();
  };
  return { clock, mirror, reads, shown, change, failures: () => failures };
}

test('shows what was changed last, whichever answer comes first', async () => {
  const { reads, shown, change } = openStore();
  change(1);
  change(2);
  change(3);
  // One read at a time: the one for the later changes begins when the first is answered.
  expect(reads).toHaveLength(1);
  reads[0]?.answer();
  await settled();
  expect(reads).toHaveLength(2);
  reads[1]?.answer();
  await settled();
  expect(shown).toEqual([1, 3]);
});

test('a change in the moment of an answer is not forgotten', async () => {
  const { mirror, reads, shown, change } = openStore();
  change(1);
  reads[0]?.answer();
  for (let turn = 0; turn < 8; turn += 1) {
    await Promise.resolve();
    mirror.refresh();
    reads.at(-1)?.answer();
  }
  await settled();
  const before = reads.length;
  change(9);
  await settled();
  expect(reads.length).toBe(before + 1);
  reads.at(-1)?.answer();
  await settled();
  expect(shown.at(-1)).toBe(9);
});

test('a read that fails is tried again, with growing pauses, until it succeeds', async () => {
  const { clock, reads, shown, change, failures } = openStore();
  change(7);
  for (const pauseMs of [1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]) {
    const before = reads.length;
    reads.at(-1)?.fail();
    await clock.advance(pauseMs - 1);
    expect(reads.length).toBe(before);
    await clock.advance(1);
    expect(reads.length).toBe(before + 1);
  }
  reads.at(-1)?.answer();
  await settled();
  expect(shown).toEqual([7]);
  expect(failures()).toBe(7);
  expect(clock.pendingTimers).toBe(0);
});

test('closed, it tries no more and leaves no timer', async () => {
  const { clock, mirror, reads, change } = openStore();
  change(1);
  reads[0]?.fail();
  await settled();
  mirror.close();
  await clock.advance(60_000);
  expect(reads).toHaveLength(1);
  expect(clock.pendingTimers).toBe(0);
});
