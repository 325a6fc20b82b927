import { IDEMPOTENT_REPLAY } from '../book-command.ts';
import type { Invariant, Observed } from '../invariant.ts';
import { type KeyRole, keyOf } from '../key-books.ts';
import type { ObservedCall } from '../observed-call.ts';
import { Violation } from '../violation.ts';

/** What whoever sends a key again is answered. */
const STATUS: Readonly<Record<Exclude<KeyRole, 'first'>, number>> = {
  'other-body': 422,
  running: 409,
  answered: 200,
  'not-kept': 410,
  interrupted: 410,
};

/** A call with an idempotency key runs once and is charged once; a repetition is told what became of it. */
export const oneRunAKey: Invariant = {
  name: IDEMPOTENT_REPLAY,
  onUpstreamCall(_world, call) {
    if (call.plan.idempotency !== undefined && call.keyRole !== 'first')
      fail(call, `it runs; its key was ${call.keyRole ?? 'never taken'}`);
  },
  afterCommand(world, { name, command }) {
    if (name === 'post') checkCharges(world, world.calls.get(command.holdId));
    if (name === 'expire') for (const call of world.calls.values()) checkCharges(world, call);
  },
  afterDelivery(_world, { status, keyRole, plan }) {
    if (status === undefined || keyRole === undefined || keyRole === 'first') return;
    if (status !== STATUS[keyRole])
      throw new Violation(IDEMPOTENT_REPLAY, plan.id, `it was answered ${status}; its key is ${keyRole}`);
  },
  whenQuiet(world) {
    const live = new Set(world.liveReplicas().map(({ owner }) => owner));
    const stuck = world.keys.running().find(({ owner }) => live.has(owner ?? ''));
    if (stuck !== undefined) fail(stuck, 'its key is in use, and nobody is about to end that');
  },
  atEnd(world) {
    const [stuck] = world.keys.running();
    if (stuck !== undefined) fail(stuck, 'its key is in use after the last start');
    const answers = new Map<string, string>();
    for (const call of world.calls.values()) {
      const first = world.calls.get(call.repeats ?? '');
      if (first === undefined || call.fate !== 'whole') continue;
      const text = call.body.text;
      checkRepetition(call, text, first);
      const before = answers.get(first.plan.id) ?? text;
      if (before !== text) fail(call, 'it was repeated in two ways');
      answers.set(first.plan.id, text);
    }
  },
};

/** What the first caller has is the beginning of what a repetition has, and all of it where it read to the end. */
function checkRepetition(call: ObservedCall, text: string, first: ObservedCall): void {
  if (first.status !== 200) return;
  const heard = withoutSignsOfLife(first.body.text);
  const isSame = first.fate === 'whole' ? text === heard : text.startsWith(heard);
  if (!isSame) fail(call, 'its answer is not that of the first call with its key');
}

function withoutSignsOfLife(text: string): string {
  return text.replace(/(?<=^|\n\n):[^\n]*\n{0,2}/g, '');
}

function checkCharges(world: Observed, call: ObservedCall | undefined): void {
  const key = call && keyOf(call);
  if (key === undefined) return;
  const charged = [...world.calls.values()].filter((other) => {
    const hold = world.books.holds.get(other.plan.id);
    return keyOf(other) === key && hold !== undefined && (hold.state === 'posted' || hold.charged > 0n);
  });
  if (charged.length > 1)
    throw new Violation(
      IDEMPOTENT_REPLAY,
      call?.plan.id ?? '',
      `${charged.map(({ plan }) => plan.id).join(' and ')} were charged for one key`,
    );
}

function fail({ plan }: ObservedCall, detail: string): never {
  throw new Violation(IDEMPOTENT_REPLAY, plan.id, detail);
}
