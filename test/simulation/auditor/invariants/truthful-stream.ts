import type { Invariant } from '../invariant.ts';
import type { ObservedCall } from '../observed-call.ts';
import type { ChatEvent } from '../read-stream.ts';
import { Violation } from '../violation.ts';

/**
 * A stream that says it is done is one whose upstream finished; one that was cut says so and does not say it is done;
 * and what the client has is what the upstream sent, from its beginning and in its order.
 */
export const truthfulStream: Invariant = {
  name: '10 truthful stream',
  afterDelivery(_world, call) {
    // What is repeated is held against what it repeats (`one-run-a-key.ts`).
    if (!call.plan.stream || call.status !== 200 || call.isReplayed) return;
    const { events } = call.body;
    const doneAt = events.findIndex(({ kind }) => kind === 'done');
    const errorAt = events.findIndex(({ kind }) => kind === 'error');
    if (doneAt >= 0 && doneAt < events.length - 1) fail(call, 'something came after [DONE]');
    if (errorAt >= 0 && errorAt < events.length - 1) fail(call, 'something came after an error');
    if (events.some(({ kind }) => kind === 'bad')) fail(call, 'an event that cannot be read was passed on');
    const usages = events.filter((event) => event.kind === 'chunk' && event.usage !== undefined);
    if (usages.length > 1) fail(call, `the usage was said ${usages.length} times`);
    if (doneAt >= 0 && usages.length === 0) fail(call, 'it is done and has no usage');
    if (doneAt >= 0 && !isFinished(call) && !isCutAtLimit(call))
      fail(call, 'it says [DONE], its upstream did not finish');
    for (let choice = 0; choice < call.plan.choices; choice += 1) {
      const [sent, got] = [textOf(upstreamEvents(call), choice), textOf(events, choice)];
      if (!sent.startsWith(got))
        fail(call, `the client has text that the upstream did not send, or not there`);
    }
  },
  atEnd({ calls }) {
    for (const call of calls.values()) {
      if (!call.plan.stream || call.status !== 200 || call.isReplayed) continue;
      const last = call.body.events.at(-1)?.kind;
      if (call.fate === 'whole' && last !== 'done' && last !== 'error') {
        fail(call, `its stream ended with neither [DONE] nor an error, but with ${last ?? 'nothing'}`);
      }
      const sent = upstreamEvents(call);
      for (let choice = 0; last === 'done' && choice < call.plan.choices; choice += 1) {
        if (!isCutAtLimit(call) && textOf(sent, choice) !== textOf(call.body.events, choice))
          fail(call, 'it says [DONE] and a part of the text is missing');
      }
    }
  },
};

function upstreamEvents({ upstream }: ObservedCall): ChatEvent[] {
  const events = upstream?.events.map(({ event }) => event) ?? [];
  const end = events.findIndex(({ kind }) => kind !== 'chunk' && kind !== 'ignored');
  return end < 0 ? events : events.slice(0, end);
}

function isFinished(call: ObservedCall): boolean {
  const ended = new Set<number>();
  for (const { event } of call.upstream?.events ?? []) {
    if (event.kind === 'done') return true;
    if (event.kind === 'error' || event.kind === 'bad') break;
    if (event.kind !== 'chunk') continue;
    for (const { index, finish } of event.choices) if (finish !== null) ended.add(index);
  }
  return ended.size >= call.plan.choices;
}

/** An upstream that writes on beyond its caller's limit is stopped; the answer is as long as was asked, and ends so. */
function isCutAtLimit({ body, upstream }: ObservedCall): boolean {
  const finishes = body.events.flatMap((event) => (event.kind === 'chunk' ? event.choices : []));
  return upstream?.cap !== undefined && finishes.some(({ finish }) => finish === 'length');
}

function textOf(events: readonly ChatEvent[], choice: number): string {
  let text = '';
  for (const event of events) {
    if (event.kind !== 'chunk') continue;
    for (const { index, content, reasoning } of event.choices)
      if (index === choice) text += reasoning + content;
  }
  return text;
}

function fail({ plan }: ObservedCall, detail: string): never {
  throw new Violation(truthfulStream.name, plan.id, detail);
}
