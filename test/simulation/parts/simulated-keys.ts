import type { IdempotencyStore } from '../../../src/storage/idempotency-store.ts';
import type { Auditor } from '../auditor/auditor.ts';
import type { KeyCommand } from '../auditor/key-books.ts';
import type { Scheduler } from '../scheduler.ts';
import type { StorageFaults } from './storage-faults.ts';
import { callStorage } from './storage-port.ts';

export interface KeySurroundings {
  readonly scheduler: Scheduler;
  readonly owner: string;
  readonly durable: IdempotencyStore;
  readonly faults: StorageFaults;
  /** A process that is gone calls nobody. */
  readonly isGone: () => boolean;
  readonly auditor: Pick<Auditor, 'keyCarriedOut' | 'keyHeard' | 'situation'>;
}

/** Idempotency keys as one process reaches them: whole commands, each of which may be late, lost, or unheard of. */
export class SimulatedKeys implements IdempotencyStore {
  readonly #world: KeySurroundings;

  constructor(world: KeySurroundings) {
    this.#world = world;
  }

  claim: IdempotencyStore['claim'] = (claim, limits) =>
    this.#call({ name: 'claim', requestId: claim.requestId }, () => this.#world.durable.claim(claim, limits));
  complete: IdempotencyStore['complete'] = (claim, answer, limits) =>
    this.#call({ name: 'complete', requestId: claim.requestId, isKept: answer !== undefined }, () =>
      this.#world.durable.complete(claim, answer, limits),
    );
  release: IdempotencyStore['release'] = (claim) =>
    this.#call({ name: 'release', requestId: claim.requestId }, () => this.#world.durable.release(claim));
  interruptClaimsOfOthers: IdempotencyStore['interruptClaimsOfOthers'] = (liveProcessId) =>
    this.#call({ name: 'interrupt', requestId: '', liveProcessId }, () =>
      this.#world.durable.interruptClaimsOfOthers(liveProcessId),
    );
  sweep: IdempotencyStore['sweep'] = (beforeMs, limit) => this.#world.durable.sweep(beforeMs, limit);

  #call<Answer>(command: KeyCommand, carryOut: () => Promise<Answer>): Promise<Answer> {
    const { scheduler, owner, faults, isGone, auditor } = this.#world;
    if (isGone()) return new Promise(() => {});
    const { name, requestId } = command;
    const fate = faults.fate(name, scheduler.nowMs);
    if (fate.outcome !== 'answered') auditor.situation(`${name} ${fate.outcome}`);
    return callStorage(scheduler, { owner, request: requestId, what: `key ${name}` }, fate, carryOut, {
      carriedOut: (answer) => auditor.keyCarriedOut(command, answer),
      heard: (answer) => auditor.keyHeard(command, answer),
    });
  }
}
