import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { StoredBackup } from '../../http/api/v1/operator/upkeep.ts';

const MAXIMUM_LISTED = 200;
const BACKUP = /^turnpike-[0-9TZ-]{1,40}\.backup$/;

/** The backups in a data folder, youngest first. */
export async function listBackups(dataDir: string): Promise<readonly StoredBackup[]> {
  const names = (await readdir(folderOf(dataDir)).catch(() => []))
    .filter((name) => BACKUP.test(name))
    .sort()
    .reverse()
    .slice(0, MAXIMUM_LISTED);
  return Promise.all(
    names.map(async (name) => {
      const { size, mtimeMs } = await stat(join(folderOf(dataDir), name));
      return { name, sizeBytes: size, madeAtMs: Math.floor(mtimeMs) };
    }),
  );
}

/** The bytes of a backup. A name that is not one of a backup leads nowhere. */
export async function openBackup(dataDir: string, name: string) {
  if (!BACKUP.test(name)) return undefined;
  const path = join(folderOf(dataDir), name);
  const file = await stat(path).catch(() => undefined);
  if (file === undefined) return undefined;
  const body = Readable.toWeb(createReadStream(path)) as unknown as ReadableStream<Uint8Array>;
  return { body, sizeBytes: file.size };
}

function folderOf(dataDir: string): string {
  return join(dataDir, 'backups');
}
