import { stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from './config.ts';
import { DATABASE_FILE } from './database-file.ts';
import { VERSION } from './version.ts';

const STARTED_AT_MS = Date.now();

/** What the process and the disk of its data folder are like now. */
export async function describeMachine(
  { dataDir, databaseUrl }: Pick<Config, 'dataDir' | 'databaseUrl'>,
  engine: string,
  openRequests: number,
) {
  const disk = await statfs(dataDir).catch(() => undefined);
  const file =
    databaseUrl === undefined ? await stat(join(dataDir, DATABASE_FILE)).catch(() => undefined) : undefined;
  return {
    openRequests,
    database: { engine, sizeBytes: file?.size ?? null },
    disk:
      disk === undefined
        ? null
        : { freeBytes: disk.bavail * disk.bsize, sizeBytes: disk.blocks * disk.bsize },
    version: VERSION,
    startedAtMs: STARTED_AT_MS,
  };
}
