import { join } from 'node:path';
import { temporaryFolder } from './temporary-folder.ts';

/** A library that makes every sync of the program it is preloaded into a lie. */
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
  if (success) return { environment: { LD_PRELOAD: library }, remove };
  remove();
  return `cc failed: ${stderr.toString().trim().split('\n').at(-1)}`;
}
