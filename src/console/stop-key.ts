import { isRefusal, type Refusal, refuse } from '../domain/refusal.ts';
import type { KeyRow } from '../storage/key-store.ts';
import { alterKey, findKey, type KeyPorts } from './alter-key.ts';

/** Ends a key's time now. Setting a later moment brings it back; revoking is for ever. */
export async function expireKey(
  ports: KeyPorts,
  organizationId: string,
  keyId: string,
): Promise<KeyRow | Refusal> {
  return alterKey(ports, organizationId, keyId, () => ({ expiresAtMs: ports.clock.nowMs() }));
}

/** Disables a key, or enables it again, which needs its maker to be still in the team. */
export async function setKeyDisabled(
  ports: KeyPorts,
  organizationId: string,
  keyId: string,
  disabled: boolean,
): Promise<KeyRow | Refusal> {
  return alterKey(ports, organizationId, keyId, async (key) => {
    const members = disabled ? [] : await ports.accounts.membersOf(organizationId);
    if (disabled || members.some(({ userId }) => userId === key.userId)) return { disabled };
    const [user, team] = [
      await ports.accounts.findUser(key.userId),
      await ports.accounts.findOrganization(organizationId),
    ];
    return refuse('not-a-member', { user: user?.email ?? key.userId, team: team?.slug ?? organizationId });
  });
}

/** Revokes a key for ever. Revoking it again answers the same and changes nothing. */
export async function revokeKey(
  ports: KeyPorts,
  organizationId: string,
  keyId: string,
): Promise<KeyRow | Refusal> {
  const key = await findKey(ports, organizationId, keyId);
  if (isRefusal(key)) return key;
  if (key.revokedAtMs === null) {
    return alterKey(ports, organizationId, keyId, () => ({ revokedAtMs: ports.clock.nowMs() }));
  }
  // Said once more, for a server that missed the first time.
  ports.changed({ kind: 'key', id: key.id });
  return key;
}
