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

/** Writes frames into one piece of memory, again and again. */
export class FrameWriter {
  #memory = Buffer.alloc(0);

  /** `lines` are effects as JSON, without line ends. The frame is good until the next one is written. */
  write(first: number, lines: readonly string[]): Buffer {
    const body = `${lines.join('\n')}\n`;
    // No character of a text takes more than three bytes for each of its units.
    const mostBytes = MAXIMUM_HEAD_BYTES + 3 * body.length;
    if (this.#memory.length < mostBytes) this.#memory = Buffer.allocUnsafeSlow(2 * mostBytes);
    const end = MAXIMUM_HEAD_BYTES + this.#memory.write(body, MAXIMUM_HEAD_BYTES);
    const checksum = Bun.hash.crc32(this.#memory.subarray(MAXIMUM_HEAD_BYTES, end));
    const length = end - MAXIMUM_HEAD_BYTES;
    const head = `${MAGIC} ${first} ${lines.length} ${length} ${checksum.toString(16).padStart(8, '0')}\n`;
    // The head's length is known last, so it is put where it ends at the body.
    const from = MAXIMUM_HEAD_BYTES - head.length;
    this.#memory.write(head, from, 'latin1');
    return this.#memory.subarray(from, end);
  }
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
