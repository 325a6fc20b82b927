import type { Invariant } from '../invariant.ts';
import { Violation } from '../violation.ts';

/** When nothing new comes, everything comes to its end: every hold, call, timer, wait and client. */
export const quietEnd: Invariant = {
  name: '15 quiet end',
  atEnd(world) {
    const open = [...world.state.holds.values()].find(({ state }) => state === 'held');
    if (open !== undefined) fail(open.holdId, 'its hold is open at the end');
    for (const { owner, exchanges, timers } of world.liveReplicas()) {
      if (exchanges > 0) fail('', `${owner} has ${exchanges} requests open at the end`);
      if (timers > 0) fail('', `${owner} has ${timers} timers at the end`);
    }
    if (world.parkedCount() > 0) fail('', `${world.parkedCount()} calls are parked at the end`);
    for (const call of world.calls.values()) {
      if (call.fate === 'open') fail(call.plan.id, 'its client waits for ever');
      if (call.owner !== undefined && !call.has('crash') && call.overCount !== 1)
        fail(call.plan.id, `what it holds was let go ${call.overCount} times`);
    }
    for (const { plan, upstreams } of world.calls.values()) {
      if (upstreams.some(({ end }) => end === undefined))
        fail(plan.id, 'its upstream call is open at the end');
    }
  },
};

function fail(request: string, detail: string): never {
  throw new Violation(quietEnd.name, request, detail);
}
