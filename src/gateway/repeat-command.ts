import { type Clock, sleep } from '../ports/clock.ts';
import { StorageConflict } from '../storage/storage-error.ts';

/**
 * Sends a ledger command until it is heard, with a pause before each further attempt. Its id makes a second arrival
 * harmless. Undefined when the last attempt was not heard either. Rejects at a failure that no repeating mends: the
 * command itself is wrong.
 */
export async function repeatCommand<Answer>(
  clock: Clock,
  pausesMs: readonly number[],
  command: () => Promise<Answer>,
  onFailure: () => void,
): Promise<Answer | undefined> {
  for (let attempt = 0; attempt <= pausesMs.length; attempt += 1) {
    const pauseMs = pausesMs[attempt];
    try {
      return await command();
    } catch (reason) {
      onFailure();
      if (reason instanceof StorageConflict || reason instanceof RangeError) throw reason;
      if (pauseMs !== undefined) await sleep(clock, pauseMs);
    }
  }
  return undefined;
}

/**
 * Pauses in the background, when nobody waits for the answer any more: an hour and a half in all. A database that is
 * away for longer than that is mended by a restart, which ends what is left.
 */
export const BACKGROUND_PAUSES_MS: readonly number[] = [15_000, 60_000, 300_000, 900_000, 3_600_000];
