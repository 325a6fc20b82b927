import type { Invariant } from '../invariant.ts';
import { Violation } from '../violation.ts';

/** A request waits for a head, a piece, a reader, a sign of life, an answer's end and a ledger; and some to spare. */
const TIMERS_PER_REQUEST = 12;
/** What settles late, releases unheard holds or reads the catalogue again, without a request of its own. */
const OTHER_TIMERS = 3;
/** Pieces of an upstream that were read and not handed over: one is under way, one lies ready. */
const PIECES_BETWEEN = 3;

/** No queue, buffer or timer grows with what others do. */
export const bounds: Invariant = {
  name: '12 bounds',
  afterStep(world) {
    for (const { owner, timers, exchanges } of world.liveReplicas()) {
      const requests = [...world.calls.values()].filter((call) => call.owner === owner).length;
      const most = TIMERS_PER_REQUEST * exchanges + OTHER_TIMERS + requests;
      if (timers > most)
        throw new Violation(bounds.name, '', `${owner} has ${timers} timers for ${exchanges} requests`);
    }
  },
  afterDelivery(_world, { plan, upstream, body }) {
    if (!plan.stream || upstream === undefined) return;
    const handedOver = body.events.filter(({ kind }) => kind === 'chunk').length;
    const pieceOf = upstream.events[handedOver]?.piece ?? upstream.pieces;
    if (upstream.pieces - pieceOf > PIECES_BETWEEN + HELD_BACK_PIECES)
      throw new Violation(
        bounds.name,
        plan.id,
        `${upstream.pieces - pieceOf} pieces were read ahead of the reader`,
      );
  },
};

/** Figures and the end of a choice are kept back; pieces that hold nothing else are not seen by the reader. */
const HELD_BACK_PIECES = 120;
