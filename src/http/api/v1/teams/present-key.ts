import type { TeamSpend } from '../../../../console/key-spend.ts';
import type { LimitRules } from '../../../../domain/limit.ts';
import type { PersonName } from '../../../../storage/directory-store.ts';
import type { KeyRow } from '../../../../storage/key-store.ts';
import type { Key } from '../../wire/keys.ts';

/** What a key is presented with. */
export interface KeyFacts {
  readonly nowMs: number;
  readonly readerId: string;
  readonly spend: TeamSpend;
  readonly makers: readonly PersonName[];
}

/** A key as its team sees it: member by member, so that its hash can never be among them. */
export function presentKey(key: KeyRow, { nowMs, readerId, spend, makers }: KeyFacts): Key {
  const { monthTicks, todayTicks } = spend.of(key.id);
  const { perDayTicks, perMonthTicks } = key.spendLimits;
  return {
    id: key.id,
    name: key.name,
    redacted: key.redacted,
    state: stateOf(key, nowMs),
    maker: { userId: key.userId, name: makers.find(({ id }) => id === key.userId)?.name ?? null },
    isOwn: key.userId === readerId,
    acls: [...key.acls],
    limits: presentLimits(key.limits),
    spendLimits: {
      perDayTicks: perDayTicks?.toString() ?? null,
      perMonthTicks: perMonthTicks?.toString() ?? null,
    },
    allowedNetworks: [...key.allowedNetworks],
    spentThisMonthTicks: String(monthTicks),
    spentTodayTicks: String(todayTicks),
    lastUsedAtMs: key.lastUsedAtMs,
    expiresAtMs: key.expiresAtMs,
    revokedAtMs: key.revokedAtMs,
    followsKeyId: key.followsKeyId,
    createdAtMs: key.createdAtMs,
    modifiedAtMs: key.modifiedAtMs,
  };
}

function stateOf(key: KeyRow, nowMs: number): Key['state'] {
  if (key.revokedAtMs !== null) return 'revoked';
  if (key.expiresAtMs !== null && key.expiresAtMs <= nowMs) return 'expired';
  return key.disabled ? 'disabled' : 'active';
}

/** Limits with every name there; null is none. */
export function presentLimits(limits: LimitRules): Key['limits'] {
  return {
    requestsPerSecond: limits.requestsPerSecond ?? null,
    requestsPerMinute: limits.requestsPerMinute ?? null,
    requestsPerHour: limits.requestsPerHour ?? null,
    tokensPerMinute: limits.tokensPerMinute ?? null,
    requestsInFlight: limits.requestsInFlight ?? null,
  };
}
