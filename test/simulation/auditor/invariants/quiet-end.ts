import type { Invariant, Observed } from '../invariant.ts';
import { Violation } from '../violation.ts';

/** When nothing new comes, everything comes to its end: every hold, call, timer, wait and client. */
export const quietEnd: Invariant = {
  name: '15 quiet end',
  whenQuiet(world) {
    const live = new Set(world.liveReplicas().map(({ processId }) => processId));
    for (const { holdId, state, processId } of world.state.holds.values()) {
      if (state === 'held' && live.has(processId))
        fail(holdId, 'its hold is open, and nobody is about to end it');
    }
    checkNothingRuns(world);
  },
  atEnd(world) {
    const open = [...world.state.holds.values()].find(({ state }) => state === 'held');
    if (open !== undefined) fail(open.holdId, 'its hold is open after the last start');
    checkNothingRuns(world);
    for (const call of world.calls.values()) {
      if (call.fate === 'open') fail(call.plan.id, 'its client waits for ever');
      if (call.owner !== undefined && !call.has('crash') && call.overCount !== 1)
        fail(call.plan.id, `what it holds was let go ${call.overCount} times`);
      if (call.upstreams.some(({ end }) => end === undefined))
        fail(call.plan.id, 'its upstream call is open at the end');
    }
  },
};

function checkNothingRuns(world: Observed): void {
  for (const { owner, exchanges, timers } of world.liveReplicas()) {
    if (exchanges > 0) fail('', `${owner} has ${exchanges} requests open at the end`);
    if (timers > 0) fail('', `${owner} has ${timers} timers at the end`);
  }
  if (world.parkedCount() > 0) fail('', `${world.parkedCount()} calls are parked at the end`);
}

function fail(request: string, detail: string): never {
  throw new Violation(quietEnd.name, request, detail);
}
