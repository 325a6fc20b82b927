import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

const PREFIX = '.partial-';

/** What an interrupted run left behind is swept away after this long; nobody fetches for a day. */
const STALE_AFTER_MS = 24 * 60 * 60 * 1_000;

/**
 * Runs `work` in a fresh folder under `parent` that is gone afterwards, whatever happens. What is to stay is
 * renamed out of it when it is complete, so half a download is never taken for a whole one.
 */
export async function inPartialFolder<T>(parent: string, work: (folder: string) => Promise<T>): Promise<T> {
  await mkdir(parent, { recursive: true });
  await sweep(parent);
  const folder = await mkdtemp(join(parent, PREFIX));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function sweep(parent: string): Promise<void> {
  for (const name of await readdir(parent)) {
    if (!name.startsWith(PREFIX)) continue;
    const folder = join(parent, name);
    const made = await stat(folder).catch(() => undefined);
    if (made !== undefined && Date.now() - made.mtimeMs > STALE_AFTER_MS) {
      await rm(folder, { recursive: true, force: true });
    }
  }
}
