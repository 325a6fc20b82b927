import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { isAbsolute, join, resolve } from 'node:path';
import { engineHome } from './engine-package.ts';
import { sha256OfFile } from './file-digest.ts';

/** What is known of weights that were fetched once, so that later starts need neither network nor hashing. */
export interface WeightsRecord {
  /** Relative to the weights folder, or absolute where the operator named a file of their own. */
  readonly file: string;
  readonly modelName: string;
  readonly sha256: string;
  readonly sizeBytes: number;
  readonly modifiedMs: number;
  /** What vouched for the checksum when the file came in. */
  readonly checkedAgainst: 'pinned checksum' | 'server checksum' | 'length only' | 'nothing';
  /** When it was recorded, ISO 8601 in UTC. */
  readonly recordedAt: string;
}

export function weightsFolder(dataDir: string): string {
  return join(engineHome(dataDir), 'weights');
}

export function weightsPath(dataDir: string, { file }: Pick<WeightsRecord, 'file'>): string {
  return isAbsolute(file) ? file : join(weightsFolder(dataDir), file);
}

/** Records a file that has just been checked. `wanted` is what the operator asked for, if anything. */
export async function recordWeights(
  dataDir: string,
  wanted: string | undefined,
  weights: Pick<WeightsRecord, 'file' | 'modelName' | 'sha256' | 'checkedAgainst'>,
): Promise<WeightsRecord> {
  const { size, mtimeMs } = await stat(weightsPath(dataDir, weights));
  const record: WeightsRecord = {
    ...weights,
    sizeBytes: size,
    modifiedMs: Math.floor(mtimeMs),
    recordedAt: new Date().toISOString(),
  };
  await writeRecord(join(weightsFolder(dataDir), recordName(wanted)), record);
  return record;
}

/**
 * The record of what the operator wants, or of what was recorded last when they want nothing in particular;
 * undefined when there is none or its file is not what it was. Reads no more than the file's size and time,
 * unless the time differs: then the checksum decides, as after a restored backup.
 */
export async function findWeights(
  dataDir: string,
  wanted: string | undefined,
): Promise<WeightsRecord | undefined> {
  for (const { path, record } of await readRecords(dataDir, wanted)) {
    const file = weightsPath(dataDir, record);
    const now = await stat(file).catch(() => undefined);
    if (now?.size !== record.sizeBytes) continue;
    const modifiedMs = Math.floor(now.mtimeMs);
    if (modifiedMs === record.modifiedMs) return record;
    if ((await sha256OfFile(file)) !== record.sha256) continue;
    const renewed = { ...record, modifiedMs };
    await writeRecord(path, renewed);
    return renewed;
  }
  return undefined;
}

/** Weights whose content is no longer what was recorded. */
export interface DamagedWeights {
  readonly path: string;
  /** A file that the operator named, outside the data folder. */
  readonly isOperatorsOwn: boolean;
}

/**
 * Every record's file that is not what was recorded; reads them all from end to end. One that was fetched and is gone
 * is fetched again when it is wanted, so only what is there can be damaged; an operator's own file should be there.
 */
export async function findDamagedWeights(dataDir: string): Promise<DamagedWeights[]> {
  const damaged: DamagedWeights[] = [];
  for (const { record } of await readRecords(dataDir, undefined)) {
    const path = weightsPath(dataDir, record);
    const isOperatorsOwn = isAbsolute(record.file);
    const sha256 = await sha256OfFile(path).catch(
      (error: NodeJS.ErrnoException) => error.code ?? 'unreadable',
    );
    if (sha256 === record.sha256 || (sha256 === 'ENOENT' && !isOperatorsOwn)) continue;
    damaged.push({ path, isOperatorsOwn });
  }
  return damaged;
}

/** Weights are named by a path or by one of these. */
export function isWebAddress(wanted: string): boolean {
  return /^https?:\/\//i.test(wanted);
}

/** A wanted URL may hold a credential, so it is told apart by its hash; a path means the same from every folder. */
function recordName(wanted: string | undefined): string {
  if (wanted === undefined) return 'default.json';
  const place = isWebAddress(wanted) ? wanted : resolve(wanted);
  return `${createHash('sha256').update(place).digest('hex').slice(0, 16)}.json`;
}

async function readRecords(
  dataDir: string,
  wanted: string | undefined,
): Promise<{ path: string; record: WeightsRecord }[]> {
  const folder = weightsFolder(dataDir);
  const all = await readdir(folder).catch(() => []);
  const names = wanted === undefined ? all.filter((name) => name.endsWith('.json')) : [recordName(wanted)];
  const found: { path: string; record: WeightsRecord }[] = [];
  for (const name of names) {
    const path = join(folder, name);
    const record = parseRecord(await readFile(path, 'utf8').catch(() => ''));
    if (record !== undefined) found.push({ path, record });
  }
  return found.sort((left, right) => right.record.recordedAt.localeCompare(left.record.recordedAt));
}

/** A record that cannot be read is no record; what it spoke of is fetched again. */
function parseRecord(text: string): WeightsRecord | undefined {
  let value: Partial<WeightsRecord> | null;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const isWhole =
    typeof value?.file === 'string' &&
    typeof value.modelName === 'string' &&
    typeof value.sha256 === 'string' &&
    typeof value.sizeBytes === 'number' &&
    typeof value.modifiedMs === 'number' &&
    typeof value.recordedAt === 'string';
  return isWhole ? (value as WeightsRecord) : undefined;
}

/** Written beside and renamed, so that a crash leaves the old record or the new one. */
async function writeRecord(path: string, record: WeightsRecord): Promise<void> {
  await mkdir(join(path, '..'), { recursive: true });
  const beside = `${path}.${process.pid}.new`;
  await writeFile(beside, `${JSON.stringify(record, null, 2)}\n`);
  await rename(beside, path);
}
