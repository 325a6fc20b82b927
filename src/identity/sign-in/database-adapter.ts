import { type CleanedWhere, createAdapterFactory } from 'better-auth/adapters';
import type { AuthMatch, AuthRow, AuthStore, AuthTable, AuthValue } from '../../storage/auth-store.ts';

/** Makes a person with their team and answers the person's id. */
export type CreatePerson = (person: { readonly email: string; readonly name: string }) => Promise<string>;

const TABLES: readonly string[] = [
  'user',
  'session',
  'account',
  'verification',
  'twoFactor',
] satisfies readonly AuthTable[];

/** better-auth's way to our tables. A person is never inserted by it: that makes a team and a wallet too. */
export function databaseAdapter(store: AuthStore, createPerson: CreatePerson) {
  return createAdapterFactory({
    config: {
      adapterId: 'turnpike',
      supportsDates: false,
      supportsBooleans: false,
      supportsNumericIds: false,
      transaction: false,
    },
    adapter: () => ({
      async create({ model, data }) {
        const table = tableOf(model);
        if (table !== 'user') {
          await store.insert(table, data as AuthRow);
          return data;
        }
        const id = await createPerson({ email: String(data.email), name: String(data.name) });
        const { id: _, email: __, name: ___, role: ____, banned: _____, ...rest } = data;
        const row = { ...(rest as AuthRow), selfMade: 1 };
        return (await store.add('user', byId(id), {}, row)) as unknown as typeof data;
      },
      async findOne({ model, where }) {
        const [row] = await store.find(tableOf(model), { ...matchOf(where), limit: 1 });
        return (row ?? null) as never;
      },
      findMany: async ({ model, where, limit, offset, sortBy }) =>
        (await store.find(tableOf(model), { ...matchOf(where ?? []), limit, offset, sortBy })) as never,
      count: ({ model, where }) => store.count(tableOf(model), matchOf(where ?? [])),
      update: async ({ model, where, update }) =>
        ((await store.add(tableOf(model), matchOf(where), {}, update as AuthRow)) ?? null) as never,
      updateMany: ({ model, where, update }) => store.update(tableOf(model), matchOf(where), update),
      delete: async ({ model, where }) => void (await store.take(tableOf(model), matchOf(where))),
      deleteMany: ({ model, where }) => store.remove(tableOf(model), matchOf(where)),
      consumeOne: async ({ model, where }) =>
        ((await store.take(tableOf(model), matchOf(where))) ?? null) as never,
      incrementOne: async ({ model, where, increment, set }) =>
        ((await store.add(tableOf(model), matchOf(where), increment, (set ?? {}) as AuthRow)) ??
          null) as never,
    }),
  });
}

function byId(id: string): AuthMatch {
  return { all: [{ field: 'id', operator: 'eq', value: id }], any: [] };
}

function tableOf(model: string): AuthTable {
  if (!TABLES.includes(model)) throw new Error(`sign-in has no table ${model}`);
  return model as AuthTable;
}

/** Joined with OR, or with AND: better-auth means one of the first, and all of the second. */
function matchOf(where: readonly CleanedWhere[]): AuthMatch {
  const conditions = (connector: CleanedWhere['connector']) =>
    where
      .filter((part) => part.connector === connector)
      .map(({ field, operator = 'eq', value }) => ({
        field,
        operator,
        value: Array.isArray(value) ? value : storedValue(value),
      }));
  return { all: conditions('AND'), any: conditions('OR') };
}

function storedValue(value: string | number | boolean | Date | null): AuthValue {
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'boolean' ? Number(value) : value;
}
