/**
 * Finds the Bun binary that came with the npm package `bun`, without starting anything.
 *
 * That package is a placeholder plus an install script which moves the real binary into place. npm skips install
 * scripts when it is told to (`--ignore-scripts`), and from version 12 on unless package.json allows them; the
 * placeholder then only prints that it is one. The real binary is there all the same: it is the optional
 * dependency `@oven/bun-<platform>`, so we run that.
 *
 * Plain JavaScript on any Node >= 20: this runs before Bun does.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** The placeholder has 450 bytes, Bun about 100 million: anything between is neither. */
const SMALLEST_BINARY_BYTES = 1_000_000;

/**
 * The platform packages that can run on a machine, the best one first. `libc` is `musl`, `glibc` or undefined.
 * The same choice as the package's own install script makes; Bun publishes no "baseline" build as a package.
 */
export function platformPackages(platform, arch, libc) {
  const cpu = { x64: 'x64', arm64: 'aarch64' }[arch];
  if (cpu === undefined) return [];
  switch (platform) {
    case 'darwin':
    case 'freebsd':
      return [`bun-${platform}-${cpu}`];
    case 'win32':
      return [`bun-windows-${cpu}`];
    case 'android':
      return [`bun-linux-${cpu}-android`];
    case 'linux':
      // A machine with musl may carry the glibc loader too, so glibc's build is its second choice.
      return libc === 'musl' ? [`bun-linux-${cpu}-musl`, `bun-linux-${cpu}`] : [`bun-linux-${cpu}`];
    default:
      return [];
  }
}

/**
 * The path of Bun's binary as installed beside the file `from`, or the sentences that say why there is none and
 * what to do.
 *
 * @param {string} from an absolute path or file URL inside the project
 * @returns {{ path: string } | { problem: string }}
 */
export function findBun(from) {
  const require = createRequire(from);
  let home;
  try {
    home = dirname(require.resolve('bun/package.json'));
  } catch {
    return { problem: 'The packages that Turnpike stands on are not installed. Run: npm install' };
  }
  const placed = join(home, 'bin', 'bun.exe');
  if (isBinary(placed)) return { path: placed };

  const packages = platformPackages(process.platform, machineArchitecture(), machineLibc());
  if (packages.length === 0) {
    return {
      problem: `Turnpike runs on Bun, and there is no Bun for ${process.platform} on ${process.arch}.`,
    };
  }
  // Looked up from Bun's own package: its dependencies are not ours to see with every package manager.
  const requireOfBun = createRequire(join(home, 'package.json'));
  const executable = process.platform === 'win32' ? 'bun.exe' : 'bun';
  for (const name of packages) {
    try {
      const path = join(dirname(requireOfBun.resolve(`@oven/${name}/package.json`)), 'bin', executable);
      if (isBinary(path)) return { path };
    } catch {
      // Not installed: the next variant may be.
    }
  }
  return {
    problem:
      `Bun's binary for this machine (@oven/${packages[0]}) is not installed; npm was probably told to leave ` +
      'out optional packages. Run: npm install --include=optional',
  };
}

function isBinary(path) {
  return existsSync(path) && statSync(path).size >= SMALLEST_BINARY_BYTES;
}

/** An x64 Node under Rosetta must get the arm64 Bun: the x64 one needs instructions that Rosetta lacks. */
function machineArchitecture() {
  if (process.platform !== 'darwin' || process.arch !== 'x64') return process.arch;
  try {
    const translated = execFileSync('sysctl', ['-n', 'sysctl.proc_translated'], {
      encoding: 'utf8',
      timeout: 2000,
    });
    return translated.trim() === '1' ? 'arm64' : 'x64';
  } catch {
    return 'x64';
  }
}

/** Node says in its diagnostic report which C library it was started with. */
function machineLibc() {
  if (process.platform !== 'linux') return undefined;
  // The report would otherwise look up names on the network, which can take seconds.
  process.report.excludeNetwork = true;
  return process.report.getReport().header.glibcVersionRuntime === undefined ? 'musl' : 'glibc';
}
