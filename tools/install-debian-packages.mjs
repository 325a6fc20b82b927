import { spawnSync } from 'node:child_process';

const INSTALL_LIMIT_MS = 240_000;

/**
 * Installs what tests need, on a machine of Debian's kind that is ours to change; whether it is there now. Plain
 * JavaScript on Node, as the command that runs the tests.
 */
export function installDebianPackages(name, packages) {
  if (process.getuid?.() !== 0 || spawnSync('apt-get', ['--version']).status !== 0) return false;
  console.log(`${name} is not installed; Debian's package is being installed for the tests …`);
  // In this run level no service is started: a package's own server is not needed.
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  return [['update'], ['install', '-y', '--no-install-recommends', ...packages]].every(
    (words) =>
      spawnSync('apt-get', ['-q', ...words], { env, timeout: INSTALL_LIMIT_MS, stdio: 'ignore' }).status ===
      0,
  );
}
