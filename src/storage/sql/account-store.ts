import type { AccountStore, MemberRow, OrganizationRow, UserEdit, UserRow } from '../account-store.ts';
import { insertMember, insertOrganization, insertUser } from './account-inserts.ts';
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
      { query: insertUser(this.#engine.database, user, 'operator').compile(), guarded: true },
      { query: insertOrganization(this.#engine.database, organization).compile() },
      { query: insertMember(this.#engine.database, member).compile() },
    ]);
  }

  createOrganization(organization: OrganizationRow, owner: MemberRow): Promise<'done' | 'exists'> {
    const insert = insertOrganization(this.#engine.database, organization).onConflict((on) =>
      on.column('slug').doNothing(),
    );
    return this.#writeUnlessTaken([
      { query: insert.compile(), guarded: true },
      { query: insertMember(this.#engine.database, owner).compile() },
    ]);
  }

  addMember(member: MemberRow): Promise<'done' | 'exists'> {
    const insert = insertMember(this.#engine.database, member).onConflict((on) =>
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
}
