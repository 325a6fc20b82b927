import { type Device, deviceOf } from '../../domain/device.ts';
import { formatAddress, parseAddress } from '../../domain/network-address.ts';
import { type Reach, reachOf } from '../../domain/reach.ts';
import type { Clock } from '../../ports/clock.ts';
import type { AuthCondition, AuthMatch, AuthStore } from '../../storage/auth-store.ts';

export interface SessionPorts {
  readonly auth: AuthStore;
  readonly clock: Pick<Clock, 'nowMs'>;
}

/** A session as its person may see it: nothing of it opens anything. */
export interface SessionView {
  readonly id: string;
  readonly device: Device;
  /** Null when it is not known. */
  readonly place: { readonly reach: Reach; readonly address: string } | null;
  readonly signedInAtMs: number;
  readonly expiresAtMs: number;
}

/** More than anybody has; the newest are shown. */
const MOST_SHOWN = 100;

export async function sessionsOf({ auth, clock }: SessionPorts, userId: string): Promise<SessionView[]> {
  const now = new Date(clock.nowMs()).toISOString();
  const rows = await auth.find('session', {
    ...of(userId, { field: 'expiresAt', operator: 'gt', value: now }),
    limit: MOST_SHOWN,
    sortBy: { field: 'createdAt', direction: 'desc' },
  });
  return rows.map(({ id, userAgent, ipAddress, createdAt, expiresAt }) => ({
    id: String(id),
    device: deviceOf(String(userAgent ?? '')),
    place: placeOf(String(ipAddress ?? '')),
    signedInAtMs: Date.parse(String(createdAt)),
    expiresAtMs: Date.parse(String(expiresAt)),
  }));
}

/** How many sessions of a person are open, and when the newest of them began. */
export async function openSessionsOf(
  { auth, clock }: SessionPorts,
  userId: string,
): Promise<{ readonly open: number; readonly lastSignedInAtMs: number | null }> {
  const now = new Date(clock.nowMs()).toISOString();
  const open = of(userId, { field: 'expiresAt', operator: 'gt', value: now });
  const sortBy = { field: 'createdAt', direction: 'desc' } as const;
  const [count, [newest]] = await Promise.all([
    auth.count('session', open),
    auth.find('session', { ...open, limit: 1, sortBy }),
  ]);
  return {
    open: count,
    lastSignedInAtMs: newest === undefined ? null : Date.parse(String(newest.createdAt)),
  };
}

/** Whether there was such a session of this person. */
export async function endSession(
  { auth }: SessionPorts,
  userId: string,
  sessionId: string,
): Promise<boolean> {
  return (await auth.remove('session', of(userId, { field: 'id', operator: 'eq', value: sessionId }))) > 0;
}

/** Ends all but one; the answer is how many. */
export function endOtherSessions({ auth }: SessionPorts, userId: string, keptId: string): Promise<number> {
  return auth.remove('session', of(userId, { field: 'id', operator: 'ne', value: keptId }));
}

function of(userId: string, condition: AuthCondition): AuthMatch {
  return { all: [{ field: 'userId', operator: 'eq', value: userId }, condition], any: [] };
}

function placeOf(text: string): SessionView['place'] {
  const address = parseAddress(text);
  return address === undefined ? null : { reach: reachOf(address), address: formatAddress(address) };
}
