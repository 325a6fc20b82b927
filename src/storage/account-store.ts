/** A person. The same row is better-auth's `user`. */
export interface UserRow {
  readonly id: string;
  /** In lower case, however it was written when the person was made. */
  readonly email: string;
  readonly name: string;
  readonly role: 'owner' | 'administrator' | 'user';
  readonly banned: boolean;
  readonly createdAtMs: number;
}

/** A team. The same row is better-auth's `organization`; the wallet and the keys belong to it. */
export interface OrganizationRow {
  readonly id: string;
  readonly name: string;
  /** Unique; lower-case letters, digits and hyphens. */
  readonly slug: string;
  readonly personal: boolean;
  readonly blocked: boolean;
  readonly createdAtMs: number;
}

export interface MemberRow {
  readonly id: string;
  readonly organizationId: string;
  readonly userId: string;
  readonly role: 'owner' | 'administrator' | 'member' | 'billing';
  readonly createdAtMs: number;
}

/** What may be changed of a person after they were made. */
export type UserEdit = Partial<Pick<UserRow, 'name' | 'role'>>;

export interface AccountStore {
  /**
   * Makes a person together with their personal team and membership, in one transaction. `exists`: the e-mail
   * address (without regard to case) is taken and nothing was made. An id or slug that is taken, or an owner or
   * member that does not exist, rejects with `StorageConflict` here and below.
   */
  createUser(user: UserRow, organization: OrganizationRow, member: MemberRow): Promise<'done' | 'exists'>;
  /** `exists`: the slug is taken. */
  createOrganization(organization: OrganizationRow, owner: MemberRow): Promise<'done' | 'exists'>;
  /** `exists`: already a member. */
  addMember(member: MemberRow): Promise<'done' | 'exists'>;
  removeMember(organizationId: string, userId: string): Promise<boolean>;
  setUserBanned(userId: string, banned: boolean): Promise<boolean>;
  setOrganizationBlocked(organizationId: string, blocked: boolean): Promise<boolean>;

  editUser(userId: string, edit: UserEdit): Promise<boolean>;
  renameOrganization(organizationId: string, name: string): Promise<boolean>;
  setMemberRole(organizationId: string, userId: string, role: MemberRow['role']): Promise<boolean>;

  /** By id or by e-mail address. */
  findUser(idOrEmail: string): Promise<UserRow | undefined>;
  /** By id or by slug. */
  findOrganization(idOrSlug: string): Promise<OrganizationRow | undefined>;
  listUsers(): Promise<readonly UserRow[]>;
  listOrganizations(): Promise<readonly OrganizationRow[]>;
  membersOf(organizationId: string): Promise<readonly MemberRow[]>;
  organizationsOf(userId: string): Promise<readonly OrganizationRow[]>;
}
