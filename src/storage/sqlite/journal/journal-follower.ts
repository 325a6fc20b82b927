import { StorageUnavailable } from '../../storage-error.ts';
import type { JournalPosition } from './journal.ts';

/**
 * How long the tables may lag behind the journal when nobody asks for them. The longer, the more effects share a
 * transaction: a wallet or a day that changed a hundred times is written once. Where a thousand teams call at once, a
 * batch four times as large halves what the tables cost.
 */
const REST_MS = 1_000;

/** So many effects are applied without a rest. */
const BUSY_EFFECTS = 8_192;

/** Pause after a failure; the tables of a full disk are tried again and again. */
const RETRY_MS = 500;

/** Effects by which the tables may lag. They are kept in memory and on the disk, about a kilobyte each. */
const MAXIMUM_LAG = 100_000;

interface Waiting {
  readonly effects: number;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/** Brings the tables up to the journal: in the background, and at once for whoever wants to read them. */
export class JournalFollower {
  readonly #apply: (upTo: JournalPosition) => Promise<number>;
  readonly #onApplied: (effects: number) => void;
  #durable: JournalPosition;
  #applied: number;
  #isApplying = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #waiting: Waiting[] = [];
  #isClosed = false;

  /** `apply` answers how many effects are applied then, which may be fewer than asked for. */
  constructor(
    from: JournalPosition,
    apply: (upTo: JournalPosition) => Promise<number>,
    onApplied: (effects: number) => void,
  ) {
    this.#durable = from;
    this.#applied = from.effects;
    this.#apply = apply;
    this.#onApplied = onApplied;
  }

  /** The journal goes up to here. */
  follow(position: JournalPosition): void {
    this.#durable = position;
    if (this.#isApplying) return;
    if (position.effects - this.#applied >= BUSY_EFFECTS) this.#applySome();
    else this.#rest(REST_MS);
  }

  /** Throws `StorageUnavailable` when the tables lag too far behind for more to be taken. */
  assertKeepsUp(): void {
    if (this.#durable.effects - this.#applied < MAXIMUM_LAG) return;
    throw new StorageUnavailable('overloaded', 'not-done', 'the tables lag behind the journal');
  }

  /** Resolves when the tables hold all that is durable now; undefined when they do. Rejects when that fails. */
  caughtUp(): Promise<void> | undefined {
    const { effects } = this.#durable;
    if (this.#applied >= effects) return undefined;
    return new Promise((resolve, reject) => {
      this.#waiting.push({ effects, resolve, reject });
      this.#applySome();
    });
  }

  /** Nothing is left to apply. */
  get isDone(): boolean {
    return this.#applied >= this.#durable.effects;
  }

  /** Applies what is left, as far as that can be done. */
  async close(): Promise<void> {
    await this.caughtUp()?.catch(() => {});
    this.#isClosed = true;
    clearTimeout(this.#timer);
  }

  #rest(pauseMs: number): void {
    if (this.#isClosed) return;
    this.#timer ??= setTimeout(() => this.#applySome(), pauseMs);
  }

  #applySome(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#isApplying || this.#isClosed) return;
    this.#isApplying = true;
    this.#apply(this.#durable).then(
      (applied) => this.#goOn(applied),
      (error) => this.#stumble(error),
    );
  }

  #goOn(applied: number): void {
    this.#isApplying = false;
    this.#applied = applied;
    this.#onApplied(applied);
    for (const waiting of this.#waiting) if (waiting.effects <= applied) waiting.resolve();
    this.#waiting = this.#waiting.filter((waiting) => waiting.effects > applied);
    const lag = this.#durable.effects - applied;
    if (this.#waiting.length > 0 || lag >= BUSY_EFFECTS) this.#applySome();
    else if (lag > 0) this.#rest(REST_MS);
  }

  #stumble(error: Error): void {
    this.#isApplying = false;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const { reject } of waiting) reject(error);
    this.#rest(RETRY_MS);
  }
}
