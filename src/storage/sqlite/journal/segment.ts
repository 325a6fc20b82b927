import { close, constants, fsync, ftruncate, open, readdirSync, rmSync, write } from 'node:fs';
import { open as openFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** The disk is full: the frame was taken back, and all before it is durable. */
export class DiskFull extends Error {
  override readonly name = 'DiskFull';
}

/** One file of the journal. */
export interface Segment {
  readonly number: number;
  /**
   * Resolves when the frame is on the disk. Rejects with `DiskFull` when it is known that nothing of it is; with any
   * other error nobody knows. One at a time.
   */
  append(frame: Buffer): Promise<void>;
  close(): Promise<void>;
}

/**
 * Every write is on the disk when it returns: one call of the system instead of a write and a sync. A system without
 * this gets the sync.
 */
const SYNCED: number | undefined = constants.O_DSYNC ?? constants.O_SYNC;
const WRITE = constants.O_WRONLY | (SYNCED ?? 0);
const CREATE = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL;

/** No room: for the user, in the file system, or in a file of this size. */
const FULL = ['ENOSPC', 'EDQUOT', 'EFBIG'];

/** Zeros are written in pieces of this size. */
const PIECE_BYTES = 256 * 1024;

/**
 * Makes a new segment beside the database, with room for so many bytes, and its name durable. A file that has its room
 * already does not change its size with each write: such a write costs half, and cannot find the disk full.
 */
export async function createSegment(
  databasePath: string,
  number: number,
  roomBytes: number,
): Promise<Segment> {
  const path = segmentPath(databasePath, number);
  try {
    const making = await openFile(path, CREATE, 0o600);
    try {
      const zeros = Buffer.alloc(PIECE_BYTES);
      for (let at = 0; at < roomBytes; at += PIECE_BYTES)
        await making.write(zeros, 0, Math.min(PIECE_BYTES, roomBytes - at), at);
      await making.sync();
    } finally {
      await making.close();
    }
    await syncFolder(path);
    const descriptor = await new Promise<number>((resolve, reject) =>
      open(path, WRITE, (error, made) => (error === null ? resolve(made) : reject(error))),
    );
    return new SegmentFile(number, descriptor);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') rmSync(path, { force: true });
    throw asFull(error);
  }
}

/** The segments that are there, oldest first. */
export function listSegments(databasePath: string): { number: number; path: string }[] {
  const beginning = `${basename(databasePath)}-commands-`;
  return readdirSync(dirname(databasePath))
    .filter((name) => name.startsWith(beginning) && /^\d{1,15}$/.test(name.slice(beginning.length)))
    .map((name) => ({
      number: Number(name.slice(beginning.length)),
      path: join(dirname(databasePath), name),
    }))
    .sort((a, b) => a.number - b.number);
}

export function deleteSegments(databasePath: string, before: number): void {
  for (const { number, path } of listSegments(databasePath))
    if (number < before) rmSync(path, { force: true });
}

function segmentPath(databasePath: string, number: number): string {
  return `${databasePath}-commands-${number}`;
}

class SegmentFile implements Segment {
  readonly number: number;
  readonly #descriptor: number;
  #bytes = 0;

  constructor(number: number, descriptor: number) {
    this.number = number;
    this.#descriptor = descriptor;
  }

  async append(frame: Buffer): Promise<void> {
    let written = 0;
    try {
      while (written < frame.length) written += await this.#write(frame, written);
      if (SYNCED === undefined) await done((then) => fsync(this.#descriptor, then));
    } catch (error) {
      if (!FULL.includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
      await this.#cutBack();
      throw asFull(error);
    }
    this.#bytes += frame.length;
  }

  close(): Promise<void> {
    return done((then) => close(this.#descriptor, then));
  }

  #write(frame: Buffer, from: number): Promise<number> {
    return new Promise((resolve, reject) =>
      write(this.#descriptor, frame, from, frame.length - from, this.#bytes + from, (error, count) =>
        error === null ? resolve(count) : reject(error),
      ),
    );
  }

  /** A frame larger than the room that was left may have found only a part of what it needs. */
  async #cutBack(): Promise<void> {
    await done((then) => ftruncate(this.#descriptor, this.#bytes, then));
    await done((then) => fsync(this.#descriptor, then));
  }
}

function done(start: (then: (error: NodeJS.ErrnoException | null) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => start((error) => (error ? reject(error) : resolve())));
}

function asFull(error: unknown): unknown {
  const { code = '', message = '' } = error as NodeJS.ErrnoException;
  return FULL.includes(code) ? new DiskFull(message) : error;
}

/** Not every system can: where it cannot, names are durable by themselves. */
async function syncFolder(path: string): Promise<void> {
  const folder = await openFile(dirname(path), 'r').catch(() => undefined);
  await folder?.sync().catch(() => {});
  await folder?.close();
}
