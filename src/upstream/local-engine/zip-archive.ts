import { createWriteStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createInflateRaw, inflateRawSync } from 'node:zlib';
import { FetchError } from './fetch-failure.ts';

/** One file in a zip archive. */
export interface ZipMember {
  readonly name: string;
  readonly sizeBytes: number;
  readonly packedBytes: number;
  /** 0 is stored, 8 is deflated; other methods are not read. */
  readonly method: number;
  readonly headerOffset: number;
}

const END_SIGNATURE = 0x06054b50;
const ENTRY_SIGNATURE = 0x02014b50;
const LOCAL_SIGNATURE = 0x04034b50;
/** The end record and the longest comment that can follow it. */
const END_BYTES = 22 + 65_535;
/** More than any wheel has in its table of contents. */
const DIRECTORY_BYTES_AT_MOST = 16 * 1024 * 1024;

/** A zip archive cannot be read: damaged, encrypted, or larger than 4 GB. */
export class ZipError extends FetchError {
  override readonly name = 'ZipError';

  constructor(detail: string) {
    super('checksum', detail);
  }
}

/** The archive's table of contents. */
export async function readZipDirectory(path: string): Promise<ZipMember[]> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const tail = await readAt(file, Math.max(0, size - END_BYTES), Math.min(size, END_BYTES));
    const end = findEndRecord(tail);
    const count = end.getUint16(10, true);
    const directoryBytes = end.getUint32(12, true);
    const directoryOffset = end.getUint32(16, true);
    if (directoryOffset + directoryBytes > size || directoryBytes > DIRECTORY_BYTES_AT_MOST) {
      throw new ZipError('the table of contents lies outside the archive');
    }
    return parseDirectory(await readAt(file, directoryOffset, directoryBytes), count);
  } finally {
    await file.close();
  }
}

/** Unpacks one member into a new file. */
export async function extractZipMember(
  archive: string,
  member: ZipMember,
  into: string,
  signal: AbortSignal,
): Promise<void> {
  const file = await open(archive);
  try {
    const start = await dataOffset(file, member);
    const packed = file.createReadStream({ start, end: start + member.packedBytes - 1, autoClose: false });
    const unpacked = member.method === 0 ? packed : packed.pipe(createInflateRaw());
    packed.on('error', (error) => unpacked.destroy(error));
    let doneBytes = 0;
    const counted = Readable.from(
      (async function* () {
        for await (const piece of unpacked) {
          doneBytes += (piece as Buffer).length;
          // Checked while unpacking, so that a bomb cannot fill the disk.
          if (doneBytes > member.sizeBytes) throw new ZipError('a member is longer than it claims');
          yield piece;
        }
      })(),
    );
    await pipeline(counted, createWriteStream(into, { flags: 'wx' }), { signal });
    if (doneBytes !== member.sizeBytes) throw new ZipError('a member is shorter than it claims');
  } finally {
    await file.close();
  }
}

/** A small member as text. */
export async function readZipText(archive: string, member: ZipMember, bytesAtMost: number): Promise<string> {
  if (member.sizeBytes > bytesAtMost || member.packedBytes > bytesAtMost)
    throw new ZipError('a member is too long');
  const file = await open(archive);
  try {
    const packed = await readAt(file, await dataOffset(file, member), member.packedBytes);
    if (member.method === 0) return packed.toString('utf8');
    return inflateRawSync(packed, { maxOutputLength: bytesAtMost }).toString('utf8');
  } finally {
    await file.close();
  }
}

function findEndRecord(tail: Buffer): DataView {
  for (let at = tail.length - 22; at >= 0; at -= 1) {
    if (tail.readUInt32LE(at) === END_SIGNATURE) return new DataView(tail.buffer, tail.byteOffset + at, 22);
  }
  throw new ZipError('this is not a whole zip archive');
}

function parseDirectory(bytes: Buffer, count: number): ZipMember[] {
  const members: ZipMember[] = [];
  let at = 0;
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== ENTRY_SIGNATURE) {
      throw new ZipError('the table of contents is damaged');
    }
    const nameLength = bytes.readUInt16LE(at + 28);
    const member: ZipMember = {
      name: bytes.toString('utf8', at + 46, at + 46 + nameLength),
      method: bytes.readUInt16LE(at + 10),
      packedBytes: bytes.readUInt32LE(at + 20),
      sizeBytes: bytes.readUInt32LE(at + 24),
      headerOffset: bytes.readUInt32LE(at + 42),
    };
    if (member.sizeBytes === 0xffff_ffff || member.headerOffset === 0xffff_ffff) {
      throw new ZipError('archives beyond 4 GB are not read');
    }
    members.push(member);
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return members;
}

/** The packed bytes begin after a header whose length only the header itself tells. */
async function dataOffset(file: FileHandle, member: ZipMember): Promise<number> {
  const header = await readAt(file, member.headerOffset, 30);
  if (header.readUInt32LE(0) !== LOCAL_SIGNATURE) throw new ZipError('a member is not where it should be');
  if ((header.readUInt16LE(6) & 1) !== 0) throw new ZipError('a member is encrypted');
  if (member.method !== 0 && member.method !== 8) throw new ZipError('a member is packed in an unknown way');
  return member.headerOffset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
}

async function readAt(file: FileHandle, offset: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  const { bytesRead } = await file.read(bytes, 0, length, offset);
  if (bytesRead !== length) throw new ZipError('the archive is cut off');
  return bytes;
}
