import type { Clock } from '../ports/clock.ts';
import { HEARTBEAT } from '../protocol/server-sent-events/write-events.ts';
import { HEARTBEAT_MS, READER_STALL_MS } from './deadlines.ts';
import type { Ending } from './ending.ts';
import { Watchdog } from './watchdog.ts';

/** A text, or its bytes in UTF-8. */
export type Part = string | Uint8Array;

/** An answer that is made part by part. */
export interface AnswerParts {
  /** The next part; undefined at the end. Asked for one at a time. */
  next(): Promise<Part | undefined>;
  /** Nobody will ask any more. A part that is being made is still made. */
  leave(): void;
}

/**
 * Turns parts into a response body: one part is made for each one the reader takes, a sign of life
 * goes out while nothing else does, and a reader that goes away or sleeps for ever leaves. A reader that
 * has waited long for the head already (`isLate`) gets the first sign with it.
 */
export function streamAnswer(
  clock: Clock,
  ending: Ending,
  parts: AnswerParts,
  { isLate = false } = {},
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const heartbeat = encoder.encode(HEARTBEAT);
  // Begun at once: the upstream answers whether somebody reads already or not.
  let upcoming: Promise<Part | undefined> | undefined = parts.next();
  upcoming.catch(() => {});
  let hasLeft = false;
  let isGivenUp = false;
  let isCancelled = false;
  let beat = () => {};

  // Two watchdogs for the whole stream, and no timer for each part of it.
  const reader = new Watchdog(clock, READER_STALL_MS, () => {
    ending.end('client-gone');
    isGivenUp = true;
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
    parts.leave();
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
    pull(controller) {
      reader.rest();
      silence.watch();
      const part = upcoming ?? parts.next();
      upcoming = undefined;
      return part.then(
        (made) => {
          silence.rest();
          // To a body that was cancelled nothing can be added, not even its end.
          if (isCancelled) return;
          if (made === undefined) {
            stopWatching();
            // A reader that was given up and comes back must not take what it has for the whole answer.
            if (isGivenUp) controller.error(new Error('the reader was given up'));
            else controller.close();
          } else {
            controller.enqueue(typeof made === 'string' ? encoder.encode(made) : made);
            if (!hasLeft) reader.watch();
          }
        },
        (reason) => {
          stopWatching();
          throw reason;
        },
      );
    },
    cancel() {
      isCancelled = true;
      ending.end('client-gone');
      leave();
    },
  });
}
