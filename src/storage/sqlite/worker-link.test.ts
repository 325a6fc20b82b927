import { describe, expect, test } from 'bun:test';
import { StorageUnavailable } from '../storage-error.ts';
import { type LinkLimits, WorkerLink } from './worker-link.ts';

/**
 * A worker that answers every call with its argument and the size of the batch it came in. `die` ends it with an
 * error, and after `sleep` it answers nothing until it is woken by nobody.
 */
const ECHO = `
  self.onmessage = ({ data }) => {
    if (data === 'close') return self.postMessage([{ value: null }]);
    if (data.start) return self.postMessage([{ value: null }]);
    if (data.calls.some(([name]) => name === 'die')) throw new Error('it died');
    if (data.calls.some(([name]) => name === 'sleep')) return;
    self.postMessage(data.calls.map(([name, argument]) =>
      name === 'fail' ? { fault: { kind: 'locked', detail: 'elsewhere' } } : { value: [argument, data.calls.length] }));
  };`;

const LIMITS: LinkLimits = { maximumWaiting: 100, maximumBatch: 10, deadlineMs: 5_000 };

function startEcho(limits: Partial<LinkLimits> = {}, source = ECHO): Promise<WorkerLink> {
  const url = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
  return WorkerLink.start(new URL(url), { path: '', busyTimeoutMs: 0 }, { ...LIMITS, ...limits });
}

async function failureOf(promise: Promise<unknown>): Promise<StorageUnavailable> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof StorageUnavailable) return error;
    throw error;
  }
  throw new Error('it did not fail');
}

describe('the link to a worker', () => {
  test('what is called in one turn goes together; batches are bounded and answers find their callers', async () => {
    const link = await startEcho();
    const answers = await Promise.all(Array.from({ length: 25 }, (_, index) => link.call('echo', index)));
    expect(answers.map((answer) => (answer as number[])[0])).toEqual(
      Array.from({ length: 25 }, (_, index) => index),
    );
    expect(answers.map((answer) => (answer as number[])[1])).toEqual([
      ...Array.from({ length: 20 }, () => 10),
      ...Array.from({ length: 5 }, () => 5),
    ]);
    await link.close();
  });

  test('a fault rejects its own call only', async () => {
    const link = await startEcho();
    const good = link.call('echo', 1);
    const bad = await failureOf(link.call('fail', 2));
    expect([bad.reason, bad.outcome]).toEqual(['locked', 'not-done']);
    expect(await good).toEqual([1, 2]);
    await link.close();
  });

  test('more than may wait is turned away at once', async () => {
    const link = await startEcho({ maximumWaiting: 3 });
    const calls = Array.from({ length: 4 }, (_, index) => link.call('echo', index));
    const refused = await failureOf(calls[3] ?? Promise.resolve());
    expect([refused.reason, refused.outcome]).toEqual(['overloaded', 'not-done']);
    expect(await Promise.all(calls.slice(0, 3))).toHaveLength(3);
    await link.close();
  });

  test('nobody waits longer than the deadline, whether sent or still waiting', async () => {
    const link = await startEcho({ deadlineMs: 300 });
    const sent = link.call('sleep', null);
    const unsent = failureOf(
      new Promise((resolve, reject) => setTimeout(() => link.call('echo', 1).then(resolve, reject))),
    );
    const late = await failureOf(sent);
    expect([late.reason, late.outcome]).toEqual(['deadline', 'unknown']);
    expect((await unsent).outcome).toBe('not-done');
    await link.close();
  });

  test('a worker that dies rejects what waits and whatever comes after', async () => {
    const link = await startEcho();
    const waiting = link.call('die', null);
    const failure = await failureOf(waiting);
    expect([failure.reason, failure.outcome]).toEqual(['broken', 'unknown']);
    const after = await failureOf(link.call('echo', 1));
    expect([after.reason, after.outcome]).toEqual(['broken', 'not-done']);
    await link.close();
  });

  test('a worker that cannot start says why', async () => {
    const refusing = `self.onmessage = () => self.postMessage([{ fault: { kind: 'broken', detail: 'no disk' } }]);`;
    expect((await failureOf(startEcho({}, refusing))).message).toContain('no disk');
    expect((await failureOf(startEcho({}, 'this is not a program'))).reason).toBe('broken');
  });

  test('closing lets what was called finish and takes nothing more', async () => {
    const link = await startEcho();
    const calls = Promise.all(Array.from({ length: 25 }, (_, index) => link.call('echo', index)));
    const closing = link.close();
    expect((await failureOf(link.call('echo', 99))).reason).toBe('closed');
    await closing;
    expect(await calls).toHaveLength(25);
    await link.close();
  });
});
