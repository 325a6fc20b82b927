import type { MemberRow, OrganizationRow, UserRow } from '../../storage/account-store.ts';
import type { Balance } from '../../storage/ledger-store.ts';
import type { JsonObject } from './json-value.ts';
import { presentMoment, presentMoney } from './present-money.ts';

export function presentUser(user: UserRow) {
  return {
    id: user.id,
    email: user.email,
    name: user.name,
    role: user.role,
    banned: user.banned,
    created_at: presentMoment(user.createdAtMs),
  } satisfies JsonObject;
}

export function presentTeam(team: OrganizationRow) {
  return {
    id: team.id,
    slug: team.slug,
    name: team.name,
    personal: team.personal,
    blocked: team.blocked,
    created_at: presentMoment(team.createdAtMs),
  } satisfies JsonObject;
}

export function presentMember(member: MemberRow, user: UserRow | undefined) {
  return {
    user_id: member.userId,
    email: user?.email ?? null,
    name: user?.name ?? null,
    role: member.role,
    banned: user?.banned ?? null,
    joined_at: presentMoment(member.createdAtMs),
  } satisfies JsonObject;
}

export function presentBalance({ availableTicks, heldTicks }: Balance) {
  return {
    ...presentMoney('available', availableTicks),
    ...presentMoney('held', heldTicks),
  } satisfies JsonObject;
}
