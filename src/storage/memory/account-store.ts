import type { AccountStore, MemberRow, OrganizationRow, UserEdit, UserRow } from '../account-store.ts';
import { StorageConflict } from '../storage-error.ts';
import { compareTexts } from './compare-texts.ts';

export class MemoryAccountStore implements AccountStore {
  readonly #users = new Map<string, UserRow>();
  readonly #organizations = new Map<string, OrganizationRow>();
  readonly #members = new Map<string, MemberRow>();

  hasUser(id: string): boolean {
    return this.#users.has(id);
  }

  hasOrganization(id: string): boolean {
    return this.#organizations.has(id);
  }

  users(): readonly UserRow[] {
    return [...this.#users.values()];
  }

  /** Takes over what another store has changed of a person. */
  rewriteUser(row: Readonly<Record<string, unknown>>): void {
    const user = this.#users.get(String(row.id));
    if (user === undefined) return;
    const { name, email } = row;
    this.#users.set(user.id, {
      ...user,
      name: String(name),
      email: String(email),
      banned: row.banned === 1,
    });
  }

  async createUser(
    user: UserRow,
    organization: OrganizationRow,
    member: MemberRow,
  ): Promise<'done' | 'exists'> {
    const email = user.email.toLowerCase();
    if ([...this.#users.values()].some((other) => other.email === email)) return 'exists';
    if (this.#users.has(user.id) || this.#takenSlug(organization))
      throw new StorageConflict('unique', 'the id or slug is taken');
    this.#users.set(user.id, { ...user, email });
    this.#organizations.set(organization.id, { ...organization });
    this.#members.set(member.id, { ...member });
    return 'done';
  }

  async createOrganization(organization: OrganizationRow, owner: MemberRow): Promise<'done' | 'exists'> {
    if (this.#takenSlug(organization)) return 'exists';
    if (!this.#users.has(owner.userId)) throw new StorageConflict('reference', 'the owner does not exist');
    this.#organizations.set(organization.id, { ...organization });
    this.#members.set(owner.id, { ...owner });
    return 'done';
  }

  async addMember(member: MemberRow): Promise<'done' | 'exists'> {
    if (!this.#users.has(member.userId) || !this.#organizations.has(member.organizationId)) {
      throw new StorageConflict('reference', 'the person or team does not exist');
    }
    if (this.#membership(member.organizationId, member.userId) !== undefined) return 'exists';
    this.#members.set(member.id, { ...member });
    return 'done';
  }

  async removeMember(organizationId: string, userId: string): Promise<boolean> {
    const member = this.#membership(organizationId, userId);
    return member !== undefined && this.#members.delete(member.id);
  }

  async setUserBanned(userId: string, banned: boolean): Promise<boolean> {
    const user = this.#users.get(userId);
    if (user !== undefined) this.#users.set(userId, { ...user, banned });
    return user !== undefined;
  }

  async setOrganizationBlocked(organizationId: string, blocked: boolean): Promise<boolean> {
    const organization = this.#organizations.get(organizationId);
    if (organization !== undefined) this.#organizations.set(organizationId, { ...organization, blocked });
    return organization !== undefined;
  }

  async editUser(userId: string, edit: UserEdit): Promise<boolean> {
    const user = this.#users.get(userId);
    if (user !== undefined) this.#users.set(userId, { ...user, ...edit });
    return user !== undefined;
  }

  async renameOrganization(organizationId: string, name: string): Promise<boolean> {
    const organization = this.#organizations.get(organizationId);
    if (organization !== undefined) this.#organizations.set(organizationId, { ...organization, name });
    return organization !== undefined;
  }

  async setMemberRole(organizationId: string, userId: string, role: MemberRow['role']): Promise<boolean> {
    const member = this.#membership(organizationId, userId);
    if (member !== undefined) this.#members.set(member.id, { ...member, role });
    return member !== undefined;
  }

  async findUser(idOrEmail: string): Promise<UserRow | undefined> {
    const email = idOrEmail.toLowerCase();
    return this.#users.get(idOrEmail) ?? [...this.#users.values()].find((user) => user.email === email);
  }

  async findOrganization(idOrSlug: string): Promise<OrganizationRow | undefined> {
    return (
      this.#organizations.get(idOrSlug) ??
      [...this.#organizations.values()].find((organization) => organization.slug === idOrSlug)
    );
  }

  async listUsers(): Promise<readonly UserRow[]> {
    return oldestFirst(this.#users.values());
  }

  async listOrganizations(): Promise<readonly OrganizationRow[]> {
    return oldestFirst(this.#organizations.values());
  }

  async membersOf(organizationId: string): Promise<readonly MemberRow[]> {
    return oldestFirst(
      [...this.#members.values()].filter((member) => member.organizationId === organizationId),
    );
  }

  async organizationsOf(userId: string): Promise<readonly OrganizationRow[]> {
    return oldestFirst(
      [...this.#organizations.values()].filter((row) => this.#membership(row.id, userId) !== undefined),
    );
  }

  #membership(organizationId: string, userId: string): MemberRow | undefined {
    return [...this.#members.values()].find(
      (row) => row.organizationId === organizationId && row.userId === userId,
    );
  }

  #takenSlug({ id, slug }: OrganizationRow): boolean {
    return [...this.#organizations.values()].some((other) => other.id === id || other.slug === slug);
  }
}

function oldestFirst<Row extends { createdAtMs: number; id: string }>(rows: Iterable<Row>): Row[] {
  return [...rows].sort((a, b) => a.createdAtMs - b.createdAtMs || compareTexts(a.id, b.id));
}
