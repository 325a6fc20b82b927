import { describeChange } from '../../console/describe-change.ts';
import type { Clock } from '../../ports/clock.ts';
import { errorFact } from '../../ports/error-fact.ts';
import type { Log } from '../../ports/log.ts';
import type { Random } from '../../ports/random.ts';
import type { ActivityStore } from '../../storage/activity-store.ts';
import { shownAddress } from '../client-network.ts';
import type { ApiCall, ApiRoute, Noted } from './api-route.ts';

export interface ActivityLogParts {
  readonly activity: ActivityStore;
  readonly random: Pick<Random, 'uuid'>;
  readonly clock: Pick<Clock, 'nowMs'>;
  readonly log: Log;
}

/** Members whose value is told to nobody; that they were set is. */
const SECRETS: ReadonlySet<string> = new Set([
  ...['key', 'secret', 'password', 'code', 'token', 'pasted', 'credential'],
]);
const MAXIMUM_CHARACTERS = 500;

/** Writes down what a route has changed, before its caller hears of it. The change stands, should that fail. */
export async function logActivity(
  { activity, random, clock, log }: ActivityLogParts,
  { action }: ApiRoute,
  { signedIn, team, parameters, body, requestId, clientAddress }: ApiCall,
  { actor, subject, organizationId, before }: Noted,
): Promise<void> {
  if (action === undefined) return;
  try {
    await activity.append({
      id: random.uuid(),
      atMs: clock.nowMs(),
      actor: actor ?? signedIn.userId,
      action,
      subject: (subject ?? Object.values(parameters).at(-1) ?? '').slice(0, MAXIMUM_CHARACTERS),
      address: shownAddress(clientAddress()),
      organizationId: organizationId ?? (team.id === '' ? (parameters.teamId ?? null) : team.id),
      changes: isObject(body) ? describeChange(before ?? {}, body, (field) => SECRETS.has(field)) : [],
    });
  } catch (error) {
    log.error('activity-not-logged', { request: requestId, error: errorFact(error) });
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
