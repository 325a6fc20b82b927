import { readDisplayName } from '../domain/display-name.ts';
import { isRefusal, type Refusal, refuse } from '../domain/refusal.ts';
import type { KeyRow } from '../storage/key-store.ts';
import { alterKey, type KeyPorts } from './alter-key.ts';
import {
  readAcls,
  readAllowedNetworks,
  readExpiry,
  readSpendLimits,
  type SpendLimitChange,
} from './key-rules.ts';
import { changeLimits, type LimitChange } from './limit-change.ts';

/** What may be changed of a key; what is absent stays as it is. */
export interface KeyEdit {
  readonly name?: string | undefined;
  readonly acls?: readonly string[] | undefined;
  readonly limits?: LimitChange | undefined;
  readonly spendLimits?: SpendLimitChange | undefined;
  /** Replaces the list; an empty one allows every address. */
  readonly allowedNetworks?: readonly string[] | undefined;
  /** Null never expires. */
  readonly expiresAtMs?: number | null | undefined;
}

/** Changes a key as far as its new name, reach, limits and expiry are sound. */
export async function editKey(
  ports: KeyPorts,
  organizationId: string,
  keyId: string,
  edit: KeyEdit,
): Promise<KeyRow | Refusal> {
  return alterKey(ports, organizationId, keyId, (key) => {
    const name = edit.name === undefined ? key.name : readDisplayName(edit.name);
    if (name === undefined) return refuse('bad-name');
    const acls = edit.acls === undefined ? key.acls : readAcls(edit.acls);
    if (isRefusal(acls)) return acls;
    const limits = changeLimits(key.limits, edit.limits ?? {});
    if (isRefusal(limits)) return limits;
    const spendLimits = readSpendLimits(key.spendLimits, edit.spendLimits ?? {});
    if (isRefusal(spendLimits)) return spendLimits;
    const allowedNetworks = readAllowedNetworks(edit.allowedNetworks ?? key.allowedNetworks);
    if (isRefusal(allowedNetworks)) return allowedNetworks;
    const expiresAtMs =
      edit.expiresAtMs === undefined ? key.expiresAtMs : readExpiry(edit.expiresAtMs, ports.clock.nowMs());
    if (isRefusal(expiresAtMs)) return expiresAtMs;
    return { name, acls, limits, spendLimits, allowedNetworks, expiresAtMs };
  });
}
