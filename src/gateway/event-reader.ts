import type { Clock } from '../ports/clock.ts';
import { EventParser, type ServerSentEvent } from '../protocol/server-sent-events/parse-events.ts';
import { UPSTREAM_STALL_MS } from './deadlines.ts';
import type { Ending } from './ending.ts';
import { Watchdog } from './watchdog.ts';

/** Until an upstream that has said [DONE] has closed its answer too. */
const LAST_READ_MS = 1_000;

/** The connection broke, was ended here, or an event was too long. What came before it was read. */
export type BrokenStream = 'the connection broke' | 'an event is too long';

/** Who takes the events of a stream. */
export interface EventTaker<Taken> {
  /** What becomes of a piece that begins an event, where the taker knows it without reading it; else undefined. */
  readonly takePiece: (piece: Uint8Array) => Taken | Promise<Taken> | undefined;
  /** What becomes of the events of one piece; undefined at the end of the stream. */
  readonly take: (events: readonly ServerSentEvent[] | undefined) => Taken | Promise<Taken>;
  /** What becomes of a stream that broke. */
  readonly broken: (reason: BrokenStream) => Taken;
}

/**
 * The events of an upstream's stream, as they arrive. No generator, and events are taken in the turn in which their
 * piece was read: each further promise costs a chunk about as much as all of its reading.
 */
export class EventReader<Taken> {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  readonly #parser = new EventParser();
  readonly #clock: Clock;
  readonly #watchdog: Watchdog;
  readonly #taker: EventTaker<Taken>;
  #saidDone = false;
  #isClosed = false;

  constructor(body: ReadableStream<Uint8Array>, clock: Clock, ending: Ending, taker: EventTaker<Taken>) {
    this.#reader = body.getReader();
    this.#taker = taker;
    this.#clock = clock;
    this.#watchdog = new Watchdog(clock, UPSTREAM_STALL_MS, () => ending.end('stalled'));
  }

  /**
   * What becomes of the next piece of the body that completes any event, or of its end. A stream is broken also when
   * nothing comes for `UPSTREAM_STALL_MS`. One at a time; `close` must follow. Rejects with what the taker throws.
   */
  next(): Promise<Taken> {
    if (this.#parser.tooLong) return this.#readOn();
    this.#watchdog.watch();
    return this.#reader.read().then(this.#readPiece, this.#broken);
  }

  /** Ends the reading and cancels the upstream, unless it had said that it is done. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#watchdog.stop();
    if (this.#saidDone) readToEnd(this.#reader, this.#clock);
    else this.#reader.cancel().catch(() => {});
  }

  readonly #readPiece = ({ done, value: piece }: { done: boolean; value?: Uint8Array | undefined }) => {
    this.#watchdog.rest();
    if (done || piece === undefined) return this.#taker.take(undefined);
    const known = this.#parser.isBetweenEvents ? this.#taker.takePiece(piece) : undefined;
    if (known !== undefined) return known;
    const events = this.#parser.push(piece);
    if (events.length === 0) return this.#readOn();
    this.#saidDone = events.some(isDone);
    return this.#taker.take(events);
  };

  readonly #broken = (): Taken => this.#taker.broken('the connection broke');

  /** A loop, not one promise within the other: an upstream may send pieces without any event for an hour. */
  async #readOn(): Promise<Taken> {
    for (;;) {
      if (this.#parser.tooLong) return this.#taker.broken('an event is too long');
      this.#watchdog.watch();
      const read = await this.#reader.read().catch(() => undefined);
      this.#watchdog.rest();
      if (read === undefined) return this.#broken();
      const { done, value: piece } = read;
      if (done) return this.#taker.take(undefined);
      const events = this.#parser.push(piece);
      if (events.length === 0) continue;
      this.#saidDone = events.some(isDone);
      return this.#taker.take(events);
    }
  }
}

function isDone({ data }: ServerSentEvent): boolean {
  return data.length < 16 && data.trim() === '[DONE]';
}

/** After [DONE] only the end of the body is left. Whoever reads that too can use the connection for the next call. */
function readToEnd(reader: ReadableStreamDefaultReader<Uint8Array>, clock: Clock): void {
  const stopWaiting = clock.after(LAST_READ_MS, () => void reader.cancel().catch(() => {}));
  const drop = async () => {
    while (!(await reader.read()).done);
  };
  drop()
    .catch(() => {})
    .finally(stopWaiting);
}
