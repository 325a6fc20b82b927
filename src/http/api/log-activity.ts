import type { Clock } from '../../ports/clock.ts';
import { errorFact } from '../../ports/error-fact.ts';
import type { Log } from '../../ports/log.ts';
import type { Random } from '../../ports/random.ts';
import type { ActivityChange, ActivityStore } from '../../storage/activity-store.ts';
import type { ApiCall, ApiRoute, Noted } from './api-route.ts';

export interface ActivityLogParts {
  readonly activity: ActivityStore;
  readonly random: Pick<Random, 'uuid'>;
  readonly clock: Pick<Clock, 'nowMs'>;
  readonly log: Log;
}

/** Members whose value is told to nobody; that they were set is. */
const SECRETS: ReadonlySet<string> = new Set(['key', 'secret', 'password', 'code', 'token', 'pasted']);
const SECRET = '•••';

const MAXIMUM_CHARACTERS = 500;
const MAXIMUM_CHANGES = 50;

/** Writes down what a route has changed, before its caller hears of it. The change stands, should that fail. */
export async function logActivity(
  { activity, random, clock, log }: ActivityLogParts,
  { action }: ApiRoute,
  { signedIn, team, parameters, body, requestId }: ApiCall,
  { subject, before }: Noted,
): Promise<void> {
  if (action === undefined) return;
  try {
    await activity.append({
      id: random.uuid(),
      atMs: clock.nowMs(),
      actor: signedIn.userId,
      action,
      subject: (subject ?? Object.values(parameters).at(-1) ?? '').slice(0, MAXIMUM_CHARACTERS),
      organizationId: team.id === '' ? (parameters.teamId ?? null) : team.id,
      changes: changesOf(before ?? {}, body),
    });
  } catch (error) {
    log.error('activity-not-logged', { request: requestId, error: errorFact(error) });
  }
}

/** Member by member, what was asked for and is not what was there. */
function changesOf(before: Readonly<Record<string, unknown>>, body: unknown): ActivityChange[] {
  if (typeof body !== 'object' || body === null) return [];
  return Object.entries(body)
    .filter(([, after]) => after !== undefined)
    .map(([field, after]): ActivityChange => {
      if (SECRETS.has(field)) return { field, before: null, after: after === null ? null : SECRET };
      return { field, before: shown(before[field]), after: shown(after) };
    })
    .filter((change) => change.before !== change.after || SECRETS.has(change.field))
    .slice(0, MAXIMUM_CHANGES);
}

function shown(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  const text =
    typeof value === 'object'
      ? JSON.stringify(value, (_, part) => (typeof part === 'bigint' ? String(part) : part))
      : String(value);
  return text.slice(0, MAXIMUM_CHARACTERS);
}
