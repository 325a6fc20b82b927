import { describe } from 'bun:test';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openMemoryStorage } from '../../src/storage/memory/storage.ts';
import { openPostgresStorage } from '../../src/storage/postgres/storage.ts';
import { openSqliteStorage } from '../../src/storage/sqlite/storage.ts';
import type { Storage } from '../../src/storage/storage.ts';
import { makeTestDatabase, postgresMissing } from '../fakes/postgres-server.ts';

/** A storage that is empty when it is opened, and leaves nothing behind when it is disposed of. */
export interface OpenedEngine {
  readonly storage: Storage;
  dispose(): Promise<void>;
}

export interface Engine {
  readonly name: string;
  /** Why it cannot be had on this machine. */
  readonly missing?: string | undefined;
  open(): Promise<OpenedEngine>;
}

/** Every engine keeps every promise of the ports. One that is added here is held to all of them. */
export const ENGINES: readonly Engine[] = [
  { name: 'memory', open: openMemory },
  { name: 'sqlite', open: openSqlite },
  { name: 'postgres', missing: postgresMissing, open: openPostgres },
];

/** Tests of one engine; skipped, and counted, with the reason in their name where the engine cannot be had. */
export function describeOn({ name, missing }: Engine, title: string, tests: () => void): void {
  if (missing === undefined) describe(`${name}: ${title}`, tests);
  else describe.skip(`${name} (${missing}): ${title}`, tests);
}

async function openMemory(): Promise<OpenedEngine> {
  const storage = openMemoryStorage();
  return { storage, dispose: () => storage.close() };
}

async function openSqlite(): Promise<OpenedEngine> {
  const folder = mkdtempSync(join(tmpdir(), 'turnpike-'));
  const storage = await openSqliteStorage({ path: join(folder, 'turnpike.db') });
  return {
    storage,
    dispose: async () => {
      await storage.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function openPostgres(): Promise<OpenedEngine> {
  const database = await makeTestDatabase();
  const storage = await openPostgresStorage({ url: database.url });
  return {
    storage,
    dispose: async () => {
      await storage.close();
      await database.drop();
    },
  };
}
