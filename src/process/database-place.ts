import { join } from 'node:path';
import { openPostgresStorage } from '../storage/postgres/storage.ts';
import { openSqliteStorage } from '../storage/sqlite/storage.ts';
import type { Storage } from '../storage/storage.ts';
import { StorageNotOpened } from '../storage/storage-error.ts';

/** The database in the data folder, where no other is named. */
const DATABASE_FILE = 'turnpike.db';

/** Where the database is. */
export interface DatabasePlace {
  readonly dataDir: string;
  /** A PostgreSQL database; undefined for the file in the data folder. */
  readonly databaseUrl: string | undefined;
}

export function databaseFile(dataDir: string): string {
  return join(dataDir, DATABASE_FILE);
}

/** Opens the database and brings its schema up to date, or rejects with `StorageNotOpened`. */
export async function openDatabase({ dataDir, databaseUrl }: DatabasePlace): Promise<Storage> {
  if (databaseUrl === undefined) return openSqliteStorage({ path: databaseFile(dataDir) });
  if (!isPostgresUrl(databaseUrl)) {
    throw new StorageNotOpened('unreachable', 'The address is not one of a PostgreSQL database.');
  }
  return openPostgresStorage({ url: databaseUrl });
}

/** `postgres://user:password@host:port/database`, with the name of the database: a guess may be somebody else's. */
export function isPostgresUrl(text: string): boolean {
  if (!/^postgres(?:ql)?:\/\//.test(text)) return false;
  try {
    return new URL(text).pathname.length > 1;
  } catch {
    return false;
  }
}

/** A server's database as it may be shown to anybody: its address without user, password and parameters. */
export function shownDatabase(databaseUrl: string): string {
  const { hostname, port, pathname } = new URL(databaseUrl);
  return `${hostname}${port === '' ? '' : `:${port}`}${pathname}`;
}
