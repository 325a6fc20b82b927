import type { Invariant, Observed } from '../invariant.ts';
import type { ObservedCall } from '../observed-call.ts';
import { Violation } from '../violation.ts';

/** In no window of a limit's length are more calls let in than it says, by one process. */
export const admission: Invariant = {
  name: '9 admission',
  afterCommand(world, { name, command }) {
    if (name !== 'hold') return;
    const call = world.calls.get(command.holdId);
    if (call?.firstHoldMs === undefined) return;
    const { model, account, key } = call.plan;
    const asModel = (other: ObservedCall) => other.plan.model === model && other.plan.account === account;
    check(world, call, 'requestsPerSecond', 1_000, model.limits.requestsPerSecond, asModel);
    check(world, call, 'requestsPerMinute', 60_000, model.limits.requestsPerMinute, asModel);
    checkInFlight(world, call, model.limits.requestsInFlight, asModel);
    checkInFlight(world, call, key.requestsInFlight, (other) => other.plan.key === key);
    checkTokens(world, call, model.limits.tokensPerMinute, asModel);
  },
};

type Matches = (other: ObservedCall) => boolean;

function admitted(
  world: Observed,
  call: ObservedCall,
  matches: Matches,
): (ObservedCall & { firstHoldMs: number })[] {
  return [...world.calls.values()].filter(
    (other): other is ObservedCall & { firstHoldMs: number } =>
      other.firstHoldMs !== undefined && other.owner === call.owner && matches(other),
  );
}

function check(
  world: Observed,
  call: ObservedCall,
  name: string,
  lengthMs: number,
  limit: number | undefined,
  matches: Matches,
): void {
  const endMs = call.firstHoldMs;
  if (limit === undefined || endMs === undefined) return;
  const within = admitted(world, call, matches).filter(
    ({ firstHoldMs }) => firstHoldMs > endMs - lengthMs && firstHoldMs <= endMs,
  );
  if (within.length > limit)
    fail(call, `${within.length} calls were let in within ${lengthMs} ms; ${name} is ${limit}`);
}

/**
 * Counted from the hold to the command that ends it: a call is in flight at least that long, unless it was turned away
 * because nobody knew of its hold, which is let go a little later.
 */
function checkInFlight(
  world: Observed,
  call: ObservedCall,
  limit: number | undefined,
  matches: Matches,
): void {
  const atMs = call.firstHoldMs;
  if (limit === undefined || atMs === undefined) return;
  const open = admitted(world, call, matches).filter(
    (other) =>
      other.firstHoldMs <= atMs &&
      other.overCount === 0 &&
      !other.isHoldUnheard &&
      world.books.holds.has(other.plan.id) &&
      (other.endIssuedMs === undefined || other.endIssuedMs > atMs),
  );
  if (open.length > limit) fail(call, `${open.length} calls are in flight; the limit is ${limit}`);
}

/** A call that was let in may wait so long for the second's limit; what ended meanwhile was not known then. */
const PATIENCE_MS = 2_000;

function checkTokens(world: Observed, call: ObservedCall, limit: number | undefined, matches: Matches): void {
  const atMs = call.firstHoldMs;
  if (limit === undefined || atMs === undefined) return;
  const used = admitted(world, call, matches)
    .filter(
      ({ endHeardMs }) =>
        endHeardMs !== undefined && endHeardMs < atMs - PATIENCE_MS && endHeardMs > atMs - 60_000,
    )
    .reduce((sum, { chargedTokens }) => sum + chargedTokens, 0);
  if (used >= limit) fail(call, `it was let in after ${used} tokens in a minute; the limit is ${limit}`);
}

function fail({ plan }: ObservedCall, detail: string): never {
  throw new Violation(admission.name, plan.id, detail);
}
