import { BOUNDED_OVERDRAFT } from '../book-command.ts';
import { heldTicks } from '../books.ts';
import type { Invariant } from '../invariant.ts';
import { MOST_TICKS, measureUsage } from '../measure-usage.ts';
import type { ObservedCall } from '../observed-call.ts';
import type { ChatEvent } from '../read-stream.ts';
import { Violation } from '../violation.ts';

/** A stream that has a limit may go this far beyond it before it is stopped; see the promise on the one bound. */
const BEYOND_LIMIT = 2;
const BEYOND_LIMIT_TOKENS = 64;
/** What a stream's first hold must pay for, unless its caller wants less. */
const FIRST_STEP_TOKENS = 4_096;

/**
 * A hold covers what its request asks for; what a client was handed is paid for by the hold, but for the last piece
 * and what an upstream wrote against our cap; and no account was charged more than it was ever given.
 */
export const boundedOverdraft: Invariant = {
  name: BOUNDED_OVERDRAFT,
  afterCommand({ books, calls }, { name, command }) {
    if (name === 'hold') {
      const call = calls.get(command.holdId);
      const needed = call && leastHold(call);
      if (needed !== undefined && command.amountTicks < needed) {
        const detail = `its hold asked for ${command.amountTicks}, prompt and output need ${needed}`;
        throw new Violation(BOUNDED_OVERDRAFT, command.holdId, detail);
      }
    }
    for (const [walletId, { available, held }] of books.wallets) {
      if (available < 0n || held < 0n)
        throw new Violation(BOUNDED_OVERDRAFT, '', `${walletId} is below zero`);
    }
  },
  afterDelivery(world, call) {
    if (!call.plan.stream || call.upstream === undefined) return;
    const hold = world.books.holds.get(call.plan.id);
    if (hold === undefined)
      throw new Violation(BOUNDED_OVERDRAFT, call.plan.id, 'it was served without a hold');
    const delivered = tokensBeforeLastPiece(call);
    const allowed = allowedTokens(call, heldTicks(hold));
    if (delivered <= allowed) return;
    const detail = `${delivered} tokens were relayed before the last piece, its hold pays for ${allowed}`;
    throw new Violation(BOUNDED_OVERDRAFT, call.plan.id, detail);
  },
};

/** The prompt at its dearest and the output that is asked for, but no more than can be moved. */
function leastHold({ plan, sheets }: ObservedCall): bigint {
  const asked = plan.maximumTokens ?? Number.POSITIVE_INFINITY;
  const most = plan.stream ? FIRST_STEP_TOKENS : Math.min(plan.model.maximumOutputTokens, 16_384);
  const output = BigInt(Math.min(asked, most) * plan.choices);
  const least = sheets
    .map(
      ({ input, cached, output: price }) =>
        BigInt(plan.promptWords) * (input > cached ? input : cached) + output * price,
    )
    .reduce((a, b) => (a < b ? a : b), MOST_TICKS);
  return least;
}

function allowedTokens(call: ObservedCall, held: bigint): number {
  const price = call.sheets.map(({ output }) => output).reduce((a, b) => (a < b ? a : b));
  if (price === 0n) return Number.POSITIVE_INFINITY;
  const paid = Number(held / price);
  // With a limit of the caller's own, the upstream may have written against it.
  const { maximumTokens, choices } = call.plan;
  if (maximumTokens === undefined) return paid;
  return Math.max(paid, (maximumTokens * BEYOND_LIMIT + BEYOND_LIMIT_TOKENS) * choices);
}

/**
 * Whatever was read before the piece that was read last has been paid for, or the stream was stopped there. What an
 * upstream says of its usage when every choice has ended is settled at once, and no more is set aside for it.
 */
function tokensBeforeLastPiece({ upstream, plan }: ObservedCall): number {
  const ended = new Set<number>();
  const last = upstream?.events.at(-1)?.piece;
  let counted: ChatEvent[] = [];
  const before: ChatEvent[] = [];
  for (const { event, piece } of upstream?.events ?? []) {
    if (piece === last || event.kind !== 'chunk') break;
    before.push(event);
    const goesOn = event.choices.some(({ content, reasoning }) => content + reasoning !== '');
    if (ended.size < plan.choices || goesOn) counted = [...before];
    for (const { index, finish } of event.choices) if (finish !== null) ended.add(index);
    if (ended.size >= plan.choices && counted.length === before.length) counted.pop();
  }
  return measureUsage(counted, 0).output;
}
