import { access } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * The binding to llama.cpp. All of it is pinned by the checksums in `engine-lock.json`. For another version: in a
 * folder with that one dependency, `npm install --package-lock-only --omit-lockfile-registry-resolved`; of the
 * result, keep what is not optional, and the binaries for Linux without their mark of being optional. Leave out every
 * `optionalDependencies`: npm would look up each of them, which takes minutes where the registry is out of reach.
 */
export const ENGINE_VERSION = '3.22.1';

interface BinaryPackage {
  readonly name: string;
  /** Its files together, for the bar; unknown where nobody has measured it. */
  readonly sizeBytes?: number;
}

/** The prebuilt binaries, by `process.platform` and `process.arch`. Where a processor's package exists, it is that. */
const BINARY_PACKAGES: Readonly<Record<string, BinaryPackage>> = {
  'linux-x64': { name: '@node-llama-cpp/linux-x64', sizeBytes: 30_358_713 },
  'linux-arm64': { name: '@node-llama-cpp/linux-arm64', sizeBytes: 19_984_550 },
  'linux-arm': { name: '@node-llama-cpp/linux-armv7l', sizeBytes: 12_765_600 },
  'linux-riscv64': { name: '@node-llama-cpp/linux-riscv64' },
  'darwin-arm64': { name: '@node-llama-cpp/mac-arm64-metal' },
  'darwin-x64': { name: '@node-llama-cpp/mac-x64' },
  'win32-arm64': { name: '@node-llama-cpp/win-arm64' },
  'win32-x64': { name: '@node-llama-cpp/win-x64' },
};

/** The files of all packages that are the same on every platform. */
const COMMON_BYTES = 48_531_325;

export interface Platform {
  readonly platform: string;
  readonly arch: string;
}

/** Where npm puts the packages with binaries; of those in the lock only one is wanted. */
export const BINARY_PREFIX = 'node_modules/@node-llama-cpp/';

/** The platform that this runs on. */
export function thisPlatform(): Platform {
  return { platform: process.platform, arch: process.arch };
}

/** The one package with the engine's binary for a platform, or undefined when there is none. */
export function binaryPackageFor({ platform, arch }: Platform): string | undefined {
  return BINARY_PACKAGES[`${platform}-${arch}`]?.name;
}

/** What an installed engine takes on the disk, or undefined where nobody has measured it. */
export function engineSizeBytes({ platform, arch }: Platform): number | undefined {
  const sizeBytes = BINARY_PACKAGES[`${platform}-${arch}`]?.sizeBytes;
  return sizeBytes === undefined ? undefined : COMMON_BYTES + sizeBytes;
}

/** Where the local engine and its weights live in the data folder. */
export function engineHome(dataDir: string): string {
  return join(dataDir, 'engine');
}

/** The folder of one version for one platform, so that a data folder can move between machines. */
export function engineFolder(dataDir: string, { platform, arch }: Platform): string {
  return join(engineHome(dataDir), `node-llama-cpp-${ENGINE_VERSION}-${platform}-${arch}`);
}

/** The module that the child process imports. */
export function engineModule(engineDir: string): string {
  return join(engineDir, 'node_modules', 'node-llama-cpp', 'dist', 'index.js');
}

/** The installed engine, if there is one. Its folder only exists when the installation was complete. */
export async function findEngine(dataDir: string, platform: Platform): Promise<string | undefined> {
  const folder = engineFolder(dataDir, platform);
  return (await hasEngine(folder)) ? folder : undefined;
}

/** Whether a folder has the module that is imported. */
export function hasEngine(folder: string): Promise<boolean> {
  return access(engineModule(folder)).then(
    () => true,
    () => false,
  );
}
