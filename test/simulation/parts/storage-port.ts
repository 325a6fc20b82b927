import { StorageUnavailable } from '../../../src/storage/storage-error.ts';
import type { Scheduler, StepFacts } from '../scheduler.ts';
import type { StorageFate } from './storage-faults.ts';

/** Who is told what becomes of a call. */
export interface StorageWitness<Answer> {
  carriedOut(answer: Answer): void;
  /** `undefined`: no answer came. */
  heard(answer: Answer | undefined): void;
}

/**
 * One call to storage from a process: it is parked, then carried out or not, and answered or not. If the process dies
 * meanwhile, it may still be carried out, and nobody hears of it.
 */
export function callStorage<Answer>(
  scheduler: Scheduler,
  facts: StepFacts,
  fate: StorageFate,
  carryOut: () => Promise<Answer>,
  witness: StorageWitness<Answer> | undefined,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const apply = () =>
      carryOut().then((answer) => {
        witness?.carriedOut(answer);
        return answer;
      });
    const effect = () => {
      apply().catch(() => {});
      return 'carried out, nobody hears it';
    };
    const fail = (outcome: 'not-done' | 'unknown') => {
      witness?.heard(undefined);
      reject(new StorageUnavailable('deadline', outcome, 'the simulated storage does not answer'));
    };
    const run = () => {
      switch (fate.outcome) {
        case 'not-done':
          fail('not-done');
          return 'fails, not carried out';
        case 'late':
          fail('unknown');
          scheduler.park(fate.lateMs, { ...facts, what: `${facts.what}, late` }, effect, effect);
          return 'fails, to be carried out later';
        case 'unknown':
          apply().then(() => fail('unknown'), reject);
          return 'carried out, fails';
        default:
          // Between the commit and its answer there is time, in which a process may die and others may act.
          apply().then((answer) => {
            const hear = () => {
              witness?.heard(answer);
              resolve(answer);
              return 'heard';
            };
            if (fate.answerMs === 0) hear();
            else scheduler.park(fate.answerMs, { ...facts, what: `${facts.what}, answer` }, hear);
          }, reject);
          return 'carried out';
      }
    };
    scheduler.park(fate.waitMs, facts, run, effect);
  });
}
