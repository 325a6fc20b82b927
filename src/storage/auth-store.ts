/** The tables whose rows are written as better-auth decides. People are made by `AccountStore.createUser` only. */
export type AuthTable = 'user' | 'session' | 'account' | 'verification' | 'twoFactor';

/** On every engine: dates are ISO text, flags 0 or 1. */
export type AuthValue = string | number | null;
export type AuthRow = Readonly<Record<string, AuthValue>>;

export type AuthOperator =
  | 'eq'
  | 'ne'
  | 'lt'
  | 'lte'
  | 'gt'
  | 'gte'
  | 'in'
  | 'not_in'
  | 'contains'
  | 'starts_with'
  | 'ends_with';

export interface AuthCondition {
  readonly field: string;
  readonly operator: AuthOperator;
  readonly value: AuthValue | readonly (string | number)[];
}

/** Rows that meet all of one list and, where the other is not empty, one of that. */
export interface AuthMatch {
  readonly all: readonly AuthCondition[];
  readonly any: readonly AuthCondition[];
}

export interface AuthSearch extends AuthMatch {
  readonly limit: number;
  readonly offset?: number | undefined;
  readonly sortBy?: { readonly field: string; readonly direction: 'asc' | 'desc' } | undefined;
}

/**
 * The tables of sign-in: sessions, ways to sign in, one-time values. Names of columns come from better-auth's schema,
 * never from a request. An id, token or address that is taken rejects with `StorageConflict`.
 */
export interface AuthStore {
  insert(table: Exclude<AuthTable, 'user'>, row: AuthRow): Promise<void>;
  find(table: AuthTable, search: AuthSearch): Promise<readonly AuthRow[]>;
  count(table: AuthTable, match: AuthMatch): Promise<number>;
  /** How many rows were changed. */
  update(table: AuthTable, match: AuthMatch, changes: AuthRow): Promise<number>;
  /** How many rows went. */
  remove(table: AuthTable, match: AuthMatch): Promise<number>;
  /** Removes one row and answers it, in one step: of many that ask at once, one has it. */
  take(table: AuthTable, match: AuthMatch): Promise<AuthRow | undefined>;
  /** Adds to columns and sets others in one row, if it still matches, in one step. Answers it as it is then. */
  add(
    table: AuthTable,
    match: AuthMatch,
    increment: Readonly<Record<string, number>>,
    changes: AuthRow,
  ): Promise<AuthRow | undefined>;
}
