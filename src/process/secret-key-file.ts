import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, linkSync, openSync, readFileSync, unlinkSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/** Its name in the data folder. */
export const SECRET_KEY_FILE = 'secret.key';

const KEY_BYTES = 32;

/** There is a key file, and it cannot be read or holds no key. Without it every sealed secret stays closed. */
export class KeyFileUnusable extends Error {
  override readonly name = 'KeyFileUnusable';
  readonly path: string;

  constructor(path: string, detail: string) {
    super(detail);
    this.path = path;
  }
}

/** The key in this file, made on first use. Throws `KeyFileUnusable` when there is a file and no key in it. */
export function readOrMakeKey(path: string): Buffer {
  const existing = readKey(path);
  if (existing !== undefined) return existing;
  makeKey(path);
  const made = readKey(path);
  if (made === undefined) throw new Error(`the key file ${path} cannot be made`);
  return made;
}

/** The key in this file; undefined when there is no file. Throws `KeyFileUnusable`. */
export function readKey(path: string): Buffer | undefined {
  let key: Buffer;
  try {
    key = readFileSync(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw new KeyFileUnusable(path, `the key file ${path} cannot be read`);
  }
  // Never replaced: that would lose every secret for good.
  if (key.length !== KEY_BYTES) {
    throw new KeyFileUnusable(path, `the key file ${path} is damaged; restore it from a backup`);
  }
  return key;
}

/**
 * The file appears whole or not at all, also when the power fails, and never replaces another: of two processes that
 * make it at once one wins and both use that one.
 */
function makeKey(path: string): void {
  const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
  const file = openSync(draft, 'wx', 0o600);
  try {
    writeSync(file, randomBytes(KEY_BYTES));
    fsyncSync(file);
    linkSync(draft, path);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    closeSync(file);
    unlinkSync(draft);
  }
  syncFolder(dirname(path));
}

function syncFolder(path: string): void {
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
