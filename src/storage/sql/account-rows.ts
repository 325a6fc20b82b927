import type { Selectable } from 'kysely';
import type { MemberRow, OrganizationRow, UserRow } from '../account-store.ts';
import type { Tables } from './tables.ts';

/** People, teams and members as better-auth's tables hold them, brought into our own shapes. */

export const USER_COLUMNS = ['id', 'name', 'email', 'createdAt', 'role', 'banned'] as const;
export const ORGANIZATION_COLUMNS = ['id', 'name', 'slug', 'personal', 'blocked', 'createdAt'] as const;

export function presentUser(row: Pick<Selectable<Tables['user']>, (typeof USER_COLUMNS)[number]>): UserRow {
  return {
    id: row.id,
    email: row.email,
    name: row.name,
    // A role that better-auth or a person wrote and we do not know gives no rights.
    role: row.role === 'owner' || row.role === 'administrator' ? row.role : 'user',
    banned: row.banned === 1n,
    createdAtMs: Date.parse(row.createdAt),
  };
}

export function presentOrganization(
  row: Pick<Selectable<Tables['organization']>, (typeof ORGANIZATION_COLUMNS)[number]>,
): OrganizationRow {
  return {
    id: row.id,
    name: row.name,
    slug: row.slug,
    personal: row.personal === 1n,
    blocked: row.blocked === 1n,
    createdAtMs: Date.parse(row.createdAt),
  };
}

export function presentMember(row: Selectable<Tables['member']>): MemberRow {
  return {
    id: row.id,
    organizationId: row.organizationId,
    userId: row.userId,
    role: presentRole(row.role),
    createdAtMs: Date.parse(row.createdAt),
  };
}

export function presentRole(role: string): MemberRow['role'] {
  return role === 'owner' || role === 'administrator' || role === 'billing' ? role : 'member';
}
