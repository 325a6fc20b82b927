import type { Change } from '../ports/changes.ts';
import type { Clock } from '../ports/clock.ts';
import { errorFact } from '../ports/error-fact.ts';
import type { Log } from '../ports/log.ts';
import type { Storage } from '../storage/storage.ts';
import type { Program } from './compose.ts';

/** How often the holds of processes that died are looked for, where there may be others than this one. */
const LOOK_FOR_LOST_HOLDS_MS = 30_000;

export interface ReplicaParts {
  readonly storage: Storage;
  readonly processId: string;
  readonly clock: Clock;
  readonly log: Log;
  /** Undefined while it is being put together. */
  readonly program: () => Pick<Program, 'changed' | 'everythingChanged'> | undefined;
}

/** This process among those that share its database; alone, where the engine is for one process. */
export interface Replica {
  /** What prepares the installation: one process at a time does it. */
  alone<T>(act: () => Promise<T>): Promise<T>;
  leave(): Promise<void>;
}

/**
 * Takes part: says that this process lives, hears of the others' changes, and ends the holds and claims of those that
 * died, now and from time to time. No hold of this process may be made before.
 */
export async function joinReplicas(parts: ReplicaParts): Promise<Replica> {
  const { storage, processId, program } = parts;
  const { sharing } = storage;
  const onChange = (change: Change | 'everything') =>
    change === 'everything' ? program()?.everythingChanged() : program()?.changed(change);
  const membership = await sharing?.join({ processId, onChange });
  try {
    await endWhatWasLost(parts);
  } catch (error) {
    await membership?.leave().catch(() => {});
    throw error;
  }
  if (sharing === undefined || membership === undefined) {
    return { alone: (act) => act(), leave: async () => {} };
  }
  const timer = setInterval(() => {
    // The next look comes soon.
    endWhatWasLost(parts).catch((error: unknown) =>
      parts.log.warn('lost-holds-not-ended', { error: errorFact(error) }),
    );
  }, LOOK_FOR_LOST_HOLDS_MS);
  return {
    alone: (act) => sharing.alone(act),
    leave: async () => {
      clearInterval(timer);
      await membership.leave();
    },
  };
}

/**
 * What a process that died had set aside is charged as far as it was noted, and else given back; who asks for an answer
 * that it was to give is told that it was interrupted.
 */
async function endWhatWasLost({ storage, processId, clock, log }: ReplicaParts): Promise<void> {
  const { expired } = await storage.ledger.expireHoldsOfOthers(processId, clock.nowMs());
  if (expired > 0) log.warn('holds-of-a-dead-process-ended', { holds: expired });
  await storage.idempotency.interruptClaimsOfOthers(processId);
}
