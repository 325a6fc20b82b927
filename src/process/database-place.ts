import { join } from 'node:path';
import { openPostgresStorage } from '../storage/postgres/storage.ts';
import { openSqliteStorage } from '../storage/sqlite/storage.ts';
import type { Storage } from '../storage/storage.ts';
import { StorageNotOpened } from '../storage/storage-error.ts';
import { DATABASE_FILE } from './database-file.ts';

/** Where the database is. */
export interface DatabasePlace {
  readonly dataDir: string;
  /** A PostgreSQL database; undefined for the file in the data folder. */
  readonly databaseUrl: string | undefined;
}

export function databaseFile(dataDir: string): string {
  return join(dataDir, DATABASE_FILE);
}

/**
 * Opens the database and brings its schema up to date, or rejects with `StorageNotOpened`. `onDamage` is told of a file
 * that turns out to be damaged while it is open.
 */
export async function openDatabase(
  { dataDir, databaseUrl }: DatabasePlace,
  onDamage: (path: string) => void = () => {},
): Promise<Storage> {
  if (databaseUrl === undefined) {
    const path = databaseFile(dataDir);
    return openSqliteStorage({ path, onDamage: () => onDamage(path) });
  }
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
