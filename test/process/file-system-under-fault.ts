import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { temporaryFolder } from './temporary-folder.ts';
import { undoAtExit } from './undo-at-exit.ts';

/** A file system of its own, in memory or in a file, that a test may fill up or cut the power of. */
export interface FileSystem {
  /** Where it is mounted. */
  readonly folder: string;
  /** Writes what is in memory to the device, as a power cut that came much later would find it. */
  sync(): void;
  /** Unmounts it and removes everything. */
  remove(): void;
}

const TMPFS_MB = 16;

/** Smaller ones have a journal of few blocks, which is emptied so often that nothing would be lost. */
const IMAGE_MB = 128;

/** `EXT4_IOC_SHUTDOWN`, and to leave what the journal has not written yet unwritten. */
const SHUT_DOWN = `
import fcntl, os, struct, sys
fcntl.ioctl(os.open(sys.argv[1], os.O_RDONLY), 0x8004587d, struct.pack('I', 2))
`;

/** A file system in memory with room for so little that it is soon full. */
export function mountSmall(): FileSystem {
  const folder = makeFolder();
  run('mount', '-t', 'tmpfs', '-o', `size=${TMPFS_MB}m`, 'tmpfs', folder);
  return mounted(folder);
}

/** Why `mountSmall` cannot work here, in words for the name of a skipped test. */
export function whyNotSmall(): string | undefined {
  return whyNot(mountSmall);
}

/** An ext4 in a file: what was not synced is gone when its power is cut. */
export class DiskUnderFault implements FileSystem {
  readonly #imageFolder = temporaryFolder(namePrefix());
  readonly #image = join(this.#imageFolder.path, 'image');
  #mount: FileSystem;

  constructor() {
    writeFileSync(this.#image, '');
    run('truncate', '-s', `${IMAGE_MB}M`, this.#image);
    run('mkfs.ext4', '-q', '-F', '-E', 'lazy_itable_init=0,lazy_journal_init=0', this.#image);
    this.#mount = this.#mountImage();
  }

  get folder(): string {
    return this.#mount.folder;
  }

  sync(): void {
    this.#mount.sync();
  }

  /** From now on nothing reaches the device any more, and what has not reached it never will. */
  cutPower(): void {
    run('python3', '-c', SHUT_DOWN, this.folder);
  }

  /** Mounts it again, in another place; ext4 repairs itself from its journal, as after a real cut. */
  restorePower(): void {
    this.#mount.remove();
    this.#mount = this.#mountImage();
  }

  remove(): void {
    this.#mount.remove();
    this.#imageFolder.remove();
  }

  #mountImage(): FileSystem {
    const folder = makeFolder();
    // A commit interval beyond the test's length, so that nothing but syncing brings anything to the device.
    run('mount', '-o', 'loop,commit=300', this.#image, folder);
    return mounted(folder);
  }
}

/** Why a disk with a power switch cannot be had here, in words for the name of a skipped test. */
export function whyNoDisk(): string | undefined {
  return whyNot(() => {
    const disk = new DiskUnderFault();
    try {
      disk.cutPower();
      return disk;
    } catch (reason) {
      disk.remove();
      throw reason;
    }
  });
}

/** Takes all the room there is; undone by removing the file that it answers. */
export function fill(folder: string): string {
  const path = join(folder, 'filling');
  const mebibyte = new Uint8Array(1_048_576);
  for (const [size, count] of [
    [1_048_576, 4_096],
    [4_096, 1_024],
  ] as const) {
    for (let piece = 0; piece < count; piece += 1) {
      try {
        writeFileSync(path, mebibyte.subarray(0, size), { flag: 'a' });
      } catch (reason) {
        if ((reason as { code?: string }).code !== 'ENOSPC') throw reason;
        break;
      }
    }
  }
  return path;
}

function whyNot(make: () => FileSystem): string | undefined {
  if (process.platform !== 'linux') return 'only Linux is asked to mount file systems';
  if (process.getuid?.() !== 0) return 'only root may mount file systems';
  sweep();
  try {
    make().remove();
    return undefined;
  } catch (reason) {
    return reason instanceof Error ? reason.message : String(reason);
  }
}

function mounted(folder: string): FileSystem {
  const remove = () => {
    if (!existsSync(folder)) return;
    // Lazily: a server that is being killed may still have a file open.
    Bun.spawnSync(['umount', '-l', folder]);
    if (!isMounted(folder)) rmSync(folder, { recursive: true, force: true });
  };
  const forget = undoAtExit(remove);
  return {
    folder,
    sync: () => run('sync', '-f', folder),
    remove() {
      remove();
      forget();
    },
  };
}

/** The name tells whose it is, so that what a killed run has left can be found. */
const PREFIX = 'turnpike-mount-';

function namePrefix(): string {
  return `${PREFIX}${process.pid}-`;
}

function makeFolder(): string {
  return mkdtempSync(join(tmpdir(), namePrefix()));
}

/** Removes what runs that were ended by kill -9 have left. */
function sweep(): void {
  for (const name of readdirSync(tmpdir())) {
    const owner = new RegExp(`^${PREFIX}(\\d+)-`).exec(name)?.[1];
    if (owner === undefined || existsSync(join('/proc', owner))) continue;
    const folder = join(tmpdir(), name);
    if (isMounted(folder)) Bun.spawnSync(['umount', '-l', folder]);
    if (!isMounted(folder)) rmSync(folder, { recursive: true, force: true });
  }
}

function isMounted(folder: string): boolean {
  try {
    return statSync(folder).dev !== statSync(tmpdir()).dev;
  } catch (reason) {
    // A file system whose power is cut does not answer; one that is gone does not exist.
    return (reason as { code?: string }).code !== 'ENOENT';
  }
}

function run(...command: string[]): void {
  const [program = ''] = command;
  if (Bun.which(program) === null) throw new Error(`${program} is not installed`);
  const { success, stderr } = Bun.spawnSync(command, { stdout: 'ignore', stderr: 'pipe' });
  if (!success) throw new Error(`${program} failed: ${stderr.toString().trim().split('\n').at(-1)}`);
}
