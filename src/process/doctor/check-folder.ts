import { accessSync, constants, statSync } from 'node:fs';
import { join } from 'node:path';
import { readKey, SECRET_KEY_FILE } from '../secret-key-file.ts';
import { type CheckResult, found } from './check-result.ts';

/** Files that only the owner may read, beside the folder itself. */
const PRIVATE_FILES = [SECRET_KEY_FILE];

/** The data folder is there, can be written, and is nobody else's to read. */
export function checkFolder(dataDir: string): CheckResult[] {
  const stat = statSync(dataDir, { throwIfNoEntry: false });
  if (stat === undefined || !stat.isDirectory())
    return [found('problem', 'folder-missing', { path: dataDir })];
  try {
    accessSync(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch {
    return [found('problem', 'folder-not-writable', { path: dataDir })];
  }
  const open = [
    ...openToOthers(dataDir, stat.mode, 'warning'),
    ...PRIVATE_FILES.flatMap((name) => {
      const path = join(dataDir, name);
      const file = statSync(path, { throwIfNoEntry: false });
      return file === undefined ? [] : openToOthers(path, file.mode, 'problem');
    }),
  ];
  const findings = [...open, ...checkKeyFile(join(dataDir, SECRET_KEY_FILE))];
  return findings.length > 0 ? findings : [found('ok', 'folder-ok', { path: dataDir })];
}

function checkKeyFile(path: string): CheckResult[] {
  try {
    readKey(path);
    return [];
  } catch {
    return [found('problem', 'key-file-unusable', { path })];
  }
}

function openToOthers(path: string, mode: number, state: CheckResult['state']): CheckResult[] {
  // Windows has no such rights and reports every file as open.
  if (process.platform === 'win32' || (mode & 0o077) === 0) return [];
  return [found(state, 'open-to-others', { path, mode: (mode & 0o777).toString(8) })];
}
