/** A database that the server under fault keeps its books in. */
export interface DatabaseEngine {
  readonly name: string;
  /** The settings that make a server use it. Every server that is started with them finds the same books. */
  prepare(): Promise<{ readonly environment: Record<string, string>; dispose(): Promise<void> }>;
}

/** Every engine a server can be started with; one that is added here is held to all promises about crashes. */
export const DATABASE_ENGINES: readonly DatabaseEngine[] = [
  // The database is in the data folder, which goes when its server goes.
  { name: 'sqlite', prepare: async () => ({ environment: {}, dispose: async () => {} }) },
];
