import { mkdirSync, statSync } from 'node:fs';

/** Makes the data folder if there is none, for its owner only. An existing folder is left as it is. */
export function makeDataFolder(dataDir: string): void {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
}

export function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
