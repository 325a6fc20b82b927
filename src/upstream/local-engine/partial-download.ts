import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import type { ResumePoint } from './download-request.ts';

/** A file on its way: `name.part` with the bytes so far, and `name.part.json` with what they are of. */
export interface PartialDownload {
  readonly path: string;
  /** Where the download can go on, when the bytes so far are surely of this file. */
  resumePoint(): Promise<ResumePoint | undefined>;
  /** Notes what the bytes that are about to be written are of. */
  begin(validator: string | undefined): Promise<void>;
  discard(): Promise<void>;
}

export function partialDownload(into: string, source: string): PartialDownload {
  const path = `${into}.part`;
  const notePath = `${path}.json`;
  return {
    path,
    async resumePoint() {
      const size = await stat(path).then(
        (stats) => stats.size,
        () => 0,
      );
      const note = await readNote(notePath);
      if (size === 0 || note?.source !== source || typeof note.validator !== 'string') return undefined;
      return { offset: size, validator: note.validator };
    },
    async begin(validator) {
      await writeFile(notePath, JSON.stringify({ source, validator }));
    },
    async discard() {
      await rm(path, { force: true });
      await rm(notePath, { force: true });
    },
  };
}

async function readNote(path: string): Promise<{ source?: unknown; validator?: unknown } | null | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch {
    return undefined;
  }
}
