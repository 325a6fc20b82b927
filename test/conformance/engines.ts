import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openMemoryStorage } from '../../src/storage/memory/storage.ts';
import { openSqliteStorage } from '../../src/storage/sqlite/storage.ts';
import type { Storage } from '../../src/storage/storage.ts';

/** A storage that is empty when it is opened, and leaves nothing behind when it is disposed of. */
export interface OpenedEngine {
  readonly storage: Storage;
  dispose(): Promise<void>;
}

export interface Engine {
  readonly name: string;
  open(): Promise<OpenedEngine>;
}

/** Every engine keeps every promise of the ports. One that is added here is held to all of them. */
export const ENGINES: readonly Engine[] = [
  { name: 'memory', open: openMemory },
  { name: 'sqlite', open: openSqlite },
];

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
