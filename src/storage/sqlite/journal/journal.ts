import { StorageUnavailable } from '../../storage-error.ts';
import { FrameWriter } from './journal-frame.ts';
import type { LedgerEffect } from './ledger-effect.ts';
import { DiskFull, type Segment } from './segment.ts';

export interface JournalLimits {
  /** Effects that may wait to be written; commands beyond are turned away at once. */
  readonly maximumWaiting: number;
  /** Nobody waits longer for the disk. */
  readonly deadlineMs: number;
  /** Room of the first segment, which a start waits for, and of the ones after it. */
  readonly firstSegmentBytes: number;
  readonly segmentBytes: number;
}

/** Up to where the journal goes: so many effects, which end at this byte of this segment. */
export interface JournalPosition {
  readonly effects: number;
  readonly segment: number;
  readonly bytes: number;
}

export interface JournalParts {
  readonly createSegment: (number: number, roomBytes: number) => Promise<Segment>;
  readonly limits: JournalLimits;
  /** Called after each frame, when it is durable. */
  readonly onDurable: (position: JournalPosition) => void;
  /** What waited was not written and never will be: whoever built upon it has to go back to what is durable. */
  readonly onLost: () => void;
}

/**
 * A busy journal begins a write no sooner than so long after the one before: the longer, the more the last frame held.
 * Handing a write to the system's threads and hearing of it costs as much as a few dozen effects do, and what goes on
 * together afterwards is cheaper than one by one. A crowd that shares it waits a few milliseconds at most, and whoever
 * is alone waits for nobody.
 */
const GATHER_MS_FOR_EACH_EFFECT = 0.5;
const GATHER_MS_AT_MOST = 4;

/**
 * Makes effects durable in the order in which they were decided. An idle journal writes at once; what is decided while
 * a write is under way goes into the next frame, so a lone command waits for one write of its own and a crowd shares
 * them.
 */
export class Journal {
  readonly #parts: JournalParts;
  readonly #frames = new FrameWriter();
  #segment: Segment;
  #roomBytes: number;
  /** Made while the one in use still has room. */
  #nextSegment: Promise<Segment> | undefined;
  #position: JournalPosition;
  /** What the next frame holds. */
  #next: Batch | undefined;
  #writing: Batch | undefined;
  #isScheduled = false;
  #begunAtMs = 0;
  /** How long more is gathered after a write began; nothing where effects come one at a time. */
  #gatherMs = 0;
  #ended: { readonly reason: 'closed' | 'broken'; readonly detail: string } | undefined;

  constructor(segment: Segment, effects: number, parts: JournalParts) {
    this.#segment = segment;
    this.#roomBytes = parts.limits.firstSegmentBytes;
    this.#position = { effects, segment: segment.number, bytes: 0 };
    this.#parts = parts;
  }

  /** Throws `StorageUnavailable`, with nothing done, when no command can be taken now. */
  assertTakesMore(): void {
    this.assertOpen();
    if ((this.#next?.lines.length ?? 0) >= this.#parts.limits.maximumWaiting)
      throw new StorageUnavailable('overloaded', 'not-done', 'too much waits for the disk');
  }

  /** Throws `StorageUnavailable` when it was closed, or failed for good. */
  assertOpen(): void {
    if (this.#ended === undefined) return;
    throw new StorageUnavailable(this.#ended.reason, 'not-done', this.#ended.detail);
  }

  /** Adds to the next frame. Answers the number of the effect: they are counted from 1 over the life of the database. */
  append(effect: LedgerEffect): number {
    this.#next ??= new Batch(this.#parts.limits.deadlineMs);
    const count = this.#next.lines.push(JSON.stringify(effect));
    this.#schedule();
    return this.#position.effects + (this.#writing?.lines.length ?? 0) + count;
  }

  /** Resolves when all that was appended up to now is durable. Rejects with `StorageUnavailable`. */
  settled(): Promise<void> | undefined {
    return (this.#next ?? this.#writing)?.promise;
  }

  /** Writes what waits and takes nothing more. */
  async close(): Promise<void> {
    this.#ended ??= { reason: 'closed', detail: 'the storage is closed' };
    await this.settled()?.catch(() => {});
    await this.#segment.close();
    await this.#nextSegment?.then((next) => next.close()).catch(() => {});
  }

  /** In the same turn of the event loop more is decided, which goes into the same frame. */
  #schedule(): void {
    if (this.#isScheduled || this.#writing !== undefined) return;
    this.#isScheduled = true;
    const write = () => {
      this.#isScheduled = false;
      void this.#write();
    };
    const leftMs = this.#gatherMs === 0 ? 0 : this.#begunAtMs + this.#gatherMs - performance.now();
    if (leftMs > 0) setTimeout(write, leftMs);
    else setImmediate(write);
  }

  async #write(): Promise<void> {
    const batch = this.#next;
    if (batch === undefined || this.#writing !== undefined) return;
    this.#writing = batch;
    this.#next = undefined;
    this.#begunAtMs = performance.now();
    const count = batch.lines.length;
    this.#gatherMs = count > 1 ? Math.min(count * GATHER_MS_FOR_EACH_EFFECT, GATHER_MS_AT_MOST) : 0;
    try {
      const frame = this.#frames.write(this.#position.effects + 1, batch.lines);
      if (this.#position.bytes + frame.length > this.#roomBytes) await this.#beginSegment();
      await this.#segment.append(frame);
      this.#position = {
        effects: this.#position.effects + batch.lines.length,
        segment: this.#segment.number,
        bytes: this.#position.bytes + frame.length,
      };
    } catch (error) {
      this.#lose(batch, error);
      return;
    }
    this.#writing = undefined;
    this.#parts.onDurable(this.#position);
    batch.resolve();
    if (this.#position.bytes > this.#roomBytes / 2) void this.#makeNextSegment();
    if (this.#next !== undefined) this.#schedule();
  }

  async #beginSegment(): Promise<void> {
    const next = await this.#makeNextSegment();
    this.#nextSegment = undefined;
    await this.#segment.close();
    this.#segment = next;
    this.#roomBytes = this.#parts.limits.segmentBytes;
    this.#position = { ...this.#position, segment: next.number, bytes: 0 };
  }

  #makeNextSegment(): Promise<Segment> {
    const { createSegment, limits } = this.#parts;
    if (this.#nextSegment !== undefined) return this.#nextSegment;
    const next = createSegment(this.#segment.number + 1, limits.segmentBytes);
    this.#nextSegment = next;
    // What waits for it hears of a failure; the next one to need it tries again.
    void next.catch(() => {
      if (this.#nextSegment === next) this.#nextSegment = undefined;
    });
    return next;
  }

  /**
   * A full disk is the only failure after which it is known what is durable: all before the frame. After any other one
   * nobody knows, and a ledger that stops is better than one that guesses; the next start finds out.
   */
  #lose(batch: Batch, error: unknown): void {
    const detail = error instanceof Error ? error.message : String(error);
    const isKnown = error instanceof DiskFull;
    if (!isKnown) this.#ended ??= { reason: 'broken', detail: `the ledger's journal failed: ${detail}` };
    const waiting = this.#next;
    this.#next = undefined;
    this.#writing = undefined;
    // Before anybody hears of it: whoever asks next must meet what is durable.
    this.#parts.onLost();
    const lost = new StorageUnavailable('broken', isKnown ? 'not-done' : 'unknown', detail);
    batch.reject(lost);
    waiting?.reject(new StorageUnavailable('broken', 'not-done', detail));
  }
}

/** The effects of one frame, and everybody who waits for it. */
class Batch {
  readonly lines: string[] = [];
  readonly promise: Promise<void>;
  readonly #deadline: ReturnType<typeof setTimeout>;
  #settle: { resolve: () => void; reject: (error: Error) => void } = { resolve() {}, reject() {} };

  constructor(deadlineMs: number) {
    this.promise = new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
    });
    // Not everybody who appends waits; a rejection that nobody waits for is no accident.
    this.promise.catch(() => {});
    this.#deadline = setTimeout(() => {
      this.#settle.reject(new StorageUnavailable('deadline', 'unknown', 'the disk did not answer in time'));
    }, deadlineMs);
  }

  resolve(): void {
    clearTimeout(this.#deadline);
    this.#settle.resolve();
  }

  reject(error: Error): void {
    clearTimeout(this.#deadline);
    this.#settle.reject(error);
  }
}
