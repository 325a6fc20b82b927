import type { LedgerEffect } from './ledger-effect.ts';

/**
 * The journal's format. What is made durable together is a frame: one line that says which effects follow, how many
 * bytes they are and their checksum, then a line of JSON for each effect.
 *
 *     turnpike 1041 3 1880 2f5c01aa
 *     {"kind":"hold",…}
 *     {"kind":"end",…}
 *     {"kind":"end",…}
 *
 * A frame is written only when all before it is on the disk. So a process or machine that dies leaves at most one that
 * is not whole, as the last, and nobody was told of its effects.
 */
const MAGIC = 'turnpike';

/** A head is shorter than this, whatever its numbers. */
const MAXIMUM_HEAD_BYTES = 96;

export interface Frame {
  /** The number of its first effect, counted from 1 over the whole life of the database. */
  readonly first: number;
  readonly effects: readonly LedgerEffect[];
  /** Where the next frame begins. */
  readonly endBytes: number;
}

/** `lines` are effects as JSON, without line ends. */
export function writeFrame(first: number, lines: readonly string[]): Buffer {
  const body = `${lines.join('\n')}\n`;
  const bodyBytes = Buffer.byteLength(body);
  // The head is written before its checksum is known; both are ASCII, so its length in bytes is that of its text.
  const frame = Buffer.allocUnsafe(MAXIMUM_HEAD_BYTES + bodyBytes);
  frame.write(body, MAXIMUM_HEAD_BYTES);
  const checksum = Bun.hash.crc32(frame.subarray(MAXIMUM_HEAD_BYTES)).toString(16).padStart(8, '0');
  const head = `${MAGIC} ${first} ${lines.length} ${bodyBytes} ${checksum}\n`;
  const from = MAXIMUM_HEAD_BYTES - head.length;
  frame.write(head, from, 'latin1');
  return frame.subarray(from);
}

/** The frame that begins at `atBytes`; undefined when none does, or not a whole one. */
export function readFrame(bytes: Buffer, atBytes: number): Frame | undefined {
  const lineEnd = bytes.subarray(atBytes, atBytes + MAXIMUM_HEAD_BYTES).indexOf(0x0a);
  if (lineEnd < 0) return undefined;
  const head = /^turnpike (\d{1,16}) (\d{1,9}) (\d{1,10}) ([0-9a-f]{8})$/.exec(
    bytes.toString('latin1', atBytes, atBytes + lineEnd),
  );
  if (head === null) return undefined;
  const [first, count, length] = head.slice(1, 4).map(Number) as [number, number, number];
  const from = atBytes + lineEnd + 1;
  const body = bytes.subarray(from, from + length);
  if (body.length < length || Bun.hash.crc32(body) !== Number.parseInt(head[4] ?? '', 16)) return undefined;
  const lines = body.toString('utf8', 0, length - 1).split('\n');
  if (lines.length !== count) return undefined;
  return { first, effects: lines.map((line) => JSON.parse(line) as LedgerEffect), endBytes: from + length };
}

/** Whether a whole frame begins anywhere after `atBytes`: then what is before it was damaged, not left unfinished. */
export function hasFrameAfter(bytes: Buffer, atBytes: number): boolean {
  for (let at = bytes.indexOf(`${MAGIC} `, atBytes + 1); at >= 0; at = bytes.indexOf(`${MAGIC} `, at + 1)) {
    if (readFrame(bytes, at) !== undefined) return true;
  }
  return false;
}
