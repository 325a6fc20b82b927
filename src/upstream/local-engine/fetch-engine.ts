import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import lock from './engine-lock.json' with { type: 'json' };
import { writeManifest } from './engine-manifest.ts';
import {
  BINARY_PREFIX,
  binaryPackageFor,
  ENGINE_VERSION,
  engineFolder,
  engineHome,
  engineSizeBytes,
  findEngine,
  hasEngine,
  type Platform,
} from './engine-package.ts';
import { detailOf, type FailedSource, FetchError, faultOf, faultOfProgram } from './fetch-failure.ts';
import type { ReportProgress } from './fetch-progress.ts';
import { bytesUnder, watchGrowth } from './folder-growth.ts';
import { type PackageInstaller, packageInstallers } from './package-installer.ts';
import { inPartialFolder } from './partial-folder.ts';
import { lastWords, runProgram } from './run-program.ts';

/** 80 MB at a slow line's 150 kB/s. */
const INSTALL_DEADLINE_MS = 10 * 60 * 1_000;

export interface FetchEngineOptions {
  readonly dataDir: string;
  readonly platform: Platform;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The executable that can act as Bun: this process's own. */
  readonly bunPath: string;
  readonly report: ReportProgress;
  readonly signal: AbortSignal;
}

export interface FetchedEngine {
  /** Undefined when no source had it. */
  readonly engineDir: string | undefined;
  readonly failed: readonly FailedSource[];
}

/**
 * Installs the engine without the binaries for graphics cards and without running any package's scripts: 80 MB
 * instead of 725. It grows in a folder of its own, which gets its name when it is complete.
 */
export async function fetchEngine(options: FetchEngineOptions): Promise<FetchedEngine> {
  const { dataDir, platform, environment, bunPath, report, signal } = options;
  const found = await findEngine(dataDir, platform);
  if (found !== undefined) {
    report({ kind: 'present', part: 'engine' });
    return { engineDir: found, failed: [] };
  }
  const failed: FailedSource[] = [];
  const binaryPackage = binaryPackageFor(platform);
  if (binaryPackage === undefined) {
    const detail = `there is no engine for ${platform.platform} on ${platform.arch}`;
    failed.push({ part: 'engine', source: 'npm', fault: 'unsupported-platform', detail });
    return { engineDir: undefined, failed };
  }
  for (const installer of packageInstallers(environment, bunPath, platform.platform)) {
    const { source } = installer;
    report({ kind: 'starting', part: 'engine', source });
    try {
      const sizeBytes = await install(options, installer, binaryPackage);
      report({ kind: 'fetched', part: 'engine', sizeBytes, isVerified: true });
      return { engineDir: engineFolder(dataDir, platform), failed };
    } catch (error) {
      const fault = signal.aborted ? 'interrupted' : faultOf(error);
      const attempt = { part: 'engine', source, fault } as const;
      report({ kind: 'failed', attempt });
      failed.push({ ...attempt, detail: detailOf(error) });
      // Of any other fault the next one would have the same: it asks the same registry and fills the same disk.
      if (fault !== 'missing-tool' && fault !== 'failed') break;
    }
  }
  return { engineDir: undefined, failed };
}

/** Lets one package manager install the engine and answers how large it is. */
function install(
  { dataDir, platform, environment, report, signal }: FetchEngineOptions,
  { command, variables }: PackageInstaller,
  binaryPackage: string,
): Promise<number> {
  return inPartialFolder(engineHome(dataDir), async (folder) => {
    await writePackageFiles(folder, binaryPackage);
    const totalBytes = engineSizeBytes(platform);
    const onGrowth = (bytes: number) =>
      // A package manager's temporary files may be more than what stays.
      report({
        kind: 'advancing',
        part: 'engine',
        doneBytes: Math.min(bytes, totalBytes ?? bytes),
        totalBytes,
      });
    const end = await watchGrowth(folder, onGrowth, () =>
      runProgram({
        command,
        folder,
        environment: { ...environment, ...variables },
        deadlineMs: INSTALL_DEADLINE_MS,
        signal,
      }),
    );
    if (!end.ok) throw new FetchError(faultOfProgram(end), `${end.reason}: ${lastWords(end.output)}`);
    if (!(await hasEngine(folder))) throw new FetchError('failed', 'its folder is not complete');
    report({ kind: 'checking', part: 'engine' });
    const sizeBytes = await bytesUnder(folder);
    await writeManifest(folder, signal);
    await rename(folder, engineFolder(dataDir, platform)).catch(async (error) => {
      // Another process may have been faster; its folder is as good as ours.
      if ((await findEngine(dataDir, platform)) === undefined) throw error;
    });
    return sizeBytes;
  });
}

/**
 * The package file and the lock with the checksums of everything that is installed. A binary that the lock does
 * not list is pinned by its version alone.
 */
async function writePackageFiles(folder: string, binaryPackage: string): Promise<void> {
  const dependencies = { 'node-llama-cpp': ENGINE_VERSION, [binaryPackage]: ENGINE_VERSION };
  const wanted = Object.entries(lock.packages).filter(
    ([place]) => !place.startsWith(BINARY_PREFIX) || place === `node_modules/${binaryPackage}`,
  );
  const packages = { ...Object.fromEntries(wanted), '': { ...lock.packages[''], dependencies } };
  await writeFile(
    join(folder, 'package.json'),
    JSON.stringify({ name: lock.name, private: true, dependencies }),
  );
  await writeFile(join(folder, 'package-lock.json'), JSON.stringify({ ...lock, packages }));
}
