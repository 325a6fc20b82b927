import { type ExpressionBuilder, sql } from 'kysely';
import type { MemberRow } from '../account-store.ts';
import type {
  DirectoryStore,
  Membership,
  PersonListed,
  PersonName,
  TeamListed,
  TeamName,
} from '../directory-store.ts';
import { InvalidPage, type Page, type PageRequest } from '../page.ts';
import {
  ORGANIZATION_COLUMNS,
  presentMember,
  presentOrganization,
  presentRole,
  presentUser,
  USER_COLUMNS,
} from './account-rows.ts';
import type { SqlEngine } from './sql-engine.ts';
import type { Tables } from './tables.ts';

const MAXIMUM_NAMES = 1_000;

export class SqlDirectoryStore implements DirectoryStore {
  readonly #engine: SqlEngine;

  constructor(engine: SqlEngine) {
    this.#engine = engine;
  }

  async findMember(organizationId: string, userId: string): Promise<MemberRow | undefined> {
    const row = await this.#engine.lookups
      .selectFrom('member')
      .selectAll()
      .where('organizationId', '=', organizationId)
      .where('userId', '=', userId)
      .executeTakeFirst();
    return row && presentMember(row);
  }

  async membershipsOf(userId: string): Promise<readonly Membership[]> {
    const rows = await this.#engine.lookups
      .selectFrom('member')
      .innerJoin('organization', 'organization.id', 'member.organizationId')
      .select(ORGANIZATION_COLUMNS.map((column) => `organization.${column}` as const))
      .select('member.role')
      .where('member.userId', '=', userId)
      .orderBy('organization.createdAt')
      .orderBy('organization.id')
      .execute();
    return rows.map((row) => ({ organization: presentOrganization(row), role: presentRole(row.role) }));
  }

  async peopleNamed(userIds: readonly string[]): Promise<readonly PersonName[]> {
    const ids = [...new Set(userIds)].slice(0, MAXIMUM_NAMES);
    if (ids.length === 0) return [];
    return this.#engine.database
      .selectFrom('user')
      .select(['id', 'name', 'email'])
      .where('id', 'in', ids)
      .execute();
  }

  async teamsNamed(organizationIds: readonly string[]): Promise<readonly TeamName[]> {
    const ids = [...new Set(organizationIds)].slice(0, MAXIMUM_NAMES);
    if (ids.length === 0) return [];
    return this.#engine.database
      .selectFrom('organization')
      .select(['id', 'name'])
      .where('id', 'in', ids)
      .execute();
  }

  async searchPeople(prefix: string, page: PageRequest): Promise<Page<PersonListed>> {
    const rows = await this.#engine.database
      .selectFrom('user')
      .select(USER_COLUMNS)
      .select((is) =>
        is
          .selectFrom('member')
          .select((count) => count.fn.countAll<bigint>().as('teams'))
          .whereRef('member.userId', '=', 'user.id')
          .as('teams'),
      )
      .where((is) => begins(is, 'email', prefix.toLowerCase()))
      .$if(page.cursor !== undefined, (query) => query.where('email', '>', page.cursor ?? ''))
      .orderBy('email')
      .limit(checkedLimit(page) + 1)
      .execute();
    const people = rows.map((row) => ({ ...presentUser(row), teams: Number(row.teams) }));
    return cut(people, page.limit, ({ email }) => email);
  }

  async searchTeams(prefix: string, page: PageRequest): Promise<Page<TeamListed>> {
    const rows = await this.#teams()
      .where('organization.personal', '=', 0n)
      .where((is) =>
        is.or([
          begins(is, 'organization.slug', prefix.toLowerCase()),
          begins(is, 'organization.name', prefix),
        ]),
      )
      .$if(page.cursor !== undefined, (query) => query.where('organization.slug', '>', page.cursor ?? ''))
      .orderBy('organization.slug')
      .limit(checkedLimit(page) + 1)
      .execute();
    return cut(rows.map(presentTeam), page.limit, ({ slug }) => slug);
  }

  async teamsOf(userId: string): Promise<readonly TeamListed[]> {
    const rows = await this.#teams()
      .innerJoin('member', 'member.organizationId', 'organization.id')
      .where('member.userId', '=', userId)
      .orderBy('organization.createdAt')
      .execute();
    return rows.map(presentTeam);
  }

  async countAll(): Promise<{ readonly people: number; readonly teams: number }> {
    const { people, teams } = await this.#engine.database
      .selectNoFrom((is) => [
        is
          .selectFrom('user')
          .select((count) => count.fn.countAll<bigint>().as('n'))
          .as('people'),
        is
          .selectFrom('organization')
          .select((count) => count.fn.countAll<bigint>().as('n'))
          .where('personal', '=', 0n)
          .as('teams'),
      ])
      .executeTakeFirstOrThrow();
    return { people: Number(people), teams: Number(teams) };
  }

  #teams() {
    return this.#engine.database
      .selectFrom('organization')
      .leftJoin('wallets', 'wallets.id', 'organization.id')
      .select(ORGANIZATION_COLUMNS.map((column) => `organization.${column}` as const))
      .select(['wallets.available_ticks', 'wallets.held_ticks'])
      .select((is) =>
        is
          .selectFrom('member as counted')
          .select((count) => count.fn.countAll<bigint>().as('n'))
          .whereRef('counted.organizationId', '=', 'organization.id')
          .as('members'),
      );
  }
}

type TeamRow = Parameters<typeof presentOrganization>[0] & {
  readonly available_ticks: bigint | null;
  readonly held_ticks: bigint | null;
  readonly members: bigint | null;
};

function presentTeam(row: TeamRow): TeamListed {
  return {
    ...presentOrganization(row),
    members: Number(row.members),
    balance: { availableTicks: row.available_ticks ?? 0n, heldTicks: row.held_ticks ?? 0n },
  };
}

/** What a person typed holds no pattern. */
function begins<Table extends keyof Tables>(
  is: ExpressionBuilder<Tables, Table>,
  column: Parameters<typeof is.ref>[0],
  prefix: string,
) {
  const pattern = `${prefix.replace(/[\\%_]/g, '\\$&')}%`;
  return sql<boolean>`${is.ref(column)} LIKE ${pattern} ESCAPE '\\'`;
}

function checkedLimit({ limit }: PageRequest): number {
  if (!Number.isInteger(limit) || limit < 1 || limit > MAXIMUM_NAMES)
    throw new InvalidPage(`a page has 1 to ${MAXIMUM_NAMES} rows`);
  return limit;
}

/** The row too many only shows that there is a next page, which begins after the last one's name. */
function cut<Row>(rows: readonly Row[], limit: number, nameOf: (row: Row) => string): Page<Row> {
  const kept = rows.slice(0, limit);
  const last = kept.at(-1);
  return {
    rows: kept,
    ...(rows.length > limit && last !== undefined ? { nextCursor: nameOf(last) } : {}),
  };
}
