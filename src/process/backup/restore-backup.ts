import { closeSync, existsSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { type Refusal, refuse } from '../../domain/refusal.ts';
import { listSegments } from '../../storage/sqlite/journal/segment.ts';
import { restoredFile } from '../../storage/sqlite/prepare-file.ts';
import { unpackBackup } from '../../storage/sqlite/restore-file.ts';
import { StorageNotOpened } from '../../storage/storage-error.ts';
import { DATABASE_FILE } from '../database-file.ts';
import { SECRET_KEY_FILE } from '../secret-key-file.ts';
import { dropDraft, syncFile } from './place-file.ts';

export interface RestoreOrder {
  /** There, and locked by the caller. */
  readonly dataDir: string;
  readonly backupPath: string;
  /** Whether a database that is there may be moved aside. */
  readonly replace: boolean;
  readonly nowMs: number;
}

export interface Restored {
  /** When the backup was made; null for a plain copy of a database, which does not say. */
  readonly madeAtMs: number | null;
  readonly hasKey: boolean;
  /** Where the files that were there before are now; null when there were none. */
  readonly setAside: string | null;
}

/** What belongs to one database besides its journal, the log first: without them a database is older, never torn. */
const DATABASE_ENDINGS = ['-wal', '-shm', ''];

/**
 * Puts a backup in the place of the data folder's database. Everything is read, brought up to date and checked before
 * anything is touched; what is there is moved aside, never deleted. From then on until the last step a file says that a
 * restore is under way: if the process dies in between, no server starts on half of two installations, and the same
 * command again goes through.
 */
export function restoreBackup({ dataDir, backupPath, replace, nowMs }: RestoreOrder): Restored | Refusal {
  if (!existsSync(backupPath)) return refuse('file-missing', { path: backupPath });
  const database = join(dataDir, DATABASE_FILE);
  const isInterrupted = existsSync(restoredFile(database));
  const old = [
    ...listSegments(database).map(({ path }) => path),
    ...DATABASE_ENDINGS.map((ending) => database + ending).filter(existsSync),
  ];
  if (old.length > 0 && !replace && !isInterrupted) return refuse('folder-has-database', { path: database });

  const draft = `${database}.unfinished`;
  dropDraft(draft);
  let contents: ReturnType<typeof unpackBackup>;
  try {
    contents = unpackBackup(backupPath, draft, nowMs);
  } catch (error) {
    if (!(error instanceof StorageNotOpened)) throw error;
    return refuse('not-a-backup', { path: backupPath, why: error.reason });
  }
  syncFile(draft);
  renameSync(draft, restoredFile(database));
  syncFile(dataDir);

  const { madeAtMs, secretKey } = contents;
  const keyFile = join(dataDir, SECRET_KEY_FILE);
  const displaced = secretKey !== null && existsSync(keyFile) ? [...old, keyFile] : old;
  const setAside = displaced.length === 0 ? null : moveAside(dataDir, displaced, nowMs);
  if (secretKey !== null) writeKey(keyFile, secretKey);
  syncFile(dataDir);
  renameSync(restoredFile(database), database);
  syncFile(dataDir);
  return { madeAtMs, hasKey: secretKey !== null, setAside };
}

function moveAside(dataDir: string, files: readonly string[], nowMs: number): string {
  const moment = new Date(nowMs).toISOString().slice(0, 23).replace(/[:.]/g, '');
  const folder = join(dataDir, `before-restore-${moment}Z`);
  mkdirSync(folder, { mode: 0o700 });
  for (const file of files) renameSync(file, join(folder, file.slice(dataDir.length + 1)));
  syncFile(folder);
  return folder;
}

function writeKey(path: string, key: Uint8Array): void {
  const file = openSync(path, 'wx', 0o600);
  try {
    writeSync(file, key);
  } finally {
    closeSync(file);
  }
  syncFile(path);
}
