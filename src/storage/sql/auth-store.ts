import { type Expression, type ExpressionBuilder, type Kysely, type SqlBool, sql } from 'kysely';
import type {
  AuthCondition,
  AuthMatch,
  AuthRow,
  AuthSearch,
  AuthStore,
  AuthTable,
  SetUpPerson,
} from '../auth-store.ts';
import { SET_UP_LINK_ID, setUpLinkRow, setUpRows } from '../set-up-rows.ts';
import { StorageConflict } from '../storage-error.ts';
import type { SqlEngine } from './sql-engine.ts';

type AuthTables = Record<AuthTable | 'organization', Record<string, unknown>>;
type Builder = ExpressionBuilder<AuthTables, AuthTable>;

const OPERATORS = { ne: '<>', lt: '<', lte: '<=', gt: '>', gte: '>=' } as const;

/** better-auth's rows in its own tables, on every SQL engine. */
export class SqlAuthStore implements AuthStore {
  readonly #database: Kysely<AuthTables>;
  readonly #lookups: Kysely<AuthTables>;
  readonly #writeTogether: SqlEngine['writeTogether'];

  constructor({ database, lookups, writeTogether }: SqlEngine) {
    // Which columns there are, better-auth's schema says; a test of each engine compares it with the tables.
    this.#database = database as unknown as Kysely<AuthTables>;
    this.#lookups = lookups as unknown as Kysely<AuthTables>;
    this.#writeTogether = writeTogether;
  }

  async insert(table: AuthTable, row: AuthRow): Promise<void> {
    await this.#database.insertInto(table).values(row).execute();
  }

  async find(table: AuthTable, { limit, offset, sortBy, ...match }: AuthSearch): Promise<readonly AuthRow[]> {
    const rows = await this.#lookups
      .selectFrom(table)
      .selectAll()
      .where((is) => matching(is, match))
      .$if(sortBy !== undefined, (query) => query.orderBy(sortBy?.field ?? 'id', sortBy?.direction ?? 'asc'))
      .limit(limit)
      .$if(offset !== undefined, (query) => query.offset(offset ?? 0))
      .execute();
    return rows.map(presentRow);
  }

  async count(table: AuthTable, match: AuthMatch): Promise<number> {
    const row = await this.#lookups
      .selectFrom(table)
      .select((is) => is.fn.countAll().as('rows'))
      .where((is) => matching(is, match))
      .executeTakeFirstOrThrow();
    return Number(row.rows);
  }

  async update(table: AuthTable, match: AuthMatch, changes: AuthRow): Promise<number> {
    const { numUpdatedRows } = await this.#database
      .updateTable(table)
      .set(changes)
      .where((is) => matching(is, match))
      .executeTakeFirstOrThrow();
    return Number(numUpdatedRows);
  }

  async remove(table: AuthTable, match: AuthMatch): Promise<number> {
    const { numDeletedRows } = await this.#database
      .deleteFrom(table)
      .where((is) => matching(is, match))
      .executeTakeFirstOrThrow();
    return Number(numDeletedRows);
  }

  async take(table: AuthTable, match: AuthMatch): Promise<AuthRow | undefined> {
    // The conditions stand on both sides: whoever waited for the row's lock looks at them again.
    const row = await this.#database
      .deleteFrom(table)
      .where('id', 'in', this.#first(table, match))
      .where((is) => matching(is, match))
      .returningAll()
      .executeTakeFirst();
    return row && presentRow(row);
  }

  async add(
    table: AuthTable,
    match: AuthMatch,
    increment: Readonly<Record<string, number>>,
    changes: AuthRow,
  ): Promise<AuthRow | undefined> {
    const sums = Object.entries(increment).map(
      ([field, by]) => [field, sql`coalesce(${sql.ref(field)}, 0) + ${by}`] as const,
    );
    const row = await this.#database
      .updateTable(table)
      .set({ ...changes, ...Object.fromEntries(sums) })
      .where('id', 'in', this.#first(table, match))
      .where((is) => matching(is, match))
      .returningAll()
      .executeTakeFirst();
    return row && presentRow(row);
  }

  async putSetUpLink(hash: string, atMs: number): Promise<void> {
    const { id: _, createdAt: __, ...changes } = setUpLinkRow(hash, atMs);
    await this.#database
      .insertInto('verification')
      .values(setUpLinkRow(hash, atMs))
      .onConflict((on) => on.column('id').doUpdateSet(changes))
      .execute();
  }

  async isSetUpLink(hash: string): Promise<boolean> {
    const row = await this.#lookups
      .selectFrom('verification')
      .select('id')
      .where('id', '=', SET_UP_LINK_ID)
      .where('value', '=', hash)
      .executeTakeFirst();
    return row !== undefined;
  }

  async canAnyoneSignIn(placeholderEmail: string): Promise<boolean> {
    const row = await this.#waysIn(this.#lookups, placeholderEmail).executeTakeFirst();
    return row !== undefined;
  }

  async setUpPerson(person: SetUpPerson): Promise<'done' | 'stopped' | 'exists'> {
    const { userId, organizationId, name, linkHash, placeholderEmail } = person;
    const { user, account } = setUpRows(person);
    const database = this.#database;
    // The link's row is taken first: whoever else comes with it waits there, and finds it gone.
    const useLink = database
      .deleteFrom('verification')
      .where('id', '=', SET_UP_LINK_ID)
      .where('value', '=', linkHash);
    const become = database
      .updateTable('user')
      .set(user)
      .where('id', '=', userId)
      .where((is) => is.not(is.exists(this.#waysIn(database, placeholderEmail))));
    // A password that was given to the placeholder lets nobody in, and must not stand beside the new one.
    const forget = database.deleteFrom('account').where('userId', '=', userId);
    const rename = database.updateTable('organization').set({ name }).where('id', '=', organizationId);
    try {
      const outcome = await this.#writeTogether([
        { query: useLink.compile(), guarded: true },
        { query: become.compile(), guarded: true },
        { query: forget.compile() },
        { query: database.insertInto('account').values(account).compile() },
        { query: rename.compile() },
      ]);
      return outcome;
    } catch (error) {
      if (error instanceof StorageConflict && error.rule === 'unique') return 'exists';
      throw error;
    }
  }

  #waysIn(database: Kysely<AuthTables>, placeholderEmail: string) {
    return database
      .selectFrom('account')
      .innerJoin('user', 'user.id', 'account.userId')
      .select('account.id')
      .where('user.email', '<>', placeholderEmail)
      .limit(1);
  }

  #first(table: AuthTable, match: AuthMatch) {
    return this.#database
      .selectFrom(table)
      .select('id')
      .where((is) => matching(is, match))
      .limit(1);
  }
}

function matching(is: Builder, { all, any }: AuthMatch): Expression<SqlBool> {
  const every = all.map((condition) => meets(is, condition));
  return is.and(any.length === 0 ? every : [...every, is.or(any.map((condition) => meets(is, condition)))]);
}

function meets(is: Builder, { field, operator, value }: AuthCondition): Expression<SqlBool> {
  if (value === null) return is(field, operator === 'ne' ? 'is not' : 'is', null);
  switch (operator) {
    case 'eq':
      return is(field, '=', value);
    case 'in':
    case 'not_in': {
      const values = [value].flat();
      // No value is in an empty list, which not every engine lets one write.
      if (values.length === 0) return sql<SqlBool>`${operator === 'in' ? sql`1 = 0` : sql`1 = 1`}`;
      return is(field, operator === 'in' ? 'in' : 'not in', values);
    }
    case 'contains':
      return like(field, `%${escaped(value)}%`);
    case 'starts_with':
      return like(field, `${escaped(value)}%`);
    case 'ends_with':
      return like(field, `%${escaped(value)}`);
    default:
      return is(field, OPERATORS[operator], value);
  }
}

function like(field: string, pattern: string): Expression<SqlBool> {
  return sql<SqlBool>`${sql.ref(field)} LIKE ${pattern} ESCAPE '!'`;
}

function escaped(value: AuthCondition['value']): string {
  return String(value).replaceAll(/[!%_]/g, '!$&');
}

/** Engines answer whole numbers as `bigint`; here they are flags and small counts. */
function presentRow(row: Record<string, unknown>): AuthRow {
  return Object.fromEntries(
    Object.entries(row).map(([column, value]) => [
      column,
      typeof value === 'bigint' ? Number(value) : (value as string | number | null),
    ]),
  );
}
