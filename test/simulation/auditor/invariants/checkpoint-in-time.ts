import type { Invariant } from '../invariant.ts';
import { Violation } from '../violation.ts';

/** A crash loses no more of a stream than this; see the promise. */
const CHECKPOINT_MS = 5_000;
/** A tokeniser that is busy counts before anything can be noted. */
const COUNTING_MS = 500;

/** What a running stream used is noted often enough: whenever something comes and the last note is five seconds old. */
export const checkpointInTime: Invariant = {
  name: '19 checkpoint in time',
  afterStep({ calls }) {
    for (const { plan, upstream, lastNoteMs } of calls.values()) {
      if (!plan.stream || upstream === undefined || upstream.end !== undefined) continue;
      const [first, last] = [upstream.events[0], upstream.events.at(-1)];
      // The piece before the last has been dealt with, or the last would not have been read.
      const before = upstream.pieceBeforeMs(last?.piece ?? 0);
      if (first === undefined || before === undefined) continue;
      const sinceMs = before - Math.max(first.atMs, lastNoteMs);
      if (sinceMs >= CHECKPOINT_MS + COUNTING_MS)
        throw new Violation(
          checkpointInTime.name,
          plan.id,
          `the last note was ${sinceMs} ms old when more came`,
        );
    }
  },
};
