import { readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from './temporary-folder.ts';

/** The clock on the wall of a server, which a test may move while it runs. Intervals go on as they are. */
export interface MovedClock {
  /** For the server's environment. */
  readonly environment: Record<string, string>;
  /** By how much it is wrong from now on, such as `+3600` seconds. */
  move(seconds: string): void;
  remove(): void;
}

/** libfaketime, from the system or unpacked from Debian's package; why it cannot be had here, in words, instead. */
export function movedClock(): MovedClock | string {
  if (process.platform !== 'linux') return 'libfaketime is fetched on Debian only';
  const { path: folder, remove } = temporaryFolder();
  const library = installed() ?? fetched(folder);
  if (library === undefined) {
    remove();
    return 'libfaketime is neither installed nor to be had from the package archive';
  }
  const offset = join(folder, 'offset');
  const move = (seconds: string) => {
    // Renamed, so that nobody reads half of it.
    writeFileSync(`${offset}.next`, `${seconds}\n`);
    renameSync(`${offset}.next`, offset);
  };
  move('+0');
  const environment = {
    LD_PRELOAD: library,
    FAKETIME_TIMESTAMP_FILE: offset,
    FAKETIME_CACHE_DURATION: '1',
    FAKETIME_DONT_FAKE_MONOTONIC: '1',
  };
  return { environment, move, remove };
}

function installed(): string | undefined {
  return libraryIn('/usr/lib');
}

function fetched(folder: string): string | undefined {
  if (Bun.which('apt-get') === null || Bun.which('dpkg-deb') === null) return undefined;
  const run = (...command: string[]) =>
    Bun.spawnSync(command, { cwd: folder, stdout: 'ignore', stderr: 'ignore' }).success;
  // Unpacked and not installed: the system stays as it is.
  if (!run('apt-get', 'download', 'libfaketime')) return undefined;
  const archive = readdirSync(folder).find((name) => name.endsWith('.deb'));
  return archive !== undefined && run('dpkg-deb', '-x', archive, 'unpacked')
    ? libraryIn(join(folder, 'unpacked/usr/lib'))
    : undefined;
}

function libraryIn(folder: string): string | undefined {
  // The one for programs with threads.
  const [found] = new Bun.Glob('*/faketime/libfaketimeMT.so.1').scanSync({ cwd: folder, absolute: true });
  return found;
}
