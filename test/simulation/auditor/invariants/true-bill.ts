import type { Invariant } from '../invariant.ts';
import type { ObservedCall } from '../observed-call.ts';
import { Violation } from '../violation.ts';

/** The bill that a client reads is what its account was charged, and was durable before it was read. */
export const trueBill: Invariant = {
  name: '17 true bill',
  afterDelivery(world, call) {
    const said = billIn(call);
    if (said === undefined || call.endsUnheard > call.endsHeard) return;
    const hold = world.books.holds.get(call.plan.id);
    if (hold === undefined || hold.state === 'held') fail(call, 'it was told its bill before it was charged');
    if (BigInt(said) !== hold.charged) fail(call, `it was told ${said} and charged ${hold.charged}`);
  },
};

function billIn(call: ObservedCall): number | undefined {
  if (call.status !== 200 || call.isReplayed) return undefined;
  if (!call.plan.stream) return costOf(call.body.text);
  const usage = call.body.events.find((event) => event.kind === 'chunk' && event.usage !== undefined);
  return usage?.kind === 'chunk' ? (usage.usage?.cost_in_usd_ticks as number) : undefined;
}

function costOf(text: string): number | undefined {
  return (JSON.parse(text) as { usage?: { cost_in_usd_ticks?: number } }).usage?.cost_in_usd_ticks;
}

function fail({ plan }: ObservedCall, detail: string): never {
  throw new Violation(trueBill.name, plan.id, detail);
}
