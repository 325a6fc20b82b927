import type { AccountStore, MemberRow, OrganizationRow, UserEdit, UserRow } from '../account-store.ts';
import {
  ORGANIZATION_COLUMNS,
  presentMember,
  presentOrganization,
  presentUser,
  USER_COLUMNS,
} from './account-rows.ts';
import type { GroupStatement, SqlEngine } from './sql-engine.ts';
import { bit } from './tables.ts';

/** People, teams and memberships in better-auth's tables, in better-auth's own spelling. */
export class SqlAccountStore implements AccountStore {
  readonly #engine: SqlEngine;

  constructor(engine: SqlEngine) {
    this.#engine = engine;
  }

  createUser(user: UserRow, organization: OrganizationRow, member: MemberRow): Promise<'done' | 'exists'> {
    return this.#writeUnlessTaken([
      { query: this.#insertUser(user), guarded: true },
      { query: this.#insertOrganization(organization).compile() },
      { query: this.#insertMember(member).compile() },
    ]);
  }

  createOrganization(organization: OrganizationRow, owner: MemberRow): Promise<'done' | 'exists'> {
    const insert = this.#insertOrganization(organization).onConflict((on) => on.column('slug').doNothing());
    return this.#writeUnlessTaken([
      { query: insert.compile(), guarded: true },
      { query: this.#insertMember(owner).compile() },
    ]);
  }

  addMember(member: MemberRow): Promise<'done' | 'exists'> {
    const insert = this.#insertMember(member).onConflict((on) =>
      on.columns(['organizationId', 'userId']).doNothing(),
    );
    return this.#writeUnlessTaken([{ query: insert.compile(), guarded: true }]);
  }

  async removeMember(organizationId: string, userId: string): Promise<boolean> {
    const { numDeletedRows } = await this.#engine.database
      .deleteFrom('member')
      .where('organizationId', '=', organizationId)
      .where('userId', '=', userId)
      .executeTakeFirstOrThrow();
    return numDeletedRows > 0n;
  }

  async setUserBanned(userId: string, banned: boolean): Promise<boolean> {
    const { numUpdatedRows } = await this.#engine.database
      .updateTable('user')
      .set({ banned: bit(banned) })
      .where('id', '=', userId)
      .executeTakeFirstOrThrow();
    return numUpdatedRows > 0n;
  }

  async setOrganizationBlocked(organizationId: string, blocked: boolean): Promise<boolean> {
    const { numUpdatedRows } = await this.#engine.database
      .updateTable('organization')
      .set({ blocked: bit(blocked) })
      .where('id', '=', organizationId)
      .executeTakeFirstOrThrow();
    return numUpdatedRows > 0n;
  }

  async editUser(userId: string, edit: UserEdit): Promise<boolean> {
    const { numUpdatedRows } = await this.#engine.database
      .updateTable('user')
      .set(edit)
      .where('id', '=', userId)
      .executeTakeFirstOrThrow();
    return numUpdatedRows > 0n;
  }

  async renameOrganization(organizationId: string, name: string): Promise<boolean> {
    const { numUpdatedRows } = await this.#engine.database
      .updateTable('organization')
      .set({ name })
      .where('id', '=', organizationId)
      .executeTakeFirstOrThrow();
    return numUpdatedRows > 0n;
  }

  async setMemberRole(organizationId: string, userId: string, role: MemberRow['role']): Promise<boolean> {
    const { numUpdatedRows } = await this.#engine.database
      .updateTable('member')
      .set({ role })
      .where('organizationId', '=', organizationId)
      .where('userId', '=', userId)
      .executeTakeFirstOrThrow();
    return numUpdatedRows > 0n;
  }

  async findUser(idOrEmail: string): Promise<UserRow | undefined> {
    const row = await this.#engine.lookups
      .selectFrom('user')
      .select(USER_COLUMNS)
      .where((is) => is.or([is('id', '=', idOrEmail), is('email', '=', idOrEmail.toLowerCase())]))
      .executeTakeFirst();
    return row && presentUser(row);
  }

  async findOrganization(idOrSlug: string): Promise<OrganizationRow | undefined> {
    const row = await this.#engine.lookups
      .selectFrom('organization')
      .select(ORGANIZATION_COLUMNS)
      .where((is) => is.or([is('id', '=', idOrSlug), is('slug', '=', idOrSlug)]))
      .executeTakeFirst();
    return row && presentOrganization(row);
  }

  async listUsers(): Promise<readonly UserRow[]> {
    const rows = await this.#engine.database
      .selectFrom('user')
      .select(USER_COLUMNS)
      .orderBy('createdAt')
      .orderBy('id')
      .execute();
    return rows.map(presentUser);
  }

  async listOrganizations(): Promise<readonly OrganizationRow[]> {
    const rows = await this.#engine.database
      .selectFrom('organization')
      .select(ORGANIZATION_COLUMNS)
      .orderBy('createdAt')
      .orderBy('id')
      .execute();
    return rows.map(presentOrganization);
  }

  async membersOf(organizationId: string): Promise<readonly MemberRow[]> {
    const rows = await this.#engine.database
      .selectFrom('member')
      .selectAll()
      .where('organizationId', '=', organizationId)
      .orderBy('createdAt')
      .orderBy('id')
      .execute();
    return rows.map(presentMember);
  }

  async organizationsOf(userId: string): Promise<readonly OrganizationRow[]> {
    const rows = await this.#engine.database
      .selectFrom('organization')
      .innerJoin('member', 'member.organizationId', 'organization.id')
      .select(['organization.id', 'name', 'slug', 'personal', 'blocked', 'organization.createdAt'])
      .where('member.userId', '=', userId)
      .orderBy('organization.createdAt')
      .orderBy('organization.id')
      .execute();
    return rows.map(presentOrganization);
  }

  async #writeUnlessTaken(statements: readonly GroupStatement[]): Promise<'done' | 'exists'> {
    return (await this.#engine.writeTogether(statements)) === 'done' ? 'done' : 'exists';
  }

  /** better-auth looks addresses up in lower case, so that is how they are stored. */
  #insertUser(user: UserRow) {
    return this.#engine.database
      .insertInto('user')
      .values({
        id: user.id,
        name: user.name,
        email: user.email.toLowerCase(),
        emailVerified: 0,
        createdAt: isoDate(user.createdAtMs),
        updatedAt: isoDate(user.createdAtMs),
        role: user.role,
        banned: bit(user.banned),
      })
      .onConflict((on) => on.column('email').doNothing())
      .compile();
  }

  #insertOrganization(organization: OrganizationRow) {
    return this.#engine.database.insertInto('organization').values({
      id: organization.id,
      name: organization.name,
      slug: organization.slug,
      createdAt: isoDate(organization.createdAtMs),
      personal: bit(organization.personal),
      blocked: bit(organization.blocked),
    });
  }

  #insertMember(member: MemberRow) {
    return this.#engine.database.insertInto('member').values({
      id: member.id,
      organizationId: member.organizationId,
      userId: member.userId,
      role: member.role,
      createdAt: isoDate(member.createdAtMs),
    });
  }
}

function isoDate(atMs: number): string {
  return new Date(atMs).toISOString();
}
