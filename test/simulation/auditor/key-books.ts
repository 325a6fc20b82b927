import type { ClaimAnswer } from '../../../src/storage/idempotency-store.ts';
import { IDEMPOTENT_REPLAY } from './book-command.ts';
import type { Observed } from './invariant.ts';
import type { ObservedCall } from './observed-call.ts';
import { Violation } from './violation.ts';

/** A command about an idempotency key. */
export type KeyCommand =
  | { readonly name: 'claim' | 'release'; readonly requestId: string }
  | { readonly name: 'complete'; readonly requestId: string; readonly isKept: boolean }
  | { readonly name: 'interrupt'; readonly requestId: ''; readonly liveProcessId: string };

/** What a call with a key is to be told: to run, or what became of the first. */
export type KeyRole = 'first' | 'other-body' | 'running' | 'answered' | 'not-kept' | 'interrupted';

/** Who has a key, and how far it has come. */
interface BookedKey {
  readonly holder: ObservedCall;
  state: Exclude<KeyRole, 'first' | 'other-body'>;
}

/** The auditor's own books of idempotency keys. They are told every command that was carried out, in its order. */
export class KeyBooks {
  readonly #keys = new Map<string, BookedKey>();

  carriedOut(world: Observed, command: KeyCommand, answer: unknown): void {
    if (command.name === 'interrupt') {
      for (const key of this.#keys.values()) {
        const isOther = `process of ${key.holder.owner}` !== command.liveProcessId;
        if (key.state === 'running' && isOther) key.state = 'interrupted';
      }
      return;
    }
    const call = world.calls.get(command.requestId);
    const name = call && keyOf(call);
    if (call === undefined || name === undefined) return;
    const key = this.#keys.get(name);
    const isOurs = key?.holder === call && key.state === 'running';
    if (command.name === 'claim') {
      const role = roleOf(call, key);
      demand(sameRole(answer as ClaimAnswer, role, key), call, `its key was answered otherwise than ${role}`);
      if (role === 'first') this.#keys.set(name, { holder: call, state: 'running' });
      return;
    }
    if (!isOurs) return;
    if (command.name !== 'complete') {
      demand(world.books.holds.get(call.plan.id)?.state !== 'posted', call, 'it is charged, its key is free');
      this.#keys.delete(name);
      return;
    }
    const isEnded = world.books.holds.get(call.plan.id)?.state === 'posted' || call.endsUnheard > 0;
    demand(isEnded, call, 'its answer was kept before it was charged');
    key.state = command.isKept ? 'answered' : 'not-kept';
  }

  /** Calls that have their key and are not said to have ended. */
  running(): ObservedCall[] {
    return [...this.#keys.values()].flatMap(({ holder, state }) => (state === 'running' ? [holder] : []));
  }
}

/** A key is its account's. */
export function keyOf({ plan }: ObservedCall): string | undefined {
  return plan.idempotency && `${plan.account.id} ${plan.idempotency.key}`;
}

function roleOf(call: ObservedCall, key: BookedKey | undefined): KeyRole {
  if (key === undefined) return 'first';
  if (key.holder === call && key.state === 'running') return 'first';
  // The bodies of calls with one key differ by their prompts alone.
  return key.holder.plan.promptWords === call.plan.promptWords ? key.state : 'other-body';
}

function sameRole(answer: ClaimAnswer, role: KeyRole, key: BookedKey | undefined): boolean {
  if (role === 'first' || answer.outcome !== 'taken') return role === 'first' && answer.outcome === 'done';
  const isHolder = answer.requestId === key?.holder.plan.id;
  return isHolder && (role === 'other-body' || answer.state.kind === role);
}

/** What a process makes of the answer that it hears. */
export function heardRole(world: Observed, call: ObservedCall, answer: ClaimAnswer): KeyRole {
  if (answer.outcome !== 'taken') return 'first';
  const holder = world.calls.get(answer.requestId);
  return holder?.plan.promptWords === call.plan.promptWords ? answer.state.kind : 'other-body';
}

function demand(holds: boolean, { plan }: ObservedCall, detail: string): void {
  if (!holds) throw new Violation(IDEMPOTENT_REPLAY, plan.id, detail);
}
