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
import type { MemoryAccountStore } from './account-store.ts';

/** A column of each table, beside `id`, whose values are there once. */
const UNIQUE: Partial<Record<AuthTable, string>> = {
  user: 'email',
  session: 'token',
  passkey: 'credentialId',
};

/** Rows in maps. People are the account store's; what it does not know of them is kept here. */
export class MemoryAuthStore implements AuthStore {
  readonly #accounts: MemoryAccountStore;
  readonly #tables = new Map<AuthTable, Map<string, AuthRow>>();

  constructor(accounts: MemoryAccountStore) {
    this.#accounts = accounts;
  }

  async insert(table: Exclude<AuthTable, 'user'>, row: AuthRow): Promise<void> {
    if (typeof row.userId === 'string' && !this.#accounts.hasUser(row.userId))
      throw new StorageConflict('reference', 'the person does not exist');
    this.#put(table, row, true);
  }

  async find(table: AuthTable, search: AuthSearch): Promise<readonly AuthRow[]> {
    const { limit, offset = 0, sortBy } = search;
    const rows = this.#matching(table, search);
    if (sortBy !== undefined) {
      const sign = sortBy.direction === 'asc' ? 1 : -1;
      rows.sort((a, b) => sign * compare(a[sortBy.field] ?? null, b[sortBy.field] ?? null));
    }
    return rows.slice(offset, offset + limit);
  }

  async count(table: AuthTable, match: AuthMatch): Promise<number> {
    return this.#matching(table, match).length;
  }

  async update(table: AuthTable, match: AuthMatch, changes: AuthRow): Promise<number> {
    const rows = this.#matching(table, match);
    for (const row of rows) this.#put(table, { ...row, ...changes }, false);
    return rows.length;
  }

  async remove(table: AuthTable, match: AuthMatch): Promise<number> {
    const rows = this.#matching(table, match);
    for (const { id } of rows) this.#tables.get(table)?.delete(String(id));
    return rows.length;
  }

  async take(table: AuthTable, match: AuthMatch): Promise<AuthRow | undefined> {
    const row = this.#matching(table, match)[0];
    if (row !== undefined) this.#tables.get(table)?.delete(String(row.id));
    return row;
  }

  async add(
    table: AuthTable,
    match: AuthMatch,
    increment: Readonly<Record<string, number>>,
    changes: AuthRow,
  ): Promise<AuthRow | undefined> {
    const row = this.#matching(table, match)[0];
    if (row === undefined) return undefined;
    const sums = Object.entries(increment).map(([field, by]) => [field, Number(row[field] ?? 0) + by]);
    const next = { ...row, ...changes, ...Object.fromEntries(sums) };
    this.#put(table, next, false);
    return next;
  }

  async putSetUpLink(hash: string, atMs: number): Promise<void> {
    this.#put('verification', setUpLinkRow(hash, atMs), false);
  }

  async isSetUpLink(hash: string): Promise<boolean> {
    return this.#tables.get('verification')?.get(SET_UP_LINK_ID)?.value === hash;
  }

  async canAnyoneSignIn(placeholderEmail: string): Promise<boolean> {
    return this.#hasWayIn(placeholderEmail);
  }

  async setUpPerson(person: SetUpPerson): Promise<'done' | 'stopped' | 'exists'> {
    const { userId, organizationId, email, name, linkHash, placeholderEmail } = person;
    const link = this.#tables.get('verification')?.get(SET_UP_LINK_ID);
    const user = this.#rows('user').find(({ id }) => id === userId);
    if (link?.value !== linkHash || user === undefined || this.#hasWayIn(placeholderEmail)) return 'stopped';
    if (this.#rows('user').some((other) => other.id !== userId && other.email === email)) return 'exists';
    const rows = setUpRows(person);
    this.#put('user', { ...user, ...rows.user }, false);
    for (const { id, userId: holder } of this.#rows('account'))
      if (holder === userId) this.#tables.get('account')?.delete(String(id));
    this.#put('account', rows.account, true);
    this.#tables.get('verification')?.delete(SET_UP_LINK_ID);
    await this.#accounts.renameOrganization(organizationId, name);
    return 'done';
  }

  #hasWayIn(placeholderEmail: string): boolean {
    const people = new Map(this.#rows('user').map(({ id, email }) => [id, email]));
    return this.#rows('account').some(({ userId }) => people.get(userId ?? null) !== placeholderEmail);
  }

  #matching(table: AuthTable, { all, any }: AuthMatch): AuthRow[] {
    return this.#rows(table).filter(
      (row) =>
        all.every((condition) => meets(row, condition)) &&
        (any.length === 0 || any.some((condition) => meets(row, condition))),
    );
  }

  #rows(table: AuthTable): AuthRow[] {
    const stored = this.#tables.get(table);
    if (table !== 'user') return [...(stored?.values() ?? [])];
    return this.#accounts.users().map(({ createdAtMs, banned, ...user }) => {
      const createdAt = new Date(createdAtMs).toISOString();
      const kept = { emailVerified: 0, updatedAt: createdAt, ...stored?.get(user.id) };
      return { ...kept, ...user, createdAt, banned: banned ? 1 : 0 };
    });
  }

  #put(table: AuthTable, row: AuthRow, isNew: boolean): void {
    const unique = UNIQUE[table];
    const taken = this.#rows(table).some((other) =>
      other.id === row.id ? isNew : unique !== undefined && other[unique] === row[unique],
    );
    if (taken) throw new StorageConflict('unique', 'the id, token or address is taken');
    const rows = this.#tables.get(table) ?? new Map<string, AuthRow>();
    this.#tables.set(table, rows.set(String(row.id), row));
    if (table === 'user') this.#accounts.rewriteUser(row);
  }
}

function meets(row: AuthRow, { field, operator, value }: AuthCondition): boolean {
  const found = row[field] ?? null;
  if (value === null) return operator === 'ne' ? found !== null : found === null;
  // As in SQL, nothing can be said of what is not there.
  if (found === null) return false;
  const listed = [value].flat().includes(found);
  switch (operator) {
    case 'eq':
    case 'in':
      return listed;
    case 'ne':
    case 'not_in':
      return !listed;
    case 'lt':
      return compare(found, value) < 0;
    case 'lte':
      return compare(found, value) <= 0;
    case 'gt':
      return compare(found, value) > 0;
    case 'gte':
      return compare(found, value) >= 0;
    case 'contains':
      return String(found).includes(String(value));
    case 'starts_with':
      return String(found).startsWith(String(value));
    case 'ends_with':
      return String(found).endsWith(String(value));
  }
}

function compare(a: AuthCondition['value'], b: AuthCondition['value']): number {
  if (a === b || a === null || b === null) return a === b ? 0 : a === null ? -1 : 1;
  return a < b ? -1 : 1;
}
