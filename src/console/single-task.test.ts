import { expect, test } from 'bun:test';
import { ManualClock, settled } from '../../test/fakes/manual-clock.ts';
import { SingleTask } from './single-task.ts';

test('one runs at a time, and the last good result stays', async () => {
  const clock = new ManualClock();
  const ends: ((end: 'good' | 'bad') => void)[] = [];
  const failures: unknown[] = [];
  const run = () =>
    new Promise<string>((resolve, reject) =>
      ends.push((end) => (end === 'good' ? resolve('result') : reject(new Error('away')))),
    );
  const task = new SingleTask(clock, run, (error) => failures.push(error));
  expect(task.state.state).toBe('never');
  expect([task.start(), task.start()]).toEqual([true, false]);
  expect(task.state).toMatchObject({ state: 'running', endedAtMs: null });
  ends[0]?.('good');
  await settled();
  expect(task.state).toMatchObject({ state: 'done', result: 'result' });
  expect(task.start()).toBeTrue();
  ends[1]?.('bad');
  await settled();
  expect(task.state).toMatchObject({ state: 'failed', result: 'result' });
  expect(failures).toHaveLength(1);
});
