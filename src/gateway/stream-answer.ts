import type { Clock } from '../ports/clock.ts';
import { HEARTBEAT } from '../protocol/server-sent-events/write-events.ts';
import { HEARTBEAT_MS, READER_STALL_MS } from './deadlines.ts';
import type { Ending } from './ending.ts';

/**
 * Turns a generator of text into a response body: one part is made for each one the reader takes, a sign of life
 * goes out while nothing else does, and a reader that goes away or sleeps for ever ends the generator.
 */
export function streamAnswer(
  clock: Clock,
  ending: Ending,
  parts: AsyncGenerator<string, void>,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const heartbeat = encoder.encode(HEARTBEAT);
  // Begun at once, so that the generator's `finally` runs even if nobody ever reads.
  let upcoming: Promise<IteratorResult<string, void>> | undefined = parts.next();
  upcoming.catch(() => {});
  let stopWaitingForReader = () => {};
  let hasLeft = false;
  let isCancelled = false;

  const leave = () => {
    hasLeft = true;
    stopWaitingForReader();
    parts.return().catch(() => {});
  };
  const waitForReader = () => {
    if (hasLeft) return;
    stopWaitingForReader = clock.after(READER_STALL_MS, () => {
      ending.end('client-gone');
      leave();
    });
  };
  const leaveWithReader = () => {
    if (ending.reason === 'client-gone') leave();
  };
  ending.signal.addEventListener('abort', leaveWithReader, { once: true });
  // A signal that is aborted already tells nobody any more.
  leaveWithReader();
  waitForReader();

  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      stopWaitingForReader();
      const stopBeating = repeatedly(clock, HEARTBEAT_MS, () => {
        // A reader that has not taken the last sign of life needs no further one.
        if ((controller.desiredSize ?? 0) > 0) controller.enqueue(heartbeat);
      });
      try {
        const { done, value } = await (upcoming ?? parts.next());
        upcoming = undefined;
        // To a body that was cancelled nothing can be added, not even its end.
        if (isCancelled) return;
        if (done) {
          controller.close();
        } else {
          controller.enqueue(encoder.encode(value));
          waitForReader();
        }
      } finally {
        stopBeating();
      }
    },
    cancel() {
      isCancelled = true;
      ending.end('client-gone');
      leave();
    },
  });
}

function repeatedly(clock: Clock, everyMs: number, act: () => void): () => void {
  let stop = () => {};
  const again = () => {
    stop = clock.after(everyMs, () => {
      act();
      again();
    });
  };
  again();
  return () => stop();
}
