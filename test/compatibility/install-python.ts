import { createHash } from 'node:crypto';
import { join, resolve } from 'node:path';
import type { ClientPackages } from './install-packages.ts';
import { runInstaller } from './run-installer.ts';

/** Beside what other tools keep there; nothing reads, formats or commits what lies in it. */
const CACHE = resolve(import.meta.dir, '../../node_modules/.cache/compatibility');

/** The pinned packages want it; `ensurepip` is a package of its own on Debian, and without it there is no pip. */
const IS_ENOUGH = 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))';

/** No dependencies beyond the list and nothing that must be built: what is installed is what was written down. */
const PIP = [
  '-m',
  'pip',
  'install',
  '--quiet',
  '--no-input',
  '--disable-pip-version-check',
  '--no-deps',
  '--only-binary=:all:',
  '--retries=1',
  '--timeout=60',
];

export interface PythonPackages extends ClientPackages {
  /** The interpreter that has them. */
  readonly python: string;
  /** Such as `Python 3.11.7`. */
  readonly pythonVersion: string;
}

/** Installs `python/requirements-NAME.txt` into an environment of its own, on its first use and when it has changed. */
export async function installPython(name: string): Promise<PythonPackages> {
  const folder = join(import.meta.dir, 'python');
  const requirements = join(folder, `requirements-${name}.txt`);
  const text = await Bun.file(requirements).text();
  const versions = Object.fromEntries([...text.matchAll(/^([\w.-]+)==(\S+)$/gm)].map((row) => row.slice(1)));
  const environment = join(CACHE, `python-${name}`);
  const packages = { folder, versions, python: join(environment, 'bin/python'), pythonVersion: '' };
  if (!succeeds('python3', '-c', IS_ENOUGH)) {
    return { ...packages, missing: 'python3 with venv, of version 3.11 or later, is not installed' };
  }
  const pythonVersion = Bun.spawnSync(['python3', '--version']).stdout.toString().trim();
  const wanted = createHash('sha256')
    .update(pythonVersion + text)
    .digest('hex');
  // Written last, so that an installation that was broken off is done again.
  const stamp = Bun.file(join(environment, '.installed'));
  const isThere = (await stamp.exists()) && (await stamp.text()) === wanted;
  const missing = isThere
    ? undefined
    : ((await runInstaller(['python3', '-m', 'venv', '--clear', environment], folder)) ??
      (await runInstaller([packages.python, ...PIP, '--requirement', requirements], folder)));
  if (missing === undefined && !isThere) await stamp.write(wanted);
  return { ...packages, pythonVersion, missing };
}

function succeeds(...command: string[]): boolean {
  try {
    return Bun.spawnSync(command, { stdout: 'ignore', stderr: 'ignore' }).success;
  } catch {
    return false; // There is no such program.
  }
}
