import type { HoldAnswer } from '../../../src/storage/ledger-store.ts';
import type { Auditor } from './auditor.ts';
import type { CarriedOut } from './invariant.ts';
import type { ObservedCall } from './observed-call.ts';

/** Looks at a command before it is entered into the books: what does the world make of it? */
export function noticeCommand(auditor: Auditor, done: CarriedOut): void {
  const { books, carriedOut, calls } = auditor;
  const { name, owner, command, answer } = done;
  const { outcome, reason } = (answer ?? {}) as { outcome?: string; reason?: string };
  auditor.situation([name, outcome ?? 'done', reason ?? ''].join(' ').trim());
  const hold = books.holds.get(command.holdId);
  const earlier = (matches: (one: CarriedOut) => boolean) => carriedOut.some(matches);
  if (name === 'hold' && outcome === 'done') {
    const { heldTicks } = answer as HoldAnswer & { heldTicks: bigint };
    if (heldTicks < command.amountTicks) auditor.situation('hold takes what there is');
    if (earlier((one) => one.name === 'hold' && one.command.holdId === command.holdId))
      auditor.situation('waits for credit and gets it');
    if (earlier((one) => one.name === 'void' && one.command.holdId === command.holdId))
      auditor.situation('hold is made after its release');
  }
  if (name === 'hold' && reason === 'not-enough') {
    const isContended = [...books.holds.values()].some(
      (other) =>
        other.state === 'held' &&
        other.walletId === (command as unknown as { walletId: string }).walletId &&
        calls.get(other.holdId)?.owner !== owner,
    );
    if (isContended) auditor.situation('two replicas contend for the last credit');
  }
  if (name === 'extend' && outcome === 'done' && hold?.parts.size === 3)
    auditor.situation('extended three times');
  if (name === 'checkpoint' && hold?.state === 'held' && command.costTicks < hold.checkpointTicks)
    auditor.situation('checkpoint is overtaken by a younger one');
  if (name === 'expire') {
    for (const open of books.holds.values()) {
      if (open.state !== 'held') continue;
      const isLive = auditor.liveReplicas().some(({ processId }) => processId === open.processId);
      if (isLive) auditor.situation('reaper meets a hold that lives');
      else auditor.situation(open.checkpointTicks > 0n ? 'reaped with a checkpoint' : 'reaped with nothing');
      if (calls.get(open.holdId)?.endIssuedMs !== undefined)
        auditor.situation(isLive ? 'reaper races a live settle' : 'reaped after a settle that was lost');
    }
  }
  if (name === 'post' && outcome === 'done') {
    const { uncollectedTicks } = done.endAnswer as { uncollectedTicks: bigint };
    if (uncollectedTicks > 0n) auditor.situation('served beyond credit');
    if (calls.get(command.holdId)?.has('crash')) auditor.situation('settled although its process died');
  }
}

/** Looks at a call when everything is over. */
export function noticeCall(auditor: Auditor, call: ObservedCall): void {
  const { plan, upstream, body, status, fate, owner } = call;
  const note = (name: string, isSo: boolean | undefined) => isSo && auditor.situation(name);
  if (owner === undefined) {
    auditor.situation('nobody serves');
    return;
  }
  note(`answered ${status}`, fate === 'whole');
  note('its server dies before it answers', call.has('crash') && body.bytes === 0);
  note('its server dies in mid-answer', call.has('crash') && body.bytes > 0 && plan.stream);
  note('closed: no paid call without the ledger', status === 503 && upstream === undefined);
  note('leaves before the head', fate === 'left' && status === undefined);
  note('leaves in mid-answer', fate === 'left' && body.bytes > 0);
  note('reader is given up', fate === 'broken' && !call.has('crash'));
  if (upstream === undefined) return;
  note('a substitute answers', call.upstreams.length > 1 && upstream.status === 200);
  note('all that were asked failed', call.upstreams.length > 2 && upstream.status !== 200);
  const kinds = new Set(upstream.events.map(({ event }) => event.kind));
  const isDone = body.events.at(-1)?.kind === 'done';
  note(
    'upstream runs into a deadline',
    upstream.end === 'aborted' && call.causes.length === 0 && fate === 'whole',
  );
  note('cut before the first byte', fate === 'whole' && status !== 200);
  note('cut after the first byte', plan.stream && body.events.at(-1)?.kind === 'error');
  note('sign of life', body.text.includes(': keep-alive'));
  note('whole without [DONE]', isDone && !kinds.has('done'));
  note(
    'error and then [DONE] of an upstream',
    plan.answer.ending === 'error-then-done' && kinds.has('error'),
  );
  note('usage is missing', isDone && plan.answer.usage === 'missing');
  note(
    'usage is absurd',
    isDone && ['negative', 'fraction', 'beyond-int64', 'text'].includes(plan.answer.usage),
  );
  note('usage is huge', isDone && plan.answer.usage === 'huge');
  note('usage grows', isDone && ['every', 'several'].includes(plan.answer.usage));
  note('reads slowly to the end', isDone && plan.readEveryMs[1] >= 2_000);
}
