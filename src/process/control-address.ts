import {
  chmodSync,
  lstatSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmdirSync,
  rmSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** The longest path of a Unix socket that every system takes (macOS has room for 103 bytes and an end mark). */
const MAXIMUM_PATH_BYTES = 103;
const SOCKET_FILE = 'control.sock';
/** Names the socket when the data folder's own path is too long for one. */
const POINTER_FILE = 'control.path';

/** Where a server that has the folder's lock shall listen. What an earlier server left there is removed. */
export function claimControlAddress(dataDir: string): { readonly socketPath: string; release(): void } {
  releaseControlAddress(dataDir);
  const folder = realpathSync(dataDir);
  const direct = join(folder, SOCKET_FILE);
  if (Buffer.byteLength(direct) <= MAXIMUM_PATH_BYTES) {
    return { socketPath: direct, release: () => releaseControlAddress(dataDir) };
  }
  // `mkdtemp` makes a folder that nobody else can enter or have prepared.
  const elsewhere = mkdtempSync(join(tmpdir(), 'turnpike-'));
  chmodSync(elsewhere, 0o700);
  const socketPath = join(elsewhere, SOCKET_FILE);
  writeFileSync(join(folder, POINTER_FILE), `${socketPath}\n`, { mode: 0o600 });
  return { socketPath, release: () => releaseControlAddress(dataDir) };
}

/** Where a server of this folder would be listening; undefined when none has left a trace. */
export function findControlAddress(dataDir: string): string | undefined {
  try {
    const folder = realpathSync(dataDir);
    const direct = join(folder, SOCKET_FILE);
    if (isSocket(direct)) return direct;
    const pointed = readPointer(folder);
    return pointed !== undefined && isSocket(pointed) ? pointed : undefined;
  } catch {
    return undefined;
  }
}

function releaseControlAddress(dataDir: string): void {
  const folder = realpathSync(dataDir);
  const direct = join(folder, SOCKET_FILE);
  if (isSocket(direct)) rmSync(direct, { force: true });
  const pointed = readPointer(folder);
  if (pointed !== undefined) removeElsewhere(pointed);
  rmSync(join(folder, POINTER_FILE), { force: true });
}

/** A socket and the folder that was made for it. A folder that holds anything else is not ours and stays. */
function removeElsewhere(socketPath: string): void {
  try {
    // A server that was stopped has taken its socket with it; one that was killed has not.
    if (isSocket(socketPath)) unlinkSync(socketPath);
    rmdirSync(dirname(socketPath));
  } catch {
    // Somebody else's by now; what is left there harms nobody.
  }
}

function readPointer(folder: string): string | undefined {
  try {
    return readFileSync(join(folder, POINTER_FILE), 'utf8').trim();
  } catch {
    return undefined;
  }
}

function isSocket(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSocket() ?? false;
}
