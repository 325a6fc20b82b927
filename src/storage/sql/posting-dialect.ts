import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import type { Tables } from './tables.ts';

/** Runs one compiled statement somewhere else: in a worker, or on another connection. */
export type RunQuery = (query: CompiledQuery) => Promise<QueryResult<unknown>>;

/**
 * A Kysely that writes an engine's SQL and hands every statement to `run`. There are no transactions in it: what must
 * happen together is one group of statements, so that no half-done transaction ever waits for its caller.
 */
export function postingKysely(run: RunQuery, sql: keyof typeof SQL = 'sqlite'): Kysely<Tables> {
  const dialect: Dialect = { ...SQL[sql], createDriver: () => new PostingDriver(run) };
  return new Kysely<Tables>({ dialect });
}

const SQL = {
  sqlite: {
    createAdapter: () => new SqliteAdapter(),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createIntrospector: (database: Kysely<unknown>) => new SqliteIntrospector(database),
  },
  postgres: {
    createAdapter: () => new PostgresAdapter(),
    createQueryCompiler: () => new PostgresQueryCompiler(),
    createIntrospector: (database: Kysely<unknown>) => new PostgresIntrospector(database),
  },
} as const;

class PostingDriver implements Driver {
  readonly #connection: DatabaseConnection;

  constructor(run: RunQuery) {
    this.#connection = {
      // What comes back is what the statement selects: the types are Kysely's promise, kept by the table types.
      executeQuery: async <Row>(query: CompiledQuery) => (await run(query)) as QueryResult<Row>,
      streamQuery: () => {
        throw new Error('results are read in pages, not streamed');
      },
    };
  }

  init = async () => {};
  acquireConnection = async () => this.#connection;
  releaseConnection = async () => {};
  destroy = async () => {};
  beginTransaction = refuseTransaction;
  commitTransaction = refuseTransaction;
  rollbackTransaction = refuseTransaction;
}

async function refuseTransaction(): Promise<never> {
  throw new Error('write atomic groups of statements instead of transactions');
}
