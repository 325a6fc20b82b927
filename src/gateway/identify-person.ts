import { UNRESTRICTED_ACLS } from '../domain/access.ts';
import { type Failure, ledgerUnavailable } from '../domain/failure.ts';
import { keylessId } from '../domain/keyless.ts';
import { NO_SPEND_LIMITS } from '../domain/spend-limit.ts';
import type { KeyWithOwner } from '../storage/key-store.ts';
import type { PersonCaller } from './gateway.ts';

/**
 * The caller that a signed-in person is: all models, the team's credit and limits, and in records the door they came
 * through in place of a key.
 */
export async function identifyPerson(person: PersonCaller): Promise<KeyWithOwner | Failure> {
  const fault = await person.fault().catch(() => ledgerUnavailable());
  return fault ?? standIn(person);
}

function standIn({ door, userId, organizationId }: PersonCaller): KeyWithOwner {
  return {
    id: keylessId(door, userId),
    hash: '',
    redacted: '',
    name: door,
    organizationId,
    userId,
    acls: UNRESTRICTED_ACLS,
    limits: {},
    spendLimits: NO_SPEND_LIMITS,
    allowedNetworks: [],
    expiresAtMs: null,
    disabled: false,
    revokedAtMs: null,
    followsKeyId: null,
    lastUsedAtMs: null,
    createdAtMs: 0,
    modifiedAtMs: 0,
    modifiedBy: '',
    organizationBlocked: false,
    userBanned: false,
  };
}
