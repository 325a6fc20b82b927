import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Refusal, refuse } from '../../domain/refusal.ts';
import type { CopyAnswer, Upkeep } from '../../storage/upkeep.ts';
import { KeyFileUnusable, readKey, SECRET_KEY_FILE } from '../secret-key-file.ts';
import { draftOf, dropDraft, placeDraft } from './place-file.ts';

export interface BackupOrder {
  readonly dataDir: string;
  /** Absent where the engine is copied with tools of its own. */
  readonly upkeep: Upkeep | undefined;
  readonly engine: string;
  /** Absolute; undefined for a name by its time in the data folder. */
  readonly path: string | undefined;
  readonly nowMs: number;
  readonly liveProcessId: string | undefined;
}

export interface WrittenBackup extends Omit<Extract<CopyAnswer, { outcome: 'done' }>, 'outcome'> {
  readonly path: string;
}

/**
 * Writes a backup: one file with the database and the key that opens its sealed secrets, which is whole and was held
 * against itself before it gets its name. Never writes over a file.
 */
export async function writeBackup(order: BackupOrder): Promise<WrittenBackup | Refusal> {
  const { dataDir, upkeep, engine, nowMs, liveProcessId } = order;
  if (upkeep === undefined) return refuse('engine-has-own-backup', { engine });
  const path = order.path ?? defaultPath(dataDir, nowMs);
  if (existsSync(path)) return refuse('file-exists', { path });
  let draft: string | undefined;
  try {
    if (order.path === undefined) mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    draft = draftOf(path);
    const secretKey = readKey(join(dataDir, SECRET_KEY_FILE)) ?? null;
    const answer = await upkeep.copy({ path: draft, secretKey, madeAtMs: nowMs, liveProcessId });
    if (answer.outcome !== 'done') return refuse('backup-failed', { path, why: whyNot(answer) });
    if (!placeDraft(draft, path)) return refuse('file-exists', { path });
    const { sizeBytes, rows, audit } = answer;
    return { path, sizeBytes, rows, audit };
  } catch (error) {
    if (error instanceof KeyFileUnusable) return refuse('key-file-unusable', { path: error.path });
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (!/^E[A-Z]+$/.test(code)) throw error;
    return refuse('backup-failed', { path, why: code === 'ENOSPC' ? 'disk-full' : code });
  } finally {
    if (draft !== undefined) dropDraft(draft);
  }
}

function whyNot(answer: Exclude<CopyAnswer, { outcome: 'done' }>): string {
  return answer.outcome === 'not-written' ? answer.code : answer.outcome;
}

/** `backups/turnpike-2026-11-28T213000Z.backup`. */
function defaultPath(dataDir: string, nowMs: number): string {
  const moment = new Date(nowMs).toISOString().slice(0, 19).replaceAll(':', '');
  return join(dataDir, 'backups', `turnpike-${moment}Z.backup`);
}
