import type { MemberRow, OrganizationRow, UserRow } from './account-store.ts';
import type { Balance } from './ledger-store.ts';
import type { Page, PageRequest } from './page.ts';

/** A team as one of its members sees it. */
export interface Membership {
  readonly organization: OrganizationRow;
  readonly role: MemberRow['role'];
}

/** Enough of a person to name them. */
export type PersonName = Pick<UserRow, 'id' | 'name' | 'email'>;

export type TeamName = Pick<OrganizationRow, 'id' | 'name'>;

export interface PersonListed extends UserRow {
  readonly teams: number;
}

export interface TeamListed extends OrganizationRow {
  readonly members: number;
  readonly balance: Balance;
}

/** People and teams as pages look them up and search them; whatever there is, in one query each. */
export interface DirectoryStore {
  findMember(organizationId: string, userId: string): Promise<MemberRow | undefined>;
  /** Oldest first. */
  membershipsOf(userId: string): Promise<readonly Membership[]>;
  /** At most 1,000 ids; those that are nobody's are left out. */
  peopleNamed(userIds: readonly string[]): Promise<readonly PersonName[]>;
  /** The same of teams. */
  teamsNamed(organizationIds: readonly string[]): Promise<readonly TeamName[]>;
  /** By address, ascending; `prefix` is how it begins, whatever its case. */
  searchPeople(prefix: string, page: PageRequest): Promise<Page<PersonListed>>;
  /** By slug, ascending; `prefix` is how the slug or, in its own case, the name begins. Personal teams are left out. */
  searchTeams(prefix: string, page: PageRequest): Promise<Page<TeamListed>>;
  /** Teams of a person, with their balances. */
  teamsOf(userId: string): Promise<readonly TeamListed[]>;
  countAll(): Promise<{ readonly people: number; readonly teams: number }>;
}
