import { Database } from 'bun:sqlite';
import { closeSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Clock, sleep } from '../ports/clock.ts';

/** The right to be the only one that writes in a data folder. */
export interface DataLock {
  release(): void;
}

export interface DataFolderHeld {
  /** The process that has the lock; undefined when it has not said so yet. */
  readonly heldBy: number | undefined;
}

export function isHeld(lock: DataLock | DataFolderHeld): lock is DataFolderHeld {
  return 'heldBy' in lock;
}

/** A database that is collected as garbage is closed, and its lock with it; this keeps them while they are held. */
const HELD = new Set<Database>();

/**
 * Takes the lock of a data folder, or says at once who has it. It is a lock of the operating system on a small SQLite
 * file: it ends with its process, however that dies, so there is never a stale one to remove by hand. Nothing else may
 * open that file: closing any other handle on it would release the lock.
 */
export async function acquireDataLock(dataDir: string): Promise<DataLock | DataFolderHeld> {
  const path = join(dataDir, 'turnpike.lock');
  makePrivateFile(path);
  const database = new Database(path, { readwrite: true });
  try {
    database.run('PRAGMA busy_timeout = 0');
    database.run('PRAGMA locking_mode = EXCLUSIVE');
    database.run('BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if (!isBusy(error)) throw error;
    return { heldBy: readHolder(dataDir) };
  }
  HELD.add(database);
  // Only for the message that another process shows; the lock does not depend on it.
  writeFileSync(holderPath(dataDir), `${process.pid}\n`, { mode: 0o600 });
  return {
    release() {
      if (!HELD.delete(database)) return;
      // First, while nobody else can have written theirs.
      rmSync(holderPath(dataDir), { force: true });
      database.close();
    },
  };
}

/** A process that was killed is gone at once, but not always before whoever killed it begins the next. */
const LOOK_AGAIN_MS = 50;

/**
 * Takes the lock as soon as its holder is gone, or says who still has it after `waitMs`. A server that is started in
 * the moment another one dies is not refused for that.
 */
export async function waitForDataLock(
  clock: Clock,
  dataDir: string,
  waitMs: number,
): Promise<DataLock | DataFolderHeld> {
  const giveUpAtMs = clock.monotonicMs() + waitMs;
  for (;;) {
    const lock = await acquireDataLock(dataDir);
    if (!isHeld(lock) || clock.monotonicMs() >= giveUpAtMs) return lock;
    await sleep(clock, LOOK_AGAIN_MS);
  }
}

/** SQLite would let others read the file, and a reader can keep the lock from everybody. */
function makePrivateFile(path: string): void {
  try {
    // Only ever made: opening one that is there, and closing it, would release a lock that this process has on it.
    closeSync(openSync(path, 'wx', 0o600));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
}

function isBusy(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED');
}

function readHolder(dataDir: string): number | undefined {
  try {
    const pid = Number(readFileSync(holderPath(dataDir), 'utf8').trim());
    return Number.isSafeInteger(pid) && pid > 0 ? pid : undefined;
  } catch {
    return undefined;
  }
}

function holderPath(dataDir: string): string {
  return join(dataDir, 'turnpike.pid');
}
