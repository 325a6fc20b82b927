import { join } from 'node:path';
import { temporaryFolder } from './temporary-folder.ts';

/** Makes every sync and every synchronous write of a server a lie. */
export interface ForgottenSyncs {
  /** For the server's environment. */
  readonly environment: Record<string, string>;
  remove(): void;
}

/** Builds it; why it cannot be built here, in words, instead. */
export function forgetSyncs(): ForgottenSyncs | string {
  if (Bun.which('cc') === null) return 'cc is not installed';
  const { path: folder, remove } = temporaryFolder();
  const library = join(folder, 'forget-syncs.so');
  const source = join(import.meta.dir, 'forget-syncs.c');
  const { success, stderr } = Bun.spawnSync(['cc', '-shared', '-fPIC', '-o', library, source], {
    stderr: 'pipe',
  });
  if (success) {
    const preload = join(import.meta.dir, 'forget-synchronous-writes.mjs');
    // SQLite syncs through the C library; the runtime asks the system itself, and is told what to ask.
    return { environment: { LD_PRELOAD: library, BUN_OPTIONS: `--preload=${preload}` }, remove };
  }
  remove();
  return `cc failed: ${stderr.toString().trim().split('\n').at(-1)}`;
}
