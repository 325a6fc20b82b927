import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { StorageNotOpened } from '../../storage-error.ts';
import type { JournalPosition } from './journal.ts';
import { type Frame, hasFrameAfter, readFrame } from './journal-frame.ts';
import { listSegments } from './segment.ts';

/** A frame and where it ends. */
export interface PlacedFrame extends Frame {
  readonly segment: number;
}

/** Reads the frames after a position, over all segments, up to `upTo` or to the end. */
export function* readJournal(
  databasePath: string,
  after: JournalPosition,
  upTo?: JournalPosition,
): Generator<PlacedFrame> {
  for (const { number, path } of listSegments(databasePath)) {
    if (number < after.segment || (upTo !== undefined && number > upTo.segment)) continue;
    const fromBytes = number === after.segment ? after.bytes : 0;
    const bytes = readFrom(path, fromBytes, number === upTo?.segment ? upTo.bytes : undefined);
    let at = 0;
    // After the last frame come the zeros of a segment's empty room, or what a write that was cut short left there.
    for (let frame = readFrame(bytes, at); frame !== undefined; frame = readFrame(bytes, at)) {
      at = frame.endBytes;
      yield { ...frame, segment: number, endBytes: fromBytes + at };
    }
    const ends = upTo?.segment === number && at < bytes.length;
    if (ends || hasFrameAfter(bytes, at)) throw damaged(path);
  }
}

/** Read into again and again: a piece is decoded before the next one is read. */
let memory = Buffer.alloc(0);

function readFrom(path: string, fromBytes: number, endBytes: number | undefined): Buffer {
  const descriptor = openSync(path, 'r');
  try {
    const length = Math.max(0, (endBytes ?? fstatSync(descriptor).size) - fromBytes);
    if (memory.length < length) memory = Buffer.allocUnsafeSlow(2 * length);
    const bytes = memory.subarray(0, length);
    let read = 0;
    while (read < length) {
      const count = readSync(descriptor, bytes, read, length - read, fromBytes + read);
      if (count === 0) break;
      read += count;
    }
    return bytes.subarray(0, read);
  } finally {
    closeSync(descriptor);
  }
}

function damaged(path: string): StorageNotOpened {
  return new StorageNotOpened(
    'damaged',
    `The journal ${path} is damaged in the middle: what it says was promised to callers and cannot be read. Restore the last backup, and keep this file aside.`,
  );
}
