import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { sha256OfFile } from './file-digest.ts';

/** The checksums of all files of an installed engine, beside them. */
const MANIFEST = 'manifest.json';

/** Written while the installation is still known to be what the package manager checked. */
export async function writeManifest(folder: string, signal: AbortSignal): Promise<void> {
  const files: Record<string, string> = {};
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    files[relative(folder, path).split(sep).join('/')] = await sha256OfFile(path, signal);
  }
  await writeFile(join(folder, MANIFEST), JSON.stringify(files));
}

/** The files that are missing or no longer what they were; a manifest that cannot be read is itself one of them. */
export async function findDamagedFiles(folder: string): Promise<string[]> {
  const manifest = join(folder, MANIFEST);
  let files: Readonly<Record<string, string>>;
  try {
    files = JSON.parse(await readFile(manifest, 'utf8'));
  } catch {
    return [manifest];
  }
  const damaged: string[] = [];
  for (const [name, sha256] of Object.entries(files)) {
    const path = join(folder, name);
    if ((await sha256OfFile(path).catch(() => undefined)) !== sha256) damaged.push(path);
  }
  return damaged;
}
