/** Starts a PostgreSQL server for tests; see test-postgres.mjs. */
export function startTestPostgres(): Promise<
  | { readonly url: string; readonly stop: () => Promise<void> }
  | { readonly url?: undefined; readonly missing: string }
>;
