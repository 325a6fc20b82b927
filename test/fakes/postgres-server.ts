import { SQL } from 'bun';

/** The server that `tools/test.mjs` has started for this test run. */
const SERVER_URL = process.env.TURNPIKE_TEST_POSTGRES_URL;

/** Why there is no PostgreSQL for tests; undefined when there is one. */
export const postgresMissing: string | undefined =
  SERVER_URL === undefined
    ? (process.env.TURNPIKE_TEST_POSTGRES_MISSING ?? 'run the tests with npm test, which starts PostgreSQL')
    : undefined;

export interface TestDatabase {
  /** `postgres://…`, a new and empty database. */
  readonly url: string;
  /** Runs SQL as somebody else would, on a connection of its own. */
  run(sql: string): Promise<readonly Record<string, unknown>[]>;
  /** Ends some of the connections that others have to the database: a random third of them, at least one. */
  killConnections(): Promise<void>;
  /** Ends all connections of others and lets nobody in, until the answer is called. */
  goAway(): Promise<() => Promise<void>>;
  /** Drops it, whoever is still connected. */
  drop(): Promise<void>;
}

export async function makeTestDatabase(): Promise<TestDatabase> {
  if (SERVER_URL === undefined) throw new Error(postgresMissing);
  const name = `test_${crypto.randomUUID().replaceAll('-', '')}`;
  const server = new SQL(SERVER_URL, { max: 1, bigint: true });
  await server.unsafe(`CREATE DATABASE ${name}`);
  const url = new URL(SERVER_URL);
  url.pathname = `/${name}`;
  const inside = new SQL(url.href, { max: 1, bigint: true, connection: { application_name: 'test' } });
  return {
    url: url.href,
    run: async (sql) => [...(await inside.unsafe(sql))],
    killConnections: async () => {
      await server.unsafe(
        `SELECT pg_terminate_backend(pid) FROM (
          SELECT pid FROM pg_stat_activity WHERE datname = '${name}' AND application_name = 'turnpike'
          ORDER BY random() LIMIT (
            SELECT 1 + count(*) / 3 FROM pg_stat_activity WHERE datname = '${name}' AND application_name = 'turnpike'
          )
        ) victims`,
      );
    },
    goAway: async () => {
      const allow = (isAllowed: boolean) =>
        server.unsafe(`ALTER DATABASE ${name} WITH ALLOW_CONNECTIONS ${isAllowed}`);
      await allow(false);
      await server.unsafe(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
          WHERE datname = '${name}' AND application_name = 'turnpike'`,
      );
      return async () => void (await allow(true));
    },
    drop: async () => {
      await inside.close({ timeout: 0 });
      await server.unsafe(`DROP DATABASE ${name} WITH (FORCE)`);
      await server.close();
    },
  };
}
