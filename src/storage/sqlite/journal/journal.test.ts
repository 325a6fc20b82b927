import { describe, expect, test } from 'bun:test';
import { failureOf } from '../../../../test/conformance/samples.ts';
import { Journal, type JournalLimits, type JournalPosition } from './journal.ts';
import { readFrame } from './journal-frame.ts';
import type { LedgerEffect } from './ledger-effect.ts';
import { DiskFull, type Segment } from './segment.ts';

const effect = (walletId: string): LedgerEffect => ({ kind: 'wallet', walletId, atMs: 1 });

/** Segments that write when they are told to, and fail as they are told. */
class SlowDisk {
  readonly written = new Map<number, Buffer[]>();
  readonly #waiting: { resolve: () => void; reject: (error: Error) => void }[] = [];

  create = async (number: number): Promise<Segment> => {
    const frames: Buffer[] = [];
    this.written.set(number, frames);
    return {
      number,
      append: async (frame) => {
        await new Promise<void>((resolve, reject) => this.#waiting.push({ resolve, reject }));
        frames.push(Buffer.from(frame));
      },
      close: async () => {},
    };
  };

  async untilWriting(): Promise<void> {
    while (this.#waiting.length === 0) await new Promise((resolve) => setImmediate(resolve));
  }

  /** Waits until something is being written, and lets it end. */
  async finish(error?: Error): Promise<void> {
    await this.untilWriting();
    const write = this.#waiting.shift();
    if (error === undefined) write?.resolve();
    else write?.reject(error);
    await new Promise((resolve) => setImmediate(resolve));
  }

  /** The wallets named in each frame. */
  frames(number: number): string[][] {
    return (this.written.get(number) ?? []).map((bytes) =>
      (readFrame(bytes, 0)?.effects ?? []).map((each) => (each.kind === 'wallet' ? each.walletId : '')),
    );
  }
}

async function open(limits: Partial<JournalLimits> = {}) {
  const disk = new SlowDisk();
  const durable: JournalPosition[] = [];
  let losses = 0;
  const journal = new Journal(await disk.create(1), 10, {
    createSegment: disk.create,
    limits: {
      maximumWaiting: 100,
      deadlineMs: 60_000,
      firstSegmentBytes: 10_000,
      segmentBytes: 10_000,
      ...limits,
    },
    onDurable: (position) => durable.push(position),
    onLost: () => {
      losses += 1;
    },
  });
  return { disk, journal, durable, losses: () => losses };
}

describe('the journal', () => {
  test('writes a lone effect at once, and what comes meanwhile together', async () => {
    const { disk, journal, durable } = await open();
    expect(journal.settled()).toBeUndefined();
    expect(journal.append(effect('a'))).toBe(11);
    const first = journal.settled();
    await disk.untilWriting();
    expect([journal.append(effect('b')), journal.append(effect('c'))]).toEqual([12, 13]);
    await disk.finish();
    await first;
    expect(durable).toMatchObject([{ effects: 11, segment: 1 }]);
    const rest = journal.settled();
    await disk.finish();
    await rest;
    expect(disk.frames(1)).toEqual([['a'], ['b', 'c']]);
    expect(durable.at(-1)).toMatchObject({ effects: 13, segment: 1 });
    expect(journal.settled()).toBeUndefined();
  });

  test('goes on in the next segment when the room of one is used up', async () => {
    const { disk, journal, durable } = await open({ firstSegmentBytes: 100 });
    for (const name of ['a', 'b', 'c']) {
      journal.append(effect(name));
      const settled = journal.settled();
      await disk.finish();
      await settled;
    }
    expect([disk.frames(1), disk.frames(2)]).toEqual([[['a']], [['b'], ['c']]]);
    expect(durable.map(({ segment }) => segment)).toEqual([1, 2, 2]);
    expect(durable.at(-1)?.bytes).toBe(
      (disk.written.get(2) ?? []).reduce((sum, { length }) => sum + length, 0),
    );
  });

  test('that meets a full disk says that nothing was done, and goes on from what is durable', async () => {
    const { disk, journal, durable, losses } = await open();
    journal.append(effect('a'));
    const lost = failureOf(Promise.resolve(journal.settled()));
    await disk.finish(new DiskFull('no room'));
    expect(await lost).toMatchObject({ name: 'StorageUnavailable', reason: 'broken', outcome: 'not-done' });
    expect([losses(), durable]).toEqual([1, []]);
    journal.assertTakesMore();
    expect(journal.append(effect('b'))).toBe(11);
    const settled = journal.settled();
    await disk.finish();
    await settled;
    expect(durable).toMatchObject([{ effects: 11 }]);
  });

  test('that fails in a way nobody understands stops for good', async () => {
    const { disk, journal, losses } = await open();
    journal.append(effect('a'));
    const lost = failureOf(Promise.resolve(journal.settled()));
    await disk.finish(new Error('input/output error'));
    expect(await lost).toMatchObject({ name: 'StorageUnavailable', reason: 'broken', outcome: 'unknown' });
    expect(losses()).toBe(1);
    expect(() => journal.assertTakesMore()).toThrow('input/output error');
  });

  test('lets nobody wait longer than the deadline, and takes only so much', async () => {
    const { disk, journal } = await open({ deadlineMs: 1, maximumWaiting: 2 });
    journal.append(effect('a'));
    expect(await failureOf(Promise.resolve(journal.settled()))).toMatchObject({
      reason: 'deadline',
      outcome: 'unknown',
    });
    journal.append(effect('b'));
    journal.append(effect('c'));
    expect(() => journal.assertTakesMore()).toThrow('too much waits');
    await disk.finish();
    await disk.finish();
    journal.assertTakesMore();
    expect(disk.frames(1)).toEqual([['a'], ['b', 'c']]);
    const closed = journal.close();
    expect(() => journal.assertTakesMore()).toThrow('closed');
    await closed;
  });
});
