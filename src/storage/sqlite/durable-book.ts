import { StorageUnavailable } from '../storage-error.ts';
import { BookPages } from './book/book-pages.ts';
import { LedgerBook } from './book/ledger-book.ts';
import type { LedgerLookups } from './book/ledger-lookups.ts';
import { Journal, type JournalLimits, type JournalPosition } from './journal/journal.ts';
import { JournalFollower } from './journal/journal-follower.ts';
import type { Segment } from './journal/segment.ts';

export interface DurableBookParts {
  /** Up to where the tables go. */
  readonly position: JournalPosition;
  readonly firstSegment: Segment;
  readonly createSegment: (number: number, roomBytes: number) => Promise<Segment>;
  readonly limits: JournalLimits;
  readonly lookups: LedgerLookups;
  /** Brings the tables up to a position, or a part of the way; answers how many effects they hold then. */
  readonly apply: (upTo: JournalPosition) => Promise<number>;
}

/**
 * The ledger as it is at this moment, made durable. A command is decided in memory, written to the journal together with
 * whatever else is decided in that turn, and answered; the tables follow in the background, many commands to a
 * transaction. So what a command waits for is one write to the end of one file, and what it costs does not depend on
 * how large the tables are.
 */
export class DurableBook {
  readonly #pages: BookPages;
  readonly #book: LedgerBook;
  readonly #journal: Journal;
  readonly #follower: JournalFollower;
  /** What was in memory went beyond what is durable and ever will be, so often. */
  #losses = 0;
  /** The losses after which memory was filled again. */
  #recovered = 0;

  constructor({ position, firstSegment, createSegment, limits, lookups, apply }: DurableBookParts) {
    this.#pages = new BookPages(lookups);
    this.#follower = new JournalFollower(position, apply, (effects) => this.#pages.applied(effects));
    this.#journal = new Journal(firstSegment, position.effects, {
      createSegment,
      limits,
      onDurable: (durable) => this.#follower.follow(durable),
      onLost: () => {
        this.#losses += 1;
        this.#pages.clear();
      },
    });
    this.#book = new LedgerBook(this.#pages, (effect) => this.#journal.append(effect));
  }

  /**
   * Decides a command and answers it when all that the answer rests upon is durable. Rejects with `StorageUnavailable`,
   * or with what the command throws.
   */
  async carryOut<Answer>(decide: (book: LedgerBook) => Answer): Promise<Answer> {
    this.#journal.assertTakesMore();
    this.#follower.assertKeepsUp();
    if (this.#recovered < this.#losses) await this.#goBack();
    const answer = decide(this.#book);
    await this.#journal.settled();
    return answer;
  }

  /** Answers from what is decided, durable or about to be. */
  async read<Answer>(look: (book: LedgerBook) => Answer): Promise<Answer> {
    this.#journal.assertOpen();
    if (this.#recovered < this.#losses) await this.#goBack();
    return look(this.#book);
  }

  /** Resolves when the tables hold all that has been answered; undefined when they do. */
  tablesCaughtUp(): Promise<void> | undefined {
    return this.#follower.caughtUp();
  }

  /**
   * For whoever only reads: as `tablesCaughtUp`, but tables that cannot be written, on a full disk, are read as they
   * are. They are whole, and behind.
   */
  async tablesReadable(): Promise<void> {
    await this.#follower.caughtUp()?.catch((error: unknown) => {
      if (!(error instanceof StorageUnavailable)) throw error;
    });
  }

  /** True when the tables hold everything. */
  get isInTables(): boolean {
    return this.#follower.isDone;
  }

  async close(): Promise<void> {
    await this.#journal.close();
    await this.#follower.close();
  }

  /** Back to what is durable: memory is empty, and is filled from the tables when they hold all of it. */
  async #goBack(): Promise<void> {
    while (this.#recovered < this.#losses) {
      const losses = this.#losses;
      await this.#follower.caughtUp();
      this.#recovered = losses;
    }
  }
}
