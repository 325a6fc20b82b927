import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { runInstaller } from './run-installer.ts';

/** npm's own retries are shortened: where the registry does not answer, the tests must say so soon. */
const NPM = [
  'npm',
  'ci',
  '--ignore-scripts',
  '--no-audit',
  '--no-fund',
  '--prefer-offline',
  '--loglevel=error',
  '--fetch-retries=1',
  '--fetch-timeout=60000',
];

/** A group of packages under test, in a folder of this one with a lockfile of its own. */
export interface ClientPackages {
  readonly folder: string;
  /** The exact versions that the group asks for, by name. */
  readonly versions: Readonly<Record<string, string>>;
  /** Why they are not there, in words for the name of a skipped test; undefined when they are. */
  readonly missing: string | undefined;
}

/**
 * Installs a group on its first use, and again when its lockfile has changed. Install scripts do not run: nothing
 * that is tested here needs one. Rejects when it fails for another reason than a registry out of reach.
 */
export async function installPackages(group: string): Promise<ClientPackages> {
  const folder = join(import.meta.dir, group);
  const { dependencies } = await Bun.file(join(folder, 'package.json')).json();
  const lockfile = await Bun.file(join(folder, 'package-lock.json')).bytes();
  const wanted = createHash('sha256').update(lockfile).digest('hex');
  // Written last, so that an installation that was broken off is done again.
  const stamp = Bun.file(join(folder, 'node_modules/.installed'));
  if ((await stamp.exists()) && (await stamp.text()) === wanted) {
    return { folder, versions: dependencies, missing: undefined };
  }
  const missing = await runInstaller(NPM, folder);
  if (missing === undefined) await stamp.write(wanted);
  return { folder, versions: dependencies, missing };
}
