import type { Invariant } from '../invariant.ts';
import { Violation } from '../violation.ts';

/** Until a client that left has its upstream cancelled. */
const CANCELLED_WITHIN_MS = 1_000;

/** After a client leaves, nobody generates for it any more. */
export const cancellation: Invariant = {
  name: '11 cancellation',
  afterStep({ calls, nowMs }) {
    for (const { leftMs, upstream, plan } of calls.values()) {
      if (leftMs === undefined || upstream === undefined || upstream.end !== undefined) continue;
      // What has said that it is done is read to its end, for a second.
      const sinceMs = Math.max(leftMs, upstream.beganMs);
      if (nowMs - sinceMs > CANCELLED_WITHIN_MS + 1_000)
        throw new Violation(
          cancellation.name,
          plan.id,
          `its upstream runs on ${nowMs - sinceMs} ms after its client left`,
        );
    }
  },
};
