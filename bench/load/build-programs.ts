import { existsSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Workbench } from '../machine/workbench.ts';

/** Where the bench keeps what it builds and installs: ignored by git, and cleared with the packages. */
export const CACHE_FOLDER = join(import.meta.dir, '../../node_modules/.cache/turnpike-bench');

/** The mock upstream and the load generator, as executables. */
export interface Programs {
  readonly mock: string;
  readonly load: string;
}

/** Compiles the two C programs of this folder unless that was done since they were changed. */
export async function buildPrograms(
  bench: Pick<Workbench, 'run'>,
  folder: string = CACHE_FOLDER,
): Promise<Programs> {
  mkdirSync(folder, { recursive: true });
  const [mock, load] = [join(folder, 'mock'), join(folder, 'load')];
  for (const [source, program] of [
    [join(import.meta.dir, 'mock.c'), mock],
    [join(import.meta.dir, 'load.c'), load],
  ] as const) {
    if (existsSync(program) && statSync(program).mtimeMs > statSync(source).mtimeMs) continue;
    await bench.run(['cc', '-O2', '-o', program, source]);
  }
  return { mock, load };
}
