import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, linkSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';

/** File systems of memory sticks have no second names for a file. */
const NO_LINKS = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'];

/** An empty file beside a path, for its owner only, to be filled and then put in place. */
export function draftOf(path: string): string {
  const draft = `${path}.${randomBytes(4).toString('hex')}.unfinished`;
  closeSync(openSync(draft, 'wx', 0o600));
  return draft;
}

/** Forgets a draft that was not put in place. */
export function dropDraft(draft: string): void {
  for (const ending of ['', '-journal', '-wal', '-shm']) rmSync(draft + ending, { force: true });
}

/**
 * Gives a finished draft its name, so that the file appears whole or not at all, also when the power fails. False when
 * there is a file of that name already, which stays as it is.
 */
export function placeDraft(draft: string, path: string): boolean {
  syncFile(draft);
  try {
    linkSync(draft, path);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code === 'EEXIST') return false;
    if (!NO_LINKS.includes(code)) throw error;
    if (existsSync(path)) return false;
    renameSync(draft, path);
  }
  rmSync(draft, { force: true });
  syncFile(dirname(path));
  return true;
}

/** Waits until a file, or what a folder lists, is on the disk. */
export function syncFile(path: string): void {
  const file = openSync(path, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
