import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  Kysely,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import type { Tables } from './tables.ts';

/** Runs one compiled statement somewhere else: in a worker, or on another connection. */
export type RunQuery = (query: CompiledQuery) => Promise<QueryResult<unknown>>;

/**
 * A Kysely that writes SQLite's SQL and hands every statement to `run`. There are no transactions in it: what must
 * happen together is one group of statements, so that no half-done transaction ever waits for its caller.
 */
export function postingKysely(run: RunQuery): Kysely<Tables> {
  return new Kysely<Tables>({ dialect: new PostingDialect(run) });
}

class PostingDialect implements Dialect {
  readonly #run: RunQuery;

  constructor(run: RunQuery) {
    this.#run = run;
  }

  createAdapter = () => new SqliteAdapter();
  createQueryCompiler = () => new SqliteQueryCompiler();
  createIntrospector = (database: Kysely<unknown>) => new SqliteIntrospector(database);
  createDriver = () => new PostingDriver(this.#run);
}

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
