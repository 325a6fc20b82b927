import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { undoAtExit } from './undo-at-exit.ts';

export interface TemporaryFolder {
  readonly path: string;
  remove(): void;
}

/** A folder of its own, which goes at the latest when this process ends. */
export function temporaryFolder(prefix = 'turnpike-test-'): TemporaryFolder {
  const path = mkdtempSync(join(tmpdir(), prefix));
  const undo = () => rmSync(path, { recursive: true, force: true });
  const forget = undoAtExit(undo);
  return {
    path,
    remove() {
      undo();
      forget();
    },
  };
}
