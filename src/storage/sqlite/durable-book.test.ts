import { describe, expect, test } from 'bun:test';
import { failureOf } from '../../../test/conformance/samples.ts';
import { StorageUnavailable } from '../storage-error.ts';
import type { LedgerLookups } from './book/ledger-lookups.ts';
import { DurableBook } from './durable-book.ts';
import type { JournalPosition } from './journal/journal.ts';
import { readFrame } from './journal/journal-frame.ts';
import type { LedgerEffect } from './journal/ledger-effect.ts';
import { DiskFull, type Segment } from './journal/segment.ts';

const WALLET = 'team-1';

/** A journal and tables that hold what they were told to, and fail as they are told. */
class FailingDisk {
  isJournalFull = false;
  areTablesFull = false;
  /** While it is set, tables are not brought up to date. */
  rest: Promise<void> | undefined;
  readonly #durable: LedgerEffect[] = [];
  readonly #wallets = new Map<string, bigint>();
  readonly #grants = new Set<string>();
  #applied = 0;

  readonly segment: Segment = {
    number: 1,
    append: async (frame) => {
      if (this.isJournalFull) throw new DiskFull('no room');
      this.#durable.push(...(readFrame(Buffer.from(frame), 0)?.effects ?? []));
    },
    close: async () => {},
  };

  readonly apply = async ({ effects }: JournalPosition): Promise<number> => {
    await this.rest;
    if (this.areTablesFull) throw new StorageUnavailable('broken', 'not-done', 'no room');
    for (const effect of this.#durable.slice(this.#applied, effects)) {
      if (effect.kind === 'wallet') this.#wallets.set(effect.walletId, 0n);
      if (effect.kind !== 'credit') continue;
      const before = this.#wallets.get(effect.walletId) ?? 0n;
      this.#wallets.set(effect.walletId, before + BigInt(effect.availableTicks));
      this.#grants.add(effect.transactionId);
    }
    this.#applied = effects;
    return effects;
  };

  readonly lookups = {
    greatestRequestId: () => '',
    hasGrant: (transactionId: string) => this.#grants.has(transactionId),
    wallet: (walletId: string) => {
      const availableTicks = this.#wallets.get(walletId);
      return availableTicks === undefined ? undefined : { availableTicks, heldTicks: 0n };
    },
  } as LedgerLookups;
}

async function open() {
  const disk = new FailingDisk();
  const book = new DurableBook({
    position: { effects: 0, segment: 1, bytes: 0 },
    firstSegment: disk.segment,
    createSegment: async () => disk.segment,
    limits: { maximumWaiting: 100, deadlineMs: 60_000, firstSegmentBytes: 100_000, segmentBytes: 100_000 },
    lookups: disk.lookups,
    apply: disk.apply,
  });
  const grant = (transactionId: string, amountTicks: bigint) =>
    book.carryOut((ledger) =>
      ledger.grant({ transactionId, walletId: WALLET, amountTicks, memo: '', atMs: 1 }),
    );
  await book.carryOut((ledger) => ledger.openWallet(WALLET, 1));
  await grant('first', 100n);
  return { disk, book, grant };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('the way back after a full disk', () => {
  test('what was not written was not done: the next command is decided on what is durable', async () => {
    const { disk, book, grant } = await open();
    disk.isJournalFull = true;
    expect(await failureOf(grant('lost', 50n))).toMatchObject({ outcome: 'not-done' });
    disk.isJournalFull = false;
    expect(await grant('second', 7n)).toMatchObject({ outcome: 'done', balance: { availableTicks: 107n } });
    expect(await grant('lost', 50n)).toMatchObject({ outcome: 'done', balance: { availableTicks: 157n } });
    expect(await grant('first', 100n)).toMatchObject({ outcome: 'exists' });
    await book.close();
  });

  test('what was built upon it is not done either', async () => {
    const { disk, book, grant } = await open();
    disk.isJournalFull = true;
    const both = await Promise.all([failureOf(grant('lost', 50n)), failureOf(grant('upon it', 5n))]);
    expect(both).toMatchObject([{ outcome: 'not-done' }, { outcome: 'not-done' }]);
    disk.isJournalFull = false;
    expect(await grant('upon it', 5n)).toMatchObject({ outcome: 'done', balance: { availableTicks: 105n } });
    await book.close();
  });

  test('nobody decides or reads before the tables hold all that is durable', async () => {
    const { disk, book, grant } = await open();
    const behind = Promise.withResolvers<void>();
    disk.rest = behind.promise;
    disk.isJournalFull = true;
    await failureOf(grant('lost', 50n));
    disk.isJournalFull = false;
    const answered: unknown[] = [];
    const asked = [
      book.read((ledger) => ledger.balance(WALLET)).then((balance) => answered.push(balance)),
      grant('second', 7n).then(({ balance }) => answered.push(balance)),
    ];
    for (let turns = 0; turns < 5; turns += 1) await turn();
    expect(answered).toEqual([]);
    behind.resolve();
    await Promise.all(asked);
    expect(answered).toEqual([
      { availableTicks: 100n, heldTicks: 0n },
      { availableTicks: 107n, heldTicks: 0n },
    ]);
    await book.close();
  });

  test('tables that are full too turn everybody away, with nothing done, until they have room', async () => {
    const { disk, book, grant } = await open();
    disk.isJournalFull = true;
    disk.areTablesFull = true;
    await failureOf(grant('lost', 50n));
    disk.isJournalFull = false;
    for (let attempt = 0; attempt < 2; attempt += 1)
      expect(await failureOf(grant('second', 7n))).toMatchObject({ outcome: 'not-done' });
    disk.areTablesFull = false;
    expect(await grant('second', 7n)).toMatchObject({ outcome: 'done', balance: { availableTicks: 107n } });
    await book.close();
  });
});
