import type { MemberRow } from '../account-store.ts';
import type {
  DirectoryStore,
  Membership,
  PersonListed,
  PersonName,
  TeamListed,
  TeamName,
} from '../directory-store.ts';
import type { Page, PageRequest } from '../page.ts';
import type { MemoryAccountStore } from './account-store.ts';
import { compareTexts } from './compare-texts.ts';
import type { MemoryState } from './memory-state.ts';

export class MemoryDirectoryStore implements DirectoryStore {
  readonly #accounts: MemoryAccountStore;
  readonly #state: MemoryState;

  constructor(accounts: MemoryAccountStore, state: MemoryState) {
    this.#accounts = accounts;
    this.#state = state;
  }

  async findMember(organizationId: string, userId: string): Promise<MemberRow | undefined> {
    return (await this.#accounts.membersOf(organizationId)).find((member) => member.userId === userId);
  }

  async membershipsOf(userId: string): Promise<readonly Membership[]> {
    const organizations = await this.#accounts.organizationsOf(userId);
    const roles = await Promise.all(organizations.map(({ id }) => this.findMember(id, userId)));
    return organizations.map((organization, at) => ({ organization, role: roles[at]?.role ?? 'member' }));
  }

  async peopleNamed(userIds: readonly string[]): Promise<readonly PersonName[]> {
    const users = await this.#accounts.listUsers();
    return users.filter(({ id }) => userIds.includes(id)).map(({ id, name, email }) => ({ id, name, email }));
  }

  async teamsNamed(organizationIds: readonly string[]): Promise<readonly TeamName[]> {
    const teams = await this.#accounts.listOrganizations();
    return teams.filter(({ id }) => organizationIds.includes(id)).map(({ id, name }) => ({ id, name }));
  }

  async searchPeople(prefix: string, page: PageRequest): Promise<Page<PersonListed>> {
    const users = (await this.#accounts.listUsers()).filter(({ email }) =>
      email.startsWith(prefix.toLowerCase()),
    );
    const listed = await Promise.all(
      users.map(async (user) => ({
        ...user,
        teams: (await this.#accounts.organizationsOf(user.id)).length,
      })),
    );
    return pageByName(listed, page, ({ email }) => email);
  }

  async searchTeams(prefix: string, page: PageRequest): Promise<Page<TeamListed>> {
    const all = (await this.#accounts.listOrganizations()).filter(
      ({ slug, name, personal }) =>
        !personal && (slug.startsWith(prefix.toLowerCase()) || name.startsWith(prefix)),
    );
    return pageByName(await this.#listed(all), page, ({ slug }) => slug);
  }

  async teamsOf(userId: string): Promise<readonly TeamListed[]> {
    return this.#listed(await this.#accounts.organizationsOf(userId));
  }

  async countAll(): Promise<{ readonly people: number; readonly teams: number }> {
    const teams = (await this.#accounts.listOrganizations()).filter(({ personal }) => !personal);
    return { people: (await this.#accounts.listUsers()).length, teams: teams.length };
  }

  #listed(
    organizations: Awaited<ReturnType<MemoryAccountStore['listOrganizations']>>,
  ): Promise<TeamListed[]> {
    return Promise.all(
      organizations.map(async (organization) => {
        const wallet = this.#state.wallets.get(organization.id);
        return {
          ...organization,
          members: (await this.#accounts.membersOf(organization.id)).length,
          balance: { availableTicks: wallet?.availableTicks ?? 0n, heldTicks: wallet?.heldTicks ?? 0n },
        };
      }),
    );
  }
}

function pageByName<Row>(
  rows: readonly Row[],
  { limit, cursor }: PageRequest,
  nameOf: (row: Row) => string,
): Page<Row> {
  const rest = rows
    .filter((row) => cursor === undefined || nameOf(row) > cursor)
    .sort((a, b) => compareTexts(nameOf(a), nameOf(b)));
  const kept = rest.slice(0, limit);
  const last = kept.at(-1);
  return {
    rows: kept,
    ...(rest.length > limit && last !== undefined ? { nextCursor: nameOf(last) } : {}),
  };
}
