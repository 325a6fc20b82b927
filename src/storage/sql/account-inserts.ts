import type { Kysely } from 'kysely';
import type { MemberRow, OrganizationRow, UserRow } from '../account-store.ts';
import { bit, type Tables } from './tables.ts';

/** People, teams and members as they go into better-auth's tables. */

/** How a person came by their address: an operator named it, they did themselves, or a letter has shown that it is theirs. */
export type AddressOrigin = 'operator' | 'self-made' | 'proven';

/** Nothing is inserted when the address is taken. better-auth looks addresses up in lower case, so they are stored so. */
export function insertUser(database: Kysely<Tables>, user: UserRow, address: AddressOrigin) {
  return database
    .insertInto('user')
    .values({
      id: user.id,
      name: user.name,
      email: user.email.toLowerCase(),
      emailVerified: bit(address === 'proven'),
      createdAt: isoDate(user.createdAtMs),
      updatedAt: isoDate(user.createdAtMs),
      role: user.role,
      banned: bit(user.banned),
      selfMade: bit(address === 'self-made'),
    })
    .onConflict((on) => on.column('email').doNothing());
}

export function insertOrganization(database: Kysely<Tables>, organization: OrganizationRow) {
  return database.insertInto('organization').values({
    id: organization.id,
    name: organization.name,
    slug: organization.slug,
    createdAt: isoDate(organization.createdAtMs),
    personal: bit(organization.personal),
    blocked: bit(organization.blocked),
  });
}

export function insertMember(database: Kysely<Tables>, member: MemberRow) {
  return database.insertInto('member').values({
    id: member.id,
    organizationId: member.organizationId,
    userId: member.userId,
    role: member.role,
    createdAt: isoDate(member.createdAtMs),
  });
}

function isoDate(atMs: number): string {
  return new Date(atMs).toISOString();
}
