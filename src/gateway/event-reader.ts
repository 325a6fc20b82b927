import type { Clock } from '../ports/clock.ts';
import { EventParser, type ServerSentEvent } from '../protocol/server-sent-events/parse-events.ts';
import { UPSTREAM_STALL_MS } from './deadlines.ts';
import type { Ending } from './ending.ts';
import { Watchdog } from './watchdog.ts';

/** Until an upstream that has said [DONE] has closed its answer too. */
const LAST_READ_MS = 1_000;

/** The connection broke, was ended here, or an event was too long. What came before it was read. */
export class BrokenStream extends Error {
  override readonly name = 'BrokenStream';
}

/** The events of an upstream's stream, as they arrive. No generator: that costs a chunk more than all of its reading. */
export class EventReader {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  readonly #parser = new EventParser();
  readonly #clock: Clock;
  readonly #watchdog: Watchdog;
  #saidDone = false;
  #isClosed = false;

  constructor(body: ReadableStream<Uint8Array>, clock: Clock, ending: Ending) {
    this.#reader = body.getReader();
    this.#clock = clock;
    this.#watchdog = new Watchdog(clock, UPSTREAM_STALL_MS, () => ending.end('stalled'));
  }

  /**
   * One list for the next piece of the body that completes any; undefined at the end. Rejects with `BrokenStream`, also
   * when nothing comes for `UPSTREAM_STALL_MS`. One at a time; `close` must follow.
   */
  next(): Promise<readonly ServerSentEvent[] | undefined> {
    if (this.#parser.tooLong) return Promise.reject(new BrokenStream('an event is too long'));
    this.#watchdog.watch();
    return this.#reader.read().then(this.#readPiece, broken);
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
    if (done || piece === undefined) return undefined;
    const events = this.#parser.push(piece);
    if (events.length === 0) return this.#readOn();
    this.#saidDone = events.some(isDone);
    return events;
  };

  /** A loop, not one promise within the other: an upstream may send pieces without any event for an hour. */
  async #readOn(): Promise<readonly ServerSentEvent[] | undefined> {
    for (;;) {
      if (this.#parser.tooLong) throw new BrokenStream('an event is too long');
      this.#watchdog.watch();
      const { done, value: piece } = await this.#reader.read().catch(broken);
      this.#watchdog.rest();
      if (done) return undefined;
      const events = this.#parser.push(piece);
      if (events.length === 0) continue;
      this.#saidDone = events.some(isDone);
      return events;
    }
  }
}

function isDone({ data }: ServerSentEvent): boolean {
  return data.length < 16 && data.trim() === '[DONE]';
}

function broken(): never {
  throw new BrokenStream('the connection broke');
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
