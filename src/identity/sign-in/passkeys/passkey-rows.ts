import type { AuthMatch, AuthRow, AuthStore } from '../../../storage/auth-store.ts';

/** A passkey as its person may see it: nothing of it opens anything. */
export interface PasskeyView {
  readonly id: string;
  readonly name: string;
  /** The server's name that it was made for; it answers to no other. */
  readonly host: string;
  /** Whether its maker keeps a copy, so that it outlives the device. */
  readonly isBackedUp: boolean;
  readonly createdAtMs: number;
  readonly lastUsedAtMs: number | null;
}

/** More than anybody has devices and safes. */
export const MOST_PASSKEYS = 20;

/** The oldest first. */
export async function passkeyRowsOf(auth: AuthStore, userId: string): Promise<readonly AuthRow[]> {
  const sortBy = { field: 'createdAt', direction: 'asc' } as const;
  return auth.find('passkey', { ...passkeysOf(userId), limit: MOST_PASSKEYS, sortBy });
}

export function presentPasskey(row: AuthRow): PasskeyView {
  return {
    id: String(row.id),
    name: String(row.name),
    host: String(row.rpId),
    isBackedUp: row.backedUp === 1,
    createdAtMs: Date.parse(String(row.createdAt)),
    lastUsedAtMs: row.lastUsedAt == null ? null : Date.parse(String(row.lastUsedAt)),
  };
}

export function passkeysOf(userId: string): AuthMatch {
  return { all: [{ field: 'userId', operator: 'eq', value: userId }], any: [] };
}

/** One of a person's: another's does not exist for them. */
export function passkeyOf(userId: string, passkeyId: string): AuthMatch {
  return { all: [...passkeysOf(userId).all, { field: 'id', operator: 'eq', value: passkeyId }], any: [] };
}

/** What an authenticator keeps to say whose a passkey is. */
export function handleOf(userId: string): string {
  return Buffer.from(userId).toString('base64url');
}
