import type { LimitRules } from '../../domain/limit.ts';
import type { KeyRow } from '../../storage/key-store.ts';
import type { JsonObject } from './json-value.ts';
import { presentMoment } from './present-money.ts';

/** Everything of a key but its hash. */
export function presentKey(key: KeyRow, nowMs: number) {
  return {
    id: key.id,
    redacted: key.redacted,
    name: key.name,
    team_id: key.organizationId,
    user_id: key.userId,
    state: stateOf(key, nowMs),
    acls: key.acls,
    limits: presentLimits(key.limits),
    spend_per_day_ticks: key.spendLimits.perDayTicks?.toString() ?? null,
    spend_per_month_ticks: key.spendLimits.perMonthTicks?.toString() ?? null,
    allowed_from: key.allowedNetworks.length === 0 ? null : key.allowedNetworks,
    last_used_at: presentMoment(key.lastUsedAtMs),
    expires_at: presentMoment(key.expiresAtMs),
    revoked_at: presentMoment(key.revokedAtMs),
    follows_key_id: key.followsKeyId,
    created_at: presentMoment(key.createdAtMs),
    modified_at: presentMoment(key.modifiedAtMs),
    modified_by: key.modifiedBy,
  } satisfies JsonObject;
}

/** Limits by their wire names; null is no limit. */
export function presentLimits(limits: LimitRules) {
  return {
    requests_per_second: limits.requestsPerSecond ?? null,
    requests_per_minute: limits.requestsPerMinute ?? null,
    requests_per_hour: limits.requestsPerHour ?? null,
    tokens_per_minute: limits.tokensPerMinute ?? null,
    requests_in_flight: limits.requestsInFlight ?? null,
  } satisfies JsonObject;
}

function stateOf(key: KeyRow, nowMs: number): 'revoked' | 'disabled' | 'expired' | 'active' {
  if (key.revokedAtMs !== null) return 'revoked';
  if (key.disabled) return 'disabled';
  return key.expiresAtMs !== null && key.expiresAtMs <= nowMs ? 'expired' : 'active';
}
