import { isAcl } from '../domain/access.ts';
import { MAXIMUM_TICKS, type Ticks } from '../domain/money.ts';
import { parseNetwork } from '../domain/network-address.ts';
import { type Refusal, refuse } from '../domain/refusal.ts';
import type { SpendLimits } from '../domain/spend-limit.ts';

const MAXIMUM_ACLS = 200;

/** They are gone through for every request of the key. */
const MAXIMUM_NETWORKS = 50;

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

/** The networks of a key as they are stored: well-formed and each entry once. */
export function readAllowedNetworks(networks: readonly string[]): readonly string[] | Refusal {
  const wrong = networks.find((network) => parseNetwork(network) === undefined);
  if (wrong !== undefined) return refuse('bad-network', { network: wrong });
  const unique = [...new Set(networks)];
  return unique.length <= MAXIMUM_NETWORKS ? unique : refuse('too-many-networks', { most: MAXIMUM_NETWORKS });
}

/** New values for some spend limits: an amount sets one, null takes it away, what is absent stays. */
export type SpendLimitChange = Partial<Readonly<Record<keyof SpendLimits, Ticks | null | undefined>>>;

export function readSpendLimits(current: SpendLimits, change: SpendLimitChange): SpendLimits | Refusal {
  const perDayTicks = change.perDayTicks === undefined ? current.perDayTicks : change.perDayTicks;
  const perMonthTicks = change.perMonthTicks === undefined ? current.perMonthTicks : change.perMonthTicks;
  for (const limitTicks of [perDayTicks, perMonthTicks]) {
    // Zero would let nothing in; disabling says that more clearly.
    if (limitTicks !== null && (limitTicks <= 0n || limitTicks > MAXIMUM_TICKS)) {
      return refuse('bad-spend-limit', { mostTicks: String(MAXIMUM_TICKS) });
    }
  }
  return { perDayTicks, perMonthTicks };
}
