import type { Invariant } from '../invariant.ts';
import type { ObservedCall } from '../observed-call.ts';
import { Violation } from '../violation.ts';

/** Upstreams that one request may be sent to. */
const CALLS_AT_MOST = 3;

/**
 * A request is sent to another upstream only where the one before failed by its own fault and before it began to answer:
 * never two at a time, never after its caller has gone or was cut off, and no more than three.
 */
export const askedAgain: Invariant = {
  name: '24 asked again',
  onUpstreamCall(_world, call) {
    const before = call.upstreams.at(-2);
    if (before === undefined) return;
    if (call.upstreams.length > CALLS_AT_MOST)
      fail(call, `it was sent to ${call.upstreams.length} upstreams`);
    const { stream, answer } = call.plan;
    // A page, or an error in place of a stream, is no answer whatever its status says.
    const isDocument = answer.head === 'page' || (stream && answer.ending === 'error-inside');
    if (before.status === 200 && !isDocument)
      fail(call, 'it was sent to another upstream after one had begun to answer');
    const isCallersFault = before.status === 400 || before.status === 422;
    // Without a share the sentence is about the operator's own account.
    if (isCallersFault && answer.cachedShare !== 0)
      fail(call, 'what was refused for its own sake was sent on');
    if (before.status === undefined && before.end === undefined)
      fail(call, 'two upstreams were asked at once');
    if (call.leftMs !== undefined || call.has('client-gone'))
      fail(call, 'it was sent on after its client left');
  },
};

function fail({ plan }: ObservedCall, what: string): never {
  throw new Violation(askedAgain.name, plan.id, what);
}
