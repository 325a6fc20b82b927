import { makeTestDatabase, postgresMissing, type TestDatabase } from '../fakes/postgres-server.ts';

/** A database that the server under fault keeps its books in. */
export interface DatabaseEngine {
  readonly name: string;
  /** Why it cannot be had on this machine. */
  readonly missing?: string | undefined;
  /** The settings that make a server use it. Every server that is started with them finds the same books. */
  prepare(): Promise<PreparedDatabase>;
}

export interface PreparedDatabase {
  readonly environment: Record<string, string>;
  /** To be called between a kill and the next start: as much time passes as the next server needs to see it as one. */
  afterKill(): Promise<void>;
  dispose(): Promise<void>;
}

/** Every engine a server can be started with; one that is added here is held to all promises about crashes. */
export const DATABASE_ENGINES: readonly DatabaseEngine[] = [
  // The database is in the data folder, which goes when its server goes.
  {
    name: 'sqlite',
    prepare: async () => ({ environment: {}, afterKill: async () => {}, dispose: async () => {} }),
  },
  {
    name: postgresMissing === undefined ? 'postgres' : `postgres (${postgresMissing})`,
    missing: postgresMissing,
    prepare: async () => {
      const database = await makeTestDatabase();
      return {
        environment: { TURNPIKE_DATABASE_URL: database.url },
        afterKill: () => forgetTheKilled(database),
        dispose: () => database.drop(),
      };
    },
  },
];

/** What the killed one had sent is carried out to its end; then a minute of the database's clock passes at once. */
async function forgetTheKilled(database: TestDatabase): Promise<void> {
  for (;;) {
    const [others] = await database.run(`SELECT count(*) AS connections FROM pg_stat_activity
      WHERE datname = current_database() AND application_name = 'turnpike'`);
    if (others?.connections === 0n) break;
    await Bun.sleep(20);
  }
  const [made] = await database.run(`SELECT to_regclass('processes') IS NOT NULL AS made`);
  if (made?.made !== true) return;
  await database.run(`UPDATE processes SET seen_at = seen_at - interval '61 seconds'`);
}
