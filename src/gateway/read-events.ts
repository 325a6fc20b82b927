import type { Clock } from '../ports/clock.ts';
import { EventParser, type ServerSentEvent } from '../protocol/server-sent-events/parse-events.ts';
import { UPSTREAM_STALL_MS } from './deadlines.ts';
import type { Ending } from './ending.ts';
import type { Stopwatch } from './stopwatch.ts';
import { Watchdog } from './watchdog.ts';

/** Until an upstream that has said [DONE] has closed its answer too. */
const LAST_READ_MS = 1_000;

/** The connection broke, was ended here, or an event was too long. What came before it was yielded. */
export class BrokenStream extends Error {
  override readonly name = 'BrokenStream';
}

/**
 * The events of an upstream's stream, as they arrive: one list for each piece of the body that completed any.
 * Throws `BrokenStream`, also when nothing comes for `UPSTREAM_STALL_MS`. Ending the loop cancels the upstream,
 * unless it had said that it is done.
 */
export async function* readEvents(
  body: ReadableStream<Uint8Array>,
  clock: Clock,
  ending: Ending,
  stopwatch: Stopwatch,
): AsyncGenerator<ServerSentEvent[]> {
  const reader = body.getReader();
  const parser = new EventParser();
  const watchdog = new Watchdog(clock, UPSTREAM_STALL_MS, () => ending.end('stalled'));
  let saidDone = false;
  try {
    for (;;) {
      watchdog.watch();
      const fromMs = clock.monotonicMs();
      const { done, value: piece } = await reader.read().catch(broken);
      stopwatch.addOthers(clock.monotonicMs() - fromMs);
      watchdog.rest();
      if (done) return;
      const events = parser.push(piece);
      saidDone = events.some(({ data }) => data.length < 16 && data.trim() === '[DONE]');
      if (events.length > 0) yield events;
      if (parser.tooLong) throw new BrokenStream('an event is too long');
    }
  } finally {
    watchdog.stop();
    if (saidDone) readToEnd(reader, clock);
    else reader.cancel().catch(() => {});
  }
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
