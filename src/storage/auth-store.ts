/**
 * The tables whose rows are written as better-auth decides, and that of passkeys, which are ours. People are made by
 * `AccountStore.createUser` only.
 */
export type AuthTable = 'user' | 'session' | 'account' | 'verification' | 'twoFactor' | 'passkey';

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

/** Who sets an installation up: what is told of the person who owns it from then on. */
export interface SetUpPerson {
  /** The person who owns the installation, whom nobody can sign in as yet, and their own team. */
  readonly userId: string;
  readonly organizationId: string;
  readonly email: string;
  readonly name: string;
  readonly passwordHash: string;
  /** SHA-256 of the link that they came by. */
  readonly linkHash: string;
  /** An address that the owner has until then, and that nobody can sign in with. */
  readonly placeholderEmail: string;
  readonly accountId: string;
  readonly atMs: number;
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
  /** Keeps the hash of the link that sets the installation up, in the place of the one before. */
  putSetUpLink(hash: string, atMs: number): Promise<void>;
  /** Whether this is the hash of the link that sets the installation up. */
  isSetUpLink(hash: string): Promise<boolean>;
  /** Whether somebody has a way to sign in, with another address than this one. */
  canAnyoneSignIn(placeholderEmail: string): Promise<boolean>;
  /**
   * Uses up the link and gives the installation's owner their name, address and password, in one step: of many that
   * come with the link at once, one does. `stopped`: the link is not the one that is kept, or somebody can sign in
   * already. `exists`: somebody else has the address; the link is not used up.
   */
  setUpPerson(person: SetUpPerson): Promise<'done' | 'stopped' | 'exists'>;
}
