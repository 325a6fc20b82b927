import type { Finding, Rule } from './finding.ts';
import { isTest } from './source-facts.ts';
import type { Tree } from './tree.ts';

const REGISTER = 'DEPENDENCIES.md';

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

/** A dependency has a line that says what it does for us and what we would do without it, and an exact version. */
export const dependencyRegister: Rule = (tree) => {
  const manifests = ['package.json', 'web/package.json'].filter((path) => tree.has(path));
  const wanted = new Map<string, string>();
  const loose: Finding[] = [];
  for (const path of manifests) {
    const { dependencies, devDependencies } = readManifest(tree, path);
    for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies })) {
      wanted.set(name, path);
      if (!/^\d+\.\d+\.\d+/.test(version)) {
        loose.push({ path, message: `has ${name} as "${version}": install it with --save-exact.` });
      }
    }
  }
  const rows = [...(tree.get(REGISTER) ?? '').matchAll(/^\| `([^`]+)` \|([^|]*)\|([^|]*)\|/gm)];
  const written = new Set(
    rows.filter(([, , use, without]) => use?.trim() && without?.trim()).map(([, name]) => name),
  );
  const missing = [...wanted].flatMap(([name, path]) =>
    written.has(name)
      ? []
      : [
          {
            path: REGISTER,
            message: `needs a line for ${name} (${path}): what it does for us, what we would do without.`,
          },
        ],
  );
  const stale = rows.flatMap(([, name = '']) =>
    wanted.has(name)
      ? []
      : [{ path: REGISTER, message: `has a line for ${name}, which no package.json names.` }],
  );
  return [...loose, ...missing, ...stale];
};

/** Started by the launcher, imported by nobody. */
const RUNTIME = 'bun';

/** What the program imports is installed with the program, and nothing else is. */
export const declaredImports: Rule = (tree, sources) => {
  const { dependencies = {}, devDependencies = {} } = readManifest(tree, 'package.json');
  const unused = new Set(Object.keys(dependencies).filter((name) => name !== RUNTIME));
  const program = sources.filter(({ path }) => path.startsWith('src/') && !isTest(path));
  const undeclared = program.flatMap(({ path, references }) =>
    references.flatMap(({ specifier, line, typeOnly }) => {
      const name = packageOf(specifier);
      if (name === undefined) return [];
      unused.delete(name);
      if (name in dependencies || (typeOnly && name in devDependencies)) return [];
      return [
        { path, line, message: `imports ${name}, which is not among the dependencies of package.json.` },
      ];
    }),
  );
  const superfluous = [...unused].map((name) => ({
    path: 'package.json',
    message: `has ${name} as a dependency, which nothing in src/ imports: uninstall it, or make it a devDependency.`,
  }));
  return [...undeclared, ...superfluous];
};

function readManifest(tree: Tree, path: string): Manifest {
  return JSON.parse(tree.get(path) ?? '{}');
}

/** `@scope/name/part` and `name/part` without the part; undefined for files and what comes with the runtime. */
function packageOf(specifier: string): string | undefined {
  if (/^(?:\.|\/|node:|bun:|bun$)/.test(specifier)) return undefined;
  return /^(?:@[^/]+\/)?[^/]+/.exec(specifier)?.[0];
}
