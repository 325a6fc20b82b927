import { sleep } from '../../../../ports/clock.ts';
import type { ApiPorts } from '../../api-ports.ts';
import type { ApiCall } from '../../api-route.ts';
import type { SendEvent } from '../../event-stream.ts';
import { namesOf, presentRequest } from './present-request.ts';

/** What ended is seen within this. The database is asked, so that it does not matter which server answered. */
const LOOK_MS = 1_000;

/** More than this between two looks is a flood that nobody can read; what is left comes with the next look. */
const ROWS_A_LOOK = 100;

/**
 * Sends every request of a team that ends from now on, or after the one that `Last-Event-ID` names, until the reader
 * goes.
 */
export async function watchRequests(
  { reports, keys, clock }: Pick<ApiPorts, 'reports' | 'keys' | 'clock'>,
  { team, request }: Pick<ApiCall, 'team' | 'request'>,
  send: SendEvent,
  signal: AbortSignal,
): Promise<void> {
  const seen = request.headers.get('last-event-id') ?? '';
  let after = /^\d{1,18}$/.test(seen) ? BigInt(seen) : await reports.lastSequence(team.id);
  while (!signal.aborted) {
    const fresh = await reports.requestsAfter(team.id, after, ROWS_A_LOOK);
    const names = fresh.length === 0 ? new Map() : namesOf(await keys.list(team.id));
    for (const { sequence, record } of fresh) {
      await send('request', presentRequest(record, names), String(sequence));
      after = sequence;
    }
    await sleep(clock, LOOK_MS, signal);
  }
}
