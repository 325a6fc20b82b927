import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** How often a growing folder is looked at. */
const LOOK_EVERY_MS = 500;

/**
 * Tells how large a folder is while `work` fills it: package managers say nothing on the way that a program could
 * read.
 */
export async function watchGrowth<T>(
  folder: string,
  onGrowth: (bytes: number) => void,
  work: () => Promise<T>,
): Promise<T> {
  let isOver = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const look = async () => {
    const bytes = await bytesUnder(folder);
    if (isOver) return;
    if (bytes > 0) onGrowth(bytes);
    // Only now: on a slow disk a look may take longer than the pause between two.
    timer = setTimeout(look, LOOK_EVERY_MS);
  };
  timer = setTimeout(look, LOOK_EVERY_MS);
  try {
    return await work();
  } finally {
    isOver = true;
    clearTimeout(timer);
  }
}

/** The sizes of all files under a folder together; what vanishes meanwhile counts as nothing. */
export async function bytesUnder(folder: string): Promise<number> {
  let bytes = 0;
  for (const entry of await readdir(folder, { recursive: true }).catch(() => [])) {
    bytes += await stat(join(folder, entry)).then(
      (stats) => (stats.isFile() ? stats.size : 0),
      () => 0,
    );
  }
  return bytes;
}
