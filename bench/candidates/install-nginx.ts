import { spawnSync } from 'node:child_process';
import type { Workbench } from '../machine/workbench.ts';

const INSTALL_LIMIT_MS = 180_000;

/** The version of the nginx on this machine; as root on Debian it is installed first. Undefined: there is none. */
export async function installNginx(bench: Pick<Workbench, 'run'>): Promise<string | undefined> {
  if (nginxVersion() === undefined && process.getuid?.() === 0 && Bun.which('apt-get') !== null) {
    // In this run level Debian's scripts start no service after the installation.
    const environment = { DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
    const aptGet = (...words: string[]) =>
      bench.run(['apt-get', '-qq', ...words], { environment, limitMs: INSTALL_LIMIT_MS });
    await aptGet('update').catch(() => '');
    await aptGet('install', '-y', '--no-install-recommends', 'nginx-light').catch(() => '');
  }
  return nginxVersion();
}

function nginxVersion(): string | undefined {
  const { status, stderr } = spawnSync('nginx', ['-v'], { encoding: 'utf8' });
  return status === 0 ? /nginx\/(\S+)/.exec(stderr)?.[1] : undefined;
}
