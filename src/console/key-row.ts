import { UNRESTRICTED_ACLS } from '../domain/access.ts';
import { redactApiKey } from '../domain/api-key.ts';
import { readDisplayName } from '../domain/display-name.ts';
import { isRefusal, type Refusal, refuse } from '../domain/refusal.ts';
import { NO_SPEND_LIMITS } from '../domain/spend-limit.ts';
import { announcing } from '../ports/changes.ts';
import type { KeyRow } from '../storage/key-store.ts';
import type { ConsolePorts } from './console-ports.ts';
import {
  readAcls,
  readAllowedNetworks,
  readExpiry,
  readSpendLimits,
  type SpendLimitChange,
} from './key-rules.ts';
import { changeLimits, type LimitChange } from './limit-change.ts';

export interface NewKey {
  readonly organizationId: string;
  /** Who makes it and answers for it: a member of the team. */
  readonly userId: string;
  readonly name: string;
  /** All models and endpoints when absent. */
  readonly acls?: readonly string[] | undefined;
  readonly limits?: LimitChange | undefined;
  readonly spendLimits?: SpendLimitChange | undefined;
  /** From anywhere when absent or empty. */
  readonly allowedNetworks?: readonly string[] | undefined;
  readonly expiresAtMs?: number | null | undefined;
}

/** The row of a key with this text, if the request is sound. */
export function describeKey(
  { clock, random, sha256, actor }: Pick<ConsolePorts, 'clock' | 'random' | 'sha256' | 'actor'>,
  request: NewKey,
  text: string,
): KeyRow | Refusal {
  const nowMs = clock.nowMs();
  const name = readDisplayName(request.name);
  if (name === undefined) return refuse('bad-name');
  const acls = readAcls(request.acls ?? UNRESTRICTED_ACLS);
  if (isRefusal(acls)) return acls;
  const limits = changeLimits({}, request.limits ?? {});
  if (isRefusal(limits)) return limits;
  const spendLimits = readSpendLimits(NO_SPEND_LIMITS, request.spendLimits ?? {});
  if (isRefusal(spendLimits)) return spendLimits;
  const allowedNetworks = readAllowedNetworks(request.allowedNetworks ?? []);
  if (isRefusal(allowedNetworks)) return allowedNetworks;
  const expiresAtMs = readExpiry(request.expiresAtMs ?? null, nowMs);
  if (isRefusal(expiresAtMs)) return expiresAtMs;
  return {
    id: random.uuid(),
    hash: sha256(text),
    redacted: redactApiKey(text),
    name,
    organizationId: request.organizationId,
    userId: request.userId,
    acls,
    limits,
    spendLimits,
    allowedNetworks,
    expiresAtMs,
    disabled: false,
    revokedAtMs: null,
    followsKeyId: null,
    lastUsedAtMs: null,
    createdAtMs: nowMs,
    modifiedAtMs: nowMs,
    modifiedBy: actor,
  };
}

/** Announced too: the server may remember that this key was unknown. */
export async function insertKey(
  { keys, changed }: Pick<ConsolePorts, 'keys' | 'changed'>,
  key: KeyRow,
): Promise<void> {
  await announcing(changed, { kind: 'key', id: key.id }, () => keys.insert(key));
}
