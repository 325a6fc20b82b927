import type { Invariant } from '../invariant.ts';
import { Violation } from '../violation.ts';

/** A request waits for a head, a piece, a reader, a sign of life, an answer's end and a ledger; and some to spare. */
const TIMERS_PER_REQUEST = 12;
/** What reads the catalogue again, without a request of its own. */
const OTHER_TIMERS = 3;
/** A request that is over may leave a settlement or a release in the background, and the end of its key. */
const TIMERS_LEFT = { withKey: 2, withoutKey: 1 };
/** Pieces of text that were read and not handed over: one is being written, one lies ready, one is on its way. */
const PIECES_BETWEEN = 3;

/** No queue, buffer or timer grows with what others do. */
export const bounds: Invariant = {
  name: '12 bounds',
  afterStep(world) {
    for (const { owner, timers, exchanges } of world.liveReplicas()) {
      let left = 0;
      for (const call of world.calls.values()) {
        if (call.owner !== owner) continue;
        left += call.plan.idempotency === undefined ? TIMERS_LEFT.withoutKey : TIMERS_LEFT.withKey;
      }
      const most = TIMERS_PER_REQUEST * exchanges + OTHER_TIMERS + left;
      if (timers > most)
        throw new Violation(bounds.name, '', `${owner} has ${timers} timers for ${exchanges} requests`);
    }
  },
  afterDelivery(_world, { plan, upstream, body, status }) {
    if (!plan.stream || upstream === undefined || status !== 200) return;
    const ahead = new Set<number>();
    let characters = 0;
    for (const event of upstream.events) {
      characters += event.characters;
      if (event.characters > 0 && characters > body.characters) ahead.add(event.piece);
    }
    if (ahead.size > PIECES_BETWEEN)
      throw new Violation(bounds.name, plan.id, `${ahead.size} pieces were read ahead of the reader`);
  },
};
