import type { Invariant, Observed } from '../invariant.ts';
import type { ObservedCall } from '../observed-call.ts';
import { Violation } from '../violation.ts';

/** What a client must never see: an upstream's own words about its operator, and secrets of any kind. */
const NOT_FOR_CLIENTS = ['canary-upstream', 'sk-canary', 'canary-prompt'];

/** No prompt, answer or secret is in a log line; no secret of an operator or of another caller in an answer. */
export const silence: Invariant = {
  name: '14 silence',
  onLog(world, { event, text }) {
    const secret = ['canary-', ...secretsIn(world)].find((one) => text.includes(one));
    if (secret !== undefined) throw new Violation(silence.name, '', `the log line ${event} holds ${secret}`);
  },
  afterDelivery(world, call) {
    const secret = [...NOT_FOR_CLIENTS, ...secretsIn(world)].find((one) => call.body.text.includes(one));
    if (secret !== undefined) throw new Violation(silence.name, call.plan.id, `its answer holds ${secret}`);
  },
  onUpstreamCall(world, call: ObservedCall) {
    const secret = secretsIn(world).find((one) => call.sentToUpstream.includes(one));
    if (secret !== undefined)
      throw new Violation(silence.name, call.plan.id, 'its key was sent to the upstream');
  },
};

function secretsIn({ plan }: Observed): string[] {
  return plan.accounts.flatMap(({ keys }) => keys.map(({ text }) => text));
}
