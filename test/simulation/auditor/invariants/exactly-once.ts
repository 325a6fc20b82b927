import type { Invariant, Observed } from '../invariant.ts';
import { MOST_TICKS, measureUsage, priceOf } from '../measure-usage.ts';
import type { ObservedCall } from '../observed-call.ts';
import { type ChatEvent, readChatEvent } from '../read-stream.ts';
import { Violation } from '../violation.ts';

/** Roles and marks around the one message of a request, and before the answer, as the named tokeniser counts them. */
const PROMPT_OVERHEAD_TOKENS = 6;
/** A reader that takes nothing for so long has gone; and an upstream that sends nothing. */
const STALL_MS = 600_000;
const BEYOND_LIMIT_TOKENS = 64;

/** What is billed is the price of what the upstream made, once, at the price of the admission; or nothing. */
export const exactlyOnce: Invariant = {
  name: '6 exactly once',
  onEnd(world, call, end) {
    const bill = expectedBill(world, call);
    const isPost = end.name === 'post';
    if (isPost && bill.must === 'void') fail(call, `it is charged, and ${bill.why}`);
    if (!isPost && bill.must === 'post') fail(call, `it is let go, and ${bill.why}`);
    if (isPost && !bill.costs.includes(end.costTicks))
      fail(call, `it is charged ${end.costTicks}; what it used costs ${bill.costs.join(' or ')}`);
  },
  afterCommand({ calls, state }, { name, command }) {
    if (name === 'checkpoint' || name === 'extend') checkNote(calls.get(command.holdId), command.costTicks);
    if (name !== 'post' && name !== 'void' && name !== 'expire') return;
    const records = [...state.requests.values()].filter(({ record }) => record.requestId === command.holdId);
    const charges = [...state.transactions.values()].filter(
      ({ requestId, command: by }) => requestId === command.holdId && ['post', 'void', 'expire'].includes(by),
    );
    if (records.length > 1 || charges.length > 1)
      throw new Violation(exactlyOnce.name, command.holdId ?? '', 'it was ended or recorded twice');
  },
};

/** What is noted of a running stream is the price of what was read of its upstream, now or a little earlier. */
function checkNote(call: ObservedCall | undefined, notedTicks: bigint): void {
  if (call === undefined) return;
  const events = billable(call);
  for (let length = events.length; length >= 0; length -= 1) {
    if (notedTicks <= dearest(call, events.slice(0, length))) return;
  }
  fail(call, `it notes ${notedTicks}, what was read costs ${dearest(call, events)}`);
}

interface Bill {
  readonly must: 'post' | 'void' | 'either';
  readonly why: string;
  readonly costs: readonly bigint[];
}

function expectedBill(world: Observed, call: ObservedCall): Bill {
  const { upstream } = call;
  if (upstream === undefined || upstream.status !== 200 || call.plan.answer.head === 'page')
    return { must: 'void', why: 'the upstream never accepted it', costs: [] };
  return call.plan.stream ? streamedBill(world, call) : wholeBill(call);
}

function streamedBill({ nowMs }: Observed, call: ObservedCall): Bill {
  const { upstream, plan } = call;
  if (upstream === undefined || upstream.events.length === 0)
    return { must: 'void', why: 'nothing was accepted', costs: [] };
  const events = billable(call);
  const counted = new Set(
    events
      .flatMap((event) => (event.kind === 'chunk' ? event.choices : []))
      .flatMap(({ index, finish }) => (finish ? [index] : [])),
  );
  const isDone = upstream.events[events.length]?.event.kind === 'done' || counted.size >= plan.choices;
  const hasText = events.some(
    (event) =>
      event.kind === 'chunk' && event.choices.some(({ content, reasoning }) => content + reasoning !== ''),
  );
  const costs = possibleCosts(call, events);
  if (isDone) return { must: 'post', why: 'the upstream has finished it', costs };
  if (hasText) return { must: 'post', why: 'something was written', costs };
  if (call.isCoverLost) return { must: 'either', why: '', costs };
  const isLeft = call.has('client-gone') || call.has('key-ended');
  const mayBeGone = isLeft || plan.readEveryMs[1] >= STALL_MS;
  if (!mayBeGone) return { must: 'void', why: 'not a word was written', costs };
  const isStalled = nowMs - (upstream.events.at(-1)?.atMs ?? 0) >= STALL_MS;
  const otherCause =
    call.has('shut-down') || isStalled || upstream.end === 'closed' || upstream.end === 'reset';
  const saidBad = events.length < upstream.events.length;
  const isCertain = isLeft && !otherCause && !saidBad;
  return { must: isCertain ? 'post' : 'either', why: 'its caller left after it was accepted', costs };
}

/** The events before the one at which a reader of the stream must stop. */
function billable({ upstream }: ObservedCall): ChatEvent[] {
  const events = (upstream?.events ?? []).map(({ event }) => event);
  const end = events.findIndex(({ kind }) => kind !== 'chunk' && kind !== 'ignored');
  return end < 0 ? events : events.slice(0, end);
}

/** By each price that was in force at the admission; where the credit ended, after any event of the last piece. */
function possibleCosts(call: ObservedCall, events: readonly ChatEvent[]): bigint[] {
  const prefixes = [events];
  if (call.isCoverLost || isBeyondLimit(call, events)) {
    const last = call.upstream?.events.at(-1)?.piece;
    const first = call.upstream?.events.findIndex(({ piece }) => piece === last) ?? 0;
    for (let length = first + 1; length < events.length; length += 1) prefixes.push(events.slice(0, length));
  }
  return prefixes.flatMap((prefix) => {
    const usage = measureUsage(prefix, ownPromptTokens(call));
    return call.sheets.map((sheet) => bounded(priceOf(usage, sheet)));
  });
}

function isBeyondLimit(call: ObservedCall, events: readonly ChatEvent[]): boolean {
  const cap = call.upstream?.cap;
  const { output } = measureUsage(events, 0);
  return (
    cap !== undefined && output > (cap * 2 + BEYOND_LIMIT_TOKENS) * call.plan.choices - BEYOND_LIMIT_TOKENS
  );
}

function wholeBill(call: ObservedCall): Bill {
  const { upstream } = call;
  const answer = upstream?.end === 'closed' ? readWhole(upstream.text) : undefined;
  if (answer === undefined) return { must: 'void', why: 'no whole answer came', costs: [] };
  const usage = measureUsage([answer], ownPromptTokens(call));
  return {
    must: 'post',
    why: 'a whole answer came',
    costs: call.sheets.map((sheet) => bounded(priceOf(usage, sheet))),
  };
}

function readWhole(text: string): ChatEvent | undefined {
  const event = readChatEvent({ name: '', data: text });
  return event.kind === 'chunk' && event.choices.length > 0 ? event : undefined;
}

function dearest(call: ObservedCall, events: readonly ChatEvent[]): bigint {
  const usage = measureUsage(events, ownPromptTokens(call));
  return call.sheets.map((sheet) => priceOf(usage, sheet)).reduce((a, b) => (a > b ? a : b), 0n);
}

function ownPromptTokens({ plan }: ObservedCall): number {
  return plan.promptWords + PROMPT_OVERHEAD_TOKENS;
}

function bounded(ticks: bigint): bigint {
  return ticks < MOST_TICKS ? ticks : MOST_TICKS;
}

function fail({ plan }: ObservedCall, detail: string): never {
  throw new Violation(exactlyOnce.name, plan.id, detail);
}
