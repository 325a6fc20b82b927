import type { Invariant } from '../invariant.ts';
import { Violation } from '../violation.ts';

/** A key that has ended sets nothing aside for calls that come after its process knew of it. */
export const revocation: Invariant = {
  name: '18 revocation',
  onUpstreamCall(world, { plan, owner, arrivedMs }) {
    const knownMs = world.keyEndedMs(owner ?? '', plan.key.id);
    if (knownMs !== undefined && knownMs < arrivedMs)
      throw new Violation(revocation.name, plan.id, `its key ended ${arrivedMs - knownMs} ms before it came`);
  },
  afterStep(world) {
    for (const { plan, owner, upstream, endIssuedMs } of world.calls.values()) {
      const knownMs = world.keyEndedMs(owner ?? '', plan.key.id);
      if (knownMs === undefined || upstream === undefined || upstream.end !== undefined) continue;
      // Nobody can look at a key while the store does not answer, be it slow or away.
      const lookedAtMs = world.keyLookedAtMs(owner ?? '', plan.key.id);
      const sinceMs = Math.max(knownMs, upstream.beganMs, lookedAtMs, endIssuedMs ?? 0);
      if (world.nowMs - sinceMs > ENDED_WITHIN_MS)
        throw new Violation(
          revocation.name,
          plan.id,
          `its upstream runs on ${world.nowMs - sinceMs} ms after its key ended`,
        );
    }
  },
};

/**
 * Once the store has answered: a second until it is asked again, where it could not say. What is done within that second
 * is billed, and has a second more in which it is read to its end.
 */
const ENDED_WITHIN_MS = 1_000;
