import { isApiKey, maskForeignKey } from '../domain/api-key.ts';
import {
  blockedKey,
  type Failure,
  isFailure,
  ledgerUnavailable,
  missingKey,
  wrongKey,
  wrongPlace,
} from '../domain/failure.ts';
import { isWithin, parseNetwork } from '../domain/network-address.ts';
import type { KeyWithOwner } from '../storage/key-store.ts';
import type { Gateway, PresentedKey } from './gateway.ts';

type KeyPorts = Pick<Gateway, 'keys' | 'sha256' | 'clock'>;

/** Finds whose key was sent, if it may be used now. Answers at once for a key that is known. */
export function identifyCaller(
  gateway: KeyPorts,
  presented: PresentedKey,
): KeyWithOwner | Failure | Promise<KeyWithOwner | Failure> {
  const usable = (key: KeyWithOwner | Failure) =>
    isFailure(key) ? key : (keyFault(key, gateway.clock.nowMs()) ?? key);
  const found = findKey(gateway, presented);
  return found instanceof Promise ? found.then(usable) : usable(found);
}

/**
 * Finds the key that was sent, whether it may be used now or not; but from where it may not be used, nobody learns
 * anything of it. The text is hashed before it is looked up, so the comparison takes the same time for every wrong key.
 * A store that cannot be reached is a 503 and never a wrong key.
 */
export function findKey(
  gateway: Omit<KeyPorts, 'clock'>,
  presented: PresentedKey,
): KeyWithOwner | Failure | Promise<KeyWithOwner | Failure> {
  const { credential, clientAddress } = presented;
  if (credential === undefined || credential === '') return missingKey();
  if (!isApiKey(credential)) return wrongKey(maskForeignKey(credential));
  presented.keyHash ??= gateway.sha256(credential);
  const judge = (key: KeyWithOwner | undefined) =>
    key === undefined ? wrongKey(maskForeignKey(credential)) : (placeFault(key, clientAddress) ?? key);
  const found = gateway.keys.find(presented.keyHash);
  return found instanceof Promise ? found.then(judge, () => ledgerUnavailable()) : judge(found);
}

/** Why a key may not be used now. Also asked when a key changes under an open stream. */
export function keyFault(key: KeyWithOwner, nowMs: number): Failure | undefined {
  if (key.revokedAtMs !== null) return blockedKey('revoked');
  if (key.disabled) return blockedKey('disabled');
  if (key.expiresAtMs !== null && key.expiresAtMs <= nowMs) return blockedKey('expired');
  if (key.organizationBlocked || key.userBanned) return blockedKey('team-blocked');
  return undefined;
}

/** Why a key may not be used from where the caller is. An address that cannot be known is allowed nowhere. */
export function placeFault(
  { allowedNetworks }: Pick<KeyWithOwner, 'allowedNetworks'>,
  clientAddress: PresentedKey['clientAddress'],
): Failure | undefined {
  if (allowedNetworks.length === 0) return undefined;
  const address = clientAddress();
  if (address === undefined) return wrongPlace();
  const isAllowed = allowedNetworks.some((text) => {
    const network = parseNetwork(text);
    return network !== undefined && isWithin(address, network);
  });
  return isAllowed ? undefined : wrongPlace();
}
