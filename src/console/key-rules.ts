import { isAcl } from '../domain/access.ts';
import { type Refusal, refuse } from '../domain/refusal.ts';

const MAXIMUM_ACLS = 200;

/**
 * The access list of a key as it is stored: well-formed and each entry once. What an entry names need not exist yet.
 * An empty list is allowed; such a key reaches nothing.
 */
export function readAcls(acls: readonly string[]): readonly string[] | Refusal {
  const wrong = acls.find((acl) => !isAcl(acl));
  if (wrong !== undefined) return refuse('bad-acl', { acl: wrong });
  const unique = [...new Set(acls)];
  return unique.length <= MAXIMUM_ACLS ? unique : refuse('too-many-acls', { most: MAXIMUM_ACLS });
}

/** Null never expires. A moment that has passed is refused: it is most likely a slip. */
export function readExpiry(expiresAtMs: number | null, nowMs: number): number | null | Refusal {
  if (expiresAtMs === null) return null;
  return Number.isSafeInteger(expiresAtMs) && expiresAtMs > nowMs ? expiresAtMs : refuse('moment-past');
}
