/**
 * The house rules as a test. `npm run check` runs this file; `tools/tidy.test.ts` runs the same with `npm test` and
 * proves that each rule can fail. A rule is one file in `tools/tidy/`.
 */
import { join } from 'node:path';
import { bannedGlobals } from './tidy/banned-globals.ts';
import { catalogues, shownWords } from './tidy/catalogues.ts';
import { deadExports, deadFiles } from './tidy/dead-code.ts';
import { declaredImports, dependencyRegister } from './tidy/dependencies.ts';
import type { Finding, Rule } from './tidy/finding.ts';
import { importLaw } from './tidy/import-law.ts';
import { lengths, medianLines } from './tidy/lengths.ts';
import { machineTraces } from './tidy/machine-traces.ts';
import { names } from './tidy/names.ts';
import { createSourceReader } from './tidy/read-sources.ts';
import { readmes } from './tidy/readmes.ts';
import { readTree } from './tidy/tree.ts';
import { unfinished } from './tidy/unfinished.ts';

const RULES: readonly Rule[] = [
  importLaw,
  bannedGlobals,
  names,
  deadFiles,
  deadExports,
  lengths,
  unfinished,
  catalogues,
  shownWords,
  dependencyRegister,
  declaredImports,
  readmes,
  machineTraces,
];

export interface Inspection {
  readonly findings: readonly Finding[];
  readonly fileCount: number;
  readonly medianLines: number;
}

/** Holds every rule against the repository whose root this is. */
export async function inspect(root: string): Promise<Inspection> {
  const reader = createSourceReader();
  try {
    const tree = await readTree(root);
    const sources = await reader.read(tree);
    const findings = RULES.flatMap((rule) => rule(tree, sources));
    return { findings, fileCount: sources.length, medianLines: medianLines(sources) };
  } finally {
    await reader.close();
  }
}

/** One line a finding, in the form that editors turn into a link. */
export function describe({ path, line, message }: Finding): string {
  return `${line === undefined ? path : `${path}:${line}`} ${message}`;
}

if (import.meta.main) {
  const { findings, fileCount, medianLines } = await inspect(join(import.meta.dir, '..'));
  for (const finding of findings) console.log(describe(finding));
  console.log(`${fileCount} files, median of src/ ${medianLines} lines, ${findings.length} findings`);
  process.exitCode = findings.length === 0 ? 0 : 1;
}
