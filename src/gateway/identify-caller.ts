import { isApiKey, maskForeignKey } from '../domain/api-key.ts';
import {
  blockedKey,
  type Failure,
  isFailure,
  ledgerUnavailable,
  missingKey,
  wrongKey,
} from '../domain/failure.ts';
import type { KeyWithOwner } from '../storage/key-store.ts';
import type { Gateway } from './gateway.ts';

type KeyPorts = Pick<Gateway, 'keys' | 'sha256' | 'clock'>;

/** Finds whose key was sent, if it may be used now. */
export async function identifyCaller(
  gateway: KeyPorts,
  credential: string | undefined,
): Promise<KeyWithOwner | Failure> {
  const key = await findKey(gateway, credential);
  return isFailure(key) ? key : (keyFault(key, gateway.clock.nowMs()) ?? key);
}

/**
 * Finds the key that was sent, whether it may be used or not. The text is hashed before it is looked up, so the
 * comparison takes the same time for every wrong key. A store that cannot be reached is a 503 and never a wrong key.
 */
export async function findKey(
  gateway: Omit<KeyPorts, 'clock'>,
  credential: string | undefined,
): Promise<KeyWithOwner | Failure> {
  if (credential === undefined || credential === '') return missingKey();
  if (!isApiKey(credential)) return wrongKey(maskForeignKey(credential));
  try {
    return (await gateway.keys.find(gateway.sha256(credential))) ?? wrongKey(maskForeignKey(credential));
  } catch {
    return ledgerUnavailable();
  }
}

/** Why a key may not be used now. Also asked when a key changes under an open stream. */
export function keyFault(key: KeyWithOwner, nowMs: number): Failure | undefined {
  if (key.revokedAtMs !== null) return blockedKey('revoked');
  if (key.disabled) return blockedKey('disabled');
  if (key.expiresAtMs !== null && key.expiresAtMs <= nowMs) return blockedKey('expired');
  if (key.organizationBlocked || key.userBanned) return blockedKey('team-blocked');
  return undefined;
}
