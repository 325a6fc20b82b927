import type { Finding, Rule } from './finding.ts';
import type { ExportFact } from './read-exports.ts';
import { resolvePath } from './resolve-path.ts';
import { isTest, type SourceFacts } from './source-facts.ts';

/** Where the program and its pages begin. Workers and child processes are found by the relative path that starts them. */
const ENTRIES = ['src/process/main.ts', 'web/app/main.tsx', 'web/vite.config.ts'];

/** Parts of `src/` that the program itself does not run, each with its reason. */
const RUN_BY_TESTS: readonly { readonly folder: string; readonly reason: string }[] = [
  { folder: 'src/storage/memory/', reason: 'the engine of simulation and of the storage conformance suite' },
];

/** Every file of `src/` and `web/` is reached from where it begins. */
export const deadFiles: Rule = (tree, sources) => {
  const missing = ENTRIES.filter((path) => !tree.has(path));
  if (missing.length > 0)
    return missing.map((path) => ({ path, message: 'is missing: something begins there.' }));
  const byPath = new Map(sources.map((source) => [source.path, source]));
  const reached = new Set<string>();
  const waiting = [...ENTRIES, ...sources.map(({ path }) => path).filter(isRunByTests)];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (reached.has(path)) continue;
    reached.add(path);
    for (const { specifier } of byPath.get(path)?.references ?? []) {
      const target = resolvePath(path, specifier);
      if (target !== undefined) waiting.push(target);
    }
  }
  return sources.flatMap(({ path }) => {
    const isProgram = isPart(path) && !isTest(path) && !path.endsWith('.d.ts');
    if (!isProgram || reached.has(path)) return [];
    return [
      {
        path,
        message: `is not reached from ${ENTRIES.join(' or ')}: remove it, use it, or move it to test/.`,
      },
    ];
  });
};

/** Every export of `src/` and `web/` is for somebody. */
export const deadExports: Rule = (_, sources) => {
  const uses = usesByPath(sources);
  return sources
    .filter(({ path }) => isPart(path) && !isTest(path) && !isRunByTests(path) && !ENTRIES.includes(path))
    .flatMap(({ path, exports }) => exports.flatMap((item) => judge(path, item, uses.get(path))));
};

/** Who takes what from a file: names to whether only unit tests take them. `*` stands for all names. */
type Uses = Map<string, { byTestsOnly: boolean }>;

function usesByPath(sources: readonly SourceFacts[]): ReadonlyMap<string, Uses> {
  const all = new Map<string, Uses>();
  for (const { path, references } of sources) {
    for (const { specifier, names } of references) {
      const target = resolvePath(path, specifier);
      if (target === undefined) continue;
      const uses = all.get(target) ?? new Map();
      all.set(target, uses);
      for (const name of names === 'all' ? ['*'] : names) {
        const byTestsOnly = !isPart(path) || isTest(path);
        uses.set(name, { byTestsOnly: byTestsOnly && (uses.get(name)?.byTestsOnly ?? true) });
      }
    }
  }
  return all;
}

function judge(path: string, item: ExportFact, uses: Uses | undefined): readonly Finding[] {
  const use = useOf(item.name, uses);
  const found = (message: string) => [{ path, line: item.line, message: `exports ${item.name}, ${message}` }];
  if (use === undefined) {
    // A caller may need to name what a function takes and gives, even if none does today.
    if (item.kind === 'type' && item.inSignature) return [];
    return found(
      item.usedInFile ? 'which no other file uses: drop the word export.' : 'which nobody uses: remove it.',
    );
  }
  if (use.byTestsOnly && item.kind === 'value' && !item.usedInFile) {
    return found('which only tests use: remove it with them, or move it to test/.');
  }
  return [];
}

/** A module that is loaded whole may have any of its names taken. */
function useOf(name: string, uses: Uses | undefined): { byTestsOnly: boolean } | undefined {
  const found = [uses?.get(name), uses?.get('*')].filter((use) => use !== undefined);
  return found.length === 0 ? undefined : { byTestsOnly: found.every(({ byTestsOnly }) => byTestsOnly) };
}

/** Of what is shipped. */
function isPart(path: string): boolean {
  return /^(?:src|web)\//.test(path);
}

function isRunByTests(path: string): boolean {
  return RUN_BY_TESTS.some(({ folder }) => path.startsWith(folder));
}
