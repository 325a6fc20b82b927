import type { Clock } from '../ports/clock.ts';
import { HEARTBEAT } from '../protocol/server-sent-events/write-events.ts';
import { HEARTBEAT_MS, READER_STALL_MS } from './deadlines.ts';
import type { Ending } from './ending.ts';
import { Watchdog } from './watchdog.ts';

/**
 * Turns a generator of text into a response body: one part is made for each one the reader takes, a sign of life
 * goes out while nothing else does, and a reader that goes away or sleeps for ever ends the generator. A reader that
 * has waited long for the head already (`isLate`) gets the first sign with it.
 */
export function streamAnswer(
  clock: Clock,
  ending: Ending,
  parts: AsyncGenerator<string, void>,
  { isLate = false } = {},
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const heartbeat = encoder.encode(HEARTBEAT);
  // Begun at once, so that the generator's `finally` runs even if nobody ever reads.
  let upcoming: Promise<IteratorResult<string, void>> | undefined = parts.next();
  upcoming.catch(() => {});
  let hasLeft = false;
  let isCancelled = false;
  let beat = () => {};

  // Two watchdogs for the whole stream, and no timer for each part of it.
  const reader = new Watchdog(clock, READER_STALL_MS, () => {
    ending.end('client-gone');
    leave();
  });
  const silence = new Watchdog(clock, HEARTBEAT_MS, () => beat());
  const stopWatching = () => {
    reader.stop();
    silence.stop();
  };
  const leave = () => {
    hasLeft = true;
    stopWatching();
    parts.return().catch(() => {});
  };
  const leaveWithReader = () => {
    if (ending.reason === 'client-gone') leave();
  };
  ending.signal.addEventListener('abort', leaveWithReader, { once: true });
  reader.watch();
  // A signal that is aborted already tells nobody any more.
  leaveWithReader();

  return new ReadableStream<Uint8Array>({
    start(controller) {
      if (isLate) controller.enqueue(heartbeat);
      // A reader that has not taken the last sign of life needs no further one.
      beat = () => {
        if ((controller.desiredSize ?? 0) > 0) controller.enqueue(heartbeat);
      };
    },
    async pull(controller) {
      reader.rest();
      silence.watch();
      try {
        const { done, value } = await (upcoming ?? parts.next());
        upcoming = undefined;
        // To a body that was cancelled nothing can be added, not even its end.
        if (isCancelled) return;
        if (done) {
          stopWatching();
          controller.close();
        } else {
          controller.enqueue(encoder.encode(value));
          if (!hasLeft) reader.watch();
        }
      } catch (reason) {
        stopWatching();
        throw reason;
      } finally {
        silence.rest();
      }
    },
    cancel() {
      isCancelled = true;
      ending.end('client-gone');
      leave();
    },
  });
}
